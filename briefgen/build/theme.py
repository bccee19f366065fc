"""Where templates and a theme's static files lie: the site's own, its theme's, the built-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import briefgen
from briefgen.model.diagnostics import Diagnostic, Place, finding
from briefgen.model.nearest import did_you_mean

BUILT_IN = "dossier"


def built_in_theme() -> Path:
    """The folder of the built-in theme: inside the package, or beside it in a checkout."""
    package = Path(briefgen.__file__).parent
    inside = package / "themes" / BUILT_IN
    return inside if inside.is_dir() else package.parent / "themes" / BUILT_IN


def template_folders(root: Path, theme: str) -> list[Path]:
    """The layers of templates, the first match wins."""
    own = root / "themes" / theme / "templates"
    return [root / "templates", own, built_in_theme() / "templates"]


def check_theme(root: Path, theme: str, config_path: str) -> Iterator[Diagnostic]:
    """Yield the finding (invalid-value) of a theme that is not there."""
    themes = root / "themes"
    if theme == BUILT_IN or (themes / theme).is_dir():
        return
    own = sorted(one.name for one in themes.iterdir() if one.is_dir()) if themes.is_dir() else []
    advice = did_you_mean(theme, [BUILT_IN, *own]) or f"It would lie in `themes/{theme}/`."
    yield finding(
        "invalid-value",
        Place(config_path, pointer=("theme",)),
        f"There is no theme `{theme}`.",
        f"{advice} Without `theme:` the built-in one is used, `{BUILT_IN}`.",
    )


def locale_folders(root: Path, theme: str) -> tuple[Path, ...]:
    """The layers of catalogues of labels, the first that has a label wins."""
    return (root / "locale", root / "themes" / theme / "locale", built_in_theme() / "locale")


def theme_folders(root: Path, theme: str) -> tuple[Path, ...]:
    """All folders whose files templates, labels and static files of a theme come from."""
    return (root / "templates", root / "locale", root / "themes" / theme, built_in_theme())


def static_files(root: Path, theme: str) -> dict[str, Path]:
    """The static files of the theme, by name: the site's theme covers the built-in one's."""
    found: dict[str, Path] = {}
    for folder in (built_in_theme() / "static", root / "themes" / theme / "static"):
        if folder.is_dir():
            for file in sorted(folder.rglob("*")):
                if file.is_file() and not file.name.startswith("."):
                    found[file.relative_to(folder).as_posix()] = file
    return found
