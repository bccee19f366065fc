"""Where templates and a theme's static files lie: the site's own, its theme's, the built-in."""

from __future__ import annotations

from pathlib import Path

import briefgen
from briefgen.build.errors import BuildStop

BUILT_IN = "dossier"


def built_in_theme() -> Path:
    """The folder of the built-in theme: inside the package, or beside it in a checkout."""
    package = Path(briefgen.__file__).parent
    inside = package / "themes" / BUILT_IN
    return inside if inside.is_dir() else package.parent / "themes" / BUILT_IN


def template_folders(root: Path, theme: str) -> list[Path]:
    """The layers of templates, the first match wins. Raises BuildStop for a theme that isn't."""
    own = root / "themes" / theme
    if theme != BUILT_IN and not own.is_dir():
        raise BuildStop(
            f"There is no theme `{theme}`: it would lie in {own}. "
            f"Without `theme:` the built-in one is used, `{BUILT_IN}`."
        )
    return [root / "templates", own / "templates", built_in_theme() / "templates"]


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
