"""Flags, exit codes and what the command line imports."""

import io
import json
import os
import subprocess
import sys
import time

import pytest

from briefgen import __version__
from briefgen.build.errors import BuildStop
from briefgen.cli import build
from briefgen.cli.fix import Fix
from briefgen.cli.init import make_site
from briefgen.cli.session import Session
from briefgen.model.diagnostics import Place, finding

FIX = Fix("x.md", 2, 8, "old", "new", 90)
ERROR = finding("quote-not-found", Place("x.md"), "m")
WARNING = finding("unsourced-annotation", Place("x.md"), "m")
CONFIG = finding("invalid-value", Place("briefgen.yml", 1, 1), "m")
INFO = finding("no-site-address", Place("x.md"), "m")


@pytest.mark.parametrize(
    ("arguments", "findings", "ok", "code"),
    [
        (["build"], [], True, 0),
        (["build"], [WARNING, INFO], True, 0),
        (["build", "--strict"], [INFO], True, 0),
        (["build", "--strict"], [WARNING], False, 1),
        (["build"], [ERROR], False, 1),
        (["build"], [], False, 1),
        (["check"], [WARNING], True, 0),
        (["check", "-s"], [WARNING], False, 1),
        (["check"], [ERROR], False, 1),
        (["check"], [CONFIG], False, 2),
        (["build"], [CONFIG, WARNING], False, 2),
        (["build"], [CONFIG, ERROR], False, 2),
    ],
)
def test_exit_code_of_a_run(run, fake_build, arguments, findings, ok, code):
    fake_build.diagnostics, fake_build.ok = findings, ok
    assert run(*arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["built"], "No such command 'built'"),
        (["build", "--strickt"], "No such option"),
        (["build", "--as-of", "yesterday"], "'yesterday' is not one day: write 2021-01-26"),
        (["build", "--as-of", "2021"], "'2021' is not one day"),
        (["build", "--as-of", "2021-02-30"], "2021-02 has no day 30"),
        (["build", "-j", "0"], "0 is not in the range"),
        (["build", "-q", "-v"], "exclude each other"),
        (["build", "--format", "xml"], "'xml' is not one of"),
        (["serve", "-a", "here:and:there"], "is not an address to listen at"),
        (["init"], "Missing argument 'DIR'"),
    ],
)
def test_usage_errors_say_what_is_wrong(run, fake_build, arguments, said):
    ended = run(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert not fake_build.calls


def test_flags_reach_the_build(run, fake_build, tmp_path):
    code = run(
        "build", "-d", "out", "-u", "https://e.org/desk", "-s", "-D", "--future",
        "--as-of", "2024-02-29", "-j", "3", "-c",
    ).code  # fmt: skip
    options, writes = fake_build.calls[0]
    assert (code, writes) == (0, True)
    assert options.root == tmp_path
    assert options.output == tmp_path / "out"
    assert options.base_url == "https://e.org/desk"
    assert options.as_of == "2024-02-29"
    assert options.jobs == 3
    assert all((options.strict, options.drafts, options.future, options.clean))


def test_without_flags_the_configuration_decides(run, fake_build):
    run("check")
    options, writes = fake_build.calls[0]
    assert not writes
    assert (options.config_file, options.output, options.base_url, options.jobs) == (None,) * 4
    assert not any((options.strict, options.drafts, options.future, options.clean))


def test_the_configurations_folder_is_the_sites(run, fake_build, tmp_path):
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "other.yml").write_text("title: T\n")
    run("build", "-f", "desk/other.yml", "-d", "out")
    options = fake_build.options
    assert options.root == (tmp_path / "desk").resolve()
    assert (options.root / options.config_file).read_text() == "title: T\n"
    assert options.output == tmp_path / "out", "flags are relative to where the command ran"


@pytest.mark.parametrize(
    ("arguments", "environment", "day"),
    [
        ([], {}, "2021-01-27"),  # 22:30 UTC is the next morning in Tokyo
        ([], {"SOURCE_DATE_EPOCH": "0"}, "1970-01-01"),
        ([], {"SOURCE_DATE_EPOCH": "1611673200"}, "2021-01-27"),  # 15:00 UTC, midnight in Tokyo
        ([], {"SOURCE_DATE_EPOCH": ""}, "2021-01-27"),
        (["--as-of", "2020-02-02"], {"SOURCE_DATE_EPOCH": "0"}, "2020-02-02"),
    ],
)
def test_the_day_a_site_is_read_on(run, fake_build, arguments, environment, day):
    assert run("build", *arguments, environment=environment).code == 0
    assert fake_build.options.as_of == day


def test_the_day_is_that_of_utc_where_the_configuration_cannot_be_read(run, fake_build, tmp_path):
    (tmp_path / "briefgen.yml").write_text("timezone: [")
    run("build")
    assert fake_build.options.as_of == "2021-01-26"


@pytest.mark.parametrize("seconds", ["soon", "1.5", "9" * 40])
def test_a_source_date_that_is_none(run, fake_build, seconds):
    ended = run("build", environment={"SOURCE_DATE_EPOCH": seconds})
    assert ended.code == 2
    assert "SOURCE_DATE_EPOCH" in ended.err


@pytest.mark.parametrize(("changes", "looks"), [((), 1), ((FIX,), 2)])
def test_a_repair_that_changed_a_file_is_followed_by_another_look(fake_build, changes, looks):
    session = Session(out=io.StringIO(), err=io.StringIO(), environment={})
    fake_build.diagnostics = (ERROR,)
    seen = []

    def repair(options, result, told):
        assert told is session
        seen.append(result.diagnostics)
        fake_build.diagnostics = ()
        return changes

    assert build.run(session, {}, is_check=True, repair=repair) == 0
    assert seen == [(ERROR,)]
    assert len(fake_build.calls) == looks
    assert ("error[" in session.out.getvalue()) == (not changes)


