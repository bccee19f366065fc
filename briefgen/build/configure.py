"""The configuration of a run: the file, and what the command line changes."""

from __future__ import annotations

from pathlib import Path

import msgspec

from briefgen.build.errors import BuildStop
from briefgen.build.options import BuildOptions
from briefgen.build.theme import check_theme
from briefgen.load.config import FILE_NAMES, find_config, load_config, normalise_url, output_problem
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.site import SiteConfig


def config_path(options: BuildOptions) -> str:
    """The configuration file as messages name it."""
    if options.config_file is not None:
        return str(options.config_file)
    return find_config(options.root) or FILE_NAMES[0]


def configure(options: BuildOptions) -> tuple[SiteConfig | None, Path, list[Diagnostic]]:
    """The configuration, the output folder, and what is wrong with the file.

    Raises BuildStop where an option is wrong.
    """
    config, _, found = load_config(options.root, options.config_file)
    if config is None:
        return None, options.output or options.root / "site", [*found]
    if options.base_url is not None:
        try:
            config = msgspec.structs.replace(config, url=normalise_url(options.base_url))
        except ValueError as error:
            raise BuildStop(f"--base-url: {error}") from None
    output = options.output if options.output is not None else options.root / config.output
    problem = output_problem(options.root, str(output), config.pages)
    if problem:
        raise BuildStop(f"The output folder {problem}.")
    return config, output, [*found, *check_theme(options.root, config.theme, config_path(options))]
