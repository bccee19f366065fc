# Everything is done in the project's own virtual environment, .venv; nothing else is touched.
# Works with GNU make from 3.81 (macOS) and with BSD make.

PYTHON ?= python3
PYTEST_ARGS ?=
# How many tests run at a time, but for those that need the machine to themselves.
WORKERS ?= auto
BENCH ?= ../shared/bench/run.py
BENCH_ARGS ?= --peers briefgen,hugo --briefings 100,1000
BENCH_SERVE_ARGS ?= --peers briefgen,hugo --briefings 1000
# Where the peers are installed; a peer that is not there is skipped.
BENCH_TOOLS ?= .briefgen/bench
# Where npm installs the checkers of tools/package.json.
AUDIT = .briefgen/audit

BIN = .venv/bin

.PHONY: help site test check docs labels screenshots bench bench-serve soak clean

help:
	@echo 'make site    build the demonstration site into site/'
	@echo 'make test    run all tests but the long ones'
	@echo 'make check   run the linters and the fast tests'
	@echo 'make docs    write the generated parts of docs/ anew'
	@echo 'make labels  bring the catalogues of labels up to the templates'
	@echo 'make screenshots   take the pictures in README anew'
	@echo 'make looks   take every kind of page, to be looked at'
	@echo 'make markup  check the pages of the site with the Nu HTML checker (needs npm, Java)'
	@echo 'make lighthouse   run Lighthouse on a briefing of the site (needs npm)'
	@echo 'make bench   measure build times'
	@echo 'make bench-serve   measure how long a save takes to the screen'
	@echo 'make soak    run the long tests'
	@echo 'make clean   remove what was built, and .venv'

# Editable, so that a change of the source needs no new installation.
.venv/briefgen.stamp: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[search]'
	touch $@

.venv/dev.stamp: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch .venv/briefgen.stamp $@

site: .venv/briefgen.stamp
	$(BIN)/briefgen build --strict

test: .venv/dev.stamp
	$(BIN)/pytest -m 'not soak and not alone' --numprocesses $(WORKERS) $(PYTEST_ARGS) || test $$? -eq 5
	$(BIN)/pytest -m 'not soak and alone' $(PYTEST_ARGS) || test $$? -eq 5

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tools
	$(BIN)/lint-imports
	$(BIN)/pytest -m 'not slow and not soak' --numprocesses $(WORKERS) $(PYTEST_ARGS)

docs: .venv/dev.stamp
	$(BIN)/python -m tools.generate_docs

labels: .venv/dev.stamp
	$(BIN)/python -m tools.labels

screenshots: .venv/dev.stamp site
	$(BIN)/python -m tools.screenshots

looks: .venv/dev.stamp site
	$(BIN)/python -m tools.looks

$(AUDIT)/npm.stamp: tools/package.json
	mkdir -p $(AUDIT)
	cp tools/package.json $(AUDIT)/
	npm install --prefix $(AUDIT) --no-audit --no-fund --loglevel error
	touch $@

checkers: $(AUDIT)/npm.stamp

markup: .venv/dev.stamp site $(AUDIT)/npm.stamp
	$(BIN)/python -m tools.markup

lighthouse: .venv/dev.stamp site $(AUDIT)/npm.stamp
	$(BIN)/python -m tools.lighthouse

# What pip does for a package that is installed, so that no measurement is of compiling Python.
bench: .venv/briefgen.stamp
	@test -f $(BENCH) || { echo 'No harness at $(BENCH): name one with BENCH=path/to/run.py'; exit 2; }
	$(BIN)/python -m compileall -q briefgen
	mkdir -p $(BENCH_TOOLS)
	test -e $(BENCH_TOOLS)/briefgen-venv || ln -s "$$(pwd)/.venv" $(BENCH_TOOLS)/briefgen-venv
	$(BIN)/python $(BENCH) --tools $(BENCH_TOOLS) $(BENCH_ARGS)

bench-serve: .venv/dev.stamp
	@test -f $(BENCH) || { echo 'No harness at $(BENCH): name one with BENCH=path/to/run.py'; exit 2; }
	mkdir -p $(BENCH_TOOLS)
	test -e $(BENCH_TOOLS)/briefgen-venv || ln -s "$$(pwd)/.venv" $(BENCH_TOOLS)/briefgen-venv
	$(BIN)/python -m tools.save_to_screen --harness "$$(dirname $(BENCH))" --tools $(BENCH_TOOLS) $(BENCH_SERVE_ARGS)

soak: .venv/dev.stamp
	$(BIN)/pytest -m soak $(PYTEST_ARGS)

clean:
	rm -rf .venv site .briefgen dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