def test_what_stops_a_run_is_one_line(run, fake_build):
    fake_build.error = BuildStop("the output folder is not briefgen's\x1b", 2)
    ended = run("build")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "briefgen: the output folder is not briefgen's␛\n"


def test_what_stops_a_run_is_json_too_where_asked_for(run, fake_build):
    fake_build.error = BuildStop("no such theme", 2)
    told = json.loads(run("build", "--format", "json").out)
    assert told["stopped"] == {"message": "no such theme", "exit_code": 2}
    assert told["ok"] is False


def test_an_interruption_is_one_line(run, fake_build):
    fake_build.error = KeyboardInterrupt()
    ended = run("build")
    assert ended.code == 130
    assert ended.err.strip("\n") == "briefgen: interrupted"


@pytest.mark.parametrize("module", ["click", "briefgen.cli.session", "briefgen.build.pipeline"])
def test_an_interruption_while_libraries_load_is_one_line_too(tmp_path, module):
    code = (
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == sys.argv[1]: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
        "from briefgen.cli.main import main\n"
        "sys.exit(main(['build', '-f', sys.argv[2]]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, module, tmp_path / "briefgen.yml"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stderr.strip()) == (130, "briefgen: interrupted")


def test_a_terminal_with_few_letters_gets_escapes(tmp_path):
    (tmp_path / "briefgen.yml").write_text("títle: T\n")
    code = "import sys; from briefgen.cli.main import main; sys.exit(main(sys.argv[1:]))"
    ended = subprocess.run(
        [sys.executable, "-c", code, "check", "-f", tmp_path / "briefgen.yml"],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert ended.returncode == 2
    assert "t\\xedtle" in ended.stdout


def test_an_error_of_our_own_is_one_line(run, fake_build):
    fake_build.error = KeyError("bad\nkey")
    ended = run("build")
    assert ended.code == 70
    assert ended.err.startswith("briefgen: internal error: KeyError: ")
    assert ended.err.count("\n") == 1
    assert "please report it (-v shows more)" in ended.err


def test_an_error_of_our_own_has_its_traceback_under_verbose(run, fake_build):
    fake_build.error = KeyError("\x1b[31m")
    ended = run("build", "-v")
    assert ended.code == 70
    assert "Traceback (most recent call last):" in ended.err
    assert "\x1b" not in ended.err


def test_progress_shows_on_a_terminal_once_a_build_takes_a_while(run, fake_build):
    fake_build.stages = [("parse", n, 4) for n in range(5)]
    assert "parse" in run("build", is_terminal=True, environment={"NO_COLOR": "1"}).err
    assert run("build", "-q", is_terminal=True).err == ""
    assert run("build").err == ""


def test_a_reader_that_goes_away_is_no_error():
    code = "import sys; from briefgen.cli.main import main; sys.exit(main(['--help']))"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    child.stdout.close()
    _, err = child.communicate(timeout=30)
    assert err == b""
    assert child.returncode == 1


HEAVY = {
    "ahocorasick_rs", "asyncio", "babel", "briefgen.annotate.closest", "briefgen.build.linking",
    "briefgen.load.csl_json", "concurrent.futures", "email", "filelock", "http", "importlib.metadata",
    "jinja2", "markdown_it", "multiprocessing", "rapidfuzz", "rich", "sqlite3", "starlette", "uvicorn",
    "watchdog", "yaml",
}  # fmt: skip
OF_A_BUILD = {"sqlite3", "yaml"}
OF_RENDERING = {"ahocorasick_rs", "briefgen.build.linking", "jinja2", "markdown_it"}


@pytest.fixture
def loaded(tmp_path):
    """Run a command in a process of its own; say which of the heavy modules it loaded."""

    def run_and_list(*arguments):
        code = (
            "import sys; from briefgen.cli.main import main; code = main(sys.argv[2:]); "
            "print(code, *sorted(set(sys.argv[1].split()) & set(sys.modules)))"
        )
        told = subprocess.run(
            [sys.executable, "-c", code, " ".join(HEAVY), *arguments],
            capture_output=True, text=True, check=True, cwd=tmp_path,
        )  # fmt: skip
        code, *modules = told.stdout.splitlines()[-1].split()
        assert code == "0", told.stdout
        return set(modules)

    return run_and_list


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["build", "--help"], ["serve", "--help"]]
)
def test_the_command_line_starts_light(loaded, arguments):
    assert loaded(*arguments) == set()


def test_a_build_loads_what_it_needs_and_no_more(loaded, tmp_path):
    make_site(tmp_path / "desk")
    config = str(tmp_path / "desk/briefgen.yml")
    assert loaded("build", "-f", config) == OF_A_BUILD | OF_RENDERING
    time.sleep(0.06)  # a file that was just written is looked at once more
    loaded("build", "-f", config)
    assert loaded("build", "-f", config) == OF_A_BUILD, "nothing has changed"


def test_python_m_is_the_same_command():
    told = subprocess.run(
        [sys.executable, "-m", "briefgen", "built"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert told.stderr.startswith("Usage: briefgen [OPTIONS]")


def test_version(run, capsys):
    assert run("--version").code == 0
    assert capsys.readouterr().out == f"briefgen {__version__}\n"


@pytest.mark.parametrize("command", ["init", "build", "check", "serve", "clean"])
def test_help_by_its_short_name(run, capsys, command):
    assert run(command, "-h").code == 0
    assert "--help" in capsys.readouterr().out
