"""Compiled templates of the built-in theme, kept beside it as Python keeps its modules.

In: a template's name, file and source. Out: its code, where the source, the labels, the file
and the versions are those that it was compiled with. As with `__pycache__` the folder is part of
the installation: nothing is ever read from a site's own folder, since code is what is read. Where
the folder can't be written, templates are compiled anew each time, and nothing else changes.

It lies here and not beside the templates' environment since it reads and writes files.
"""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import jinja2
import msgspec
from jinja2.bccache import Bucket, BytecodeCache

import briefgen
from briefgen.render.environment import references_of
from briefgen.render.uses import Uses

_FORMAT = 9
"""To be raised when what Jinja is made to generate changes (options, labels, extensions), or what
is told of a template's source."""
_HEAD = 16  # bytes of the digest before the code
_MAKERS = ("jinja.py", "labels.py", "quick.py", "uses.py")
"""The modules that say what Jinja generates, and what a template uses."""


class CompiledTemplates(BytecodeCache):
    """The code of the templates in one folder, with the labels of one language."""

    def __init__(self, templates: Path, variant: str, labels: bytes) -> None:
        """Keep the code of `templates` in `__pycache__` beside that folder.

        `variant` names the language in the file's name; `labels` is the digest of the labels that
        stand in the code.
        """
        self._templates = str(templates)
        self._folder = templates.parent / "__pycache__"
        self._variant, self._labels = variant, labels

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """The place of one template's code, filled where it is known."""
        bucket = Bucket(
            environment, name, _digest(filename, source, self._variant, self._labels).hex()
        )
        if filename and filename.startswith(self._templates + os.sep):
            bucket.key = str(self._file(filename))
            self.load_bytecode(bucket)
        else:
            bucket.key = ""
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code, where it was compiled of just this."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            data = Path(bucket.key).read_bytes()
            if data[:_HEAD].hex() == bucket.checksum:
                bucket.code = marshal.loads(data[_HEAD:])  # noqa: S302 - see the module's docstring

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        if bucket.key:
            data = bytes.fromhex(bucket.checksum) + marshal.dumps(bucket.code)
            _write(Path(bucket.key), data)

    def _file(self, filename: str) -> Path:
        name = filename[len(self._templates) + 1 :].replace(os.sep, ".")
        return self._folder / f"{name}.{self._variant}.{sys.implementation.cache_tag}"


class KnownReferences:
    """What a template uses (see `Uses`); for the built-in ones that is kept on the disk."""

    def __init__(self, templates: Path) -> None:
        """`templates` is the folder of the built-in ones."""
        self._templates = templates
        self._known: dict[str, Uses] | None = None

    def of(self, source: str, file: str | None, environment: jinja2.Environment) -> Uses:
        """What a source uses: see `references_of`.

        Raises TemplateSyntaxError where it is no template.
        """
        templates = self._templates
        if not file or not Path(file).is_relative_to(templates):
            return references_of(source, file, environment)
        kept = templates.parent / "__pycache__" / "references.json"
        key = _digest("", source, "", b"").hex()
        if self._known is None:
            self._known = _read(kept)
        if key not in self._known:
            self._known = _read(kept) | {key: references_of(source, file, environment)}
            _write(kept, msgspec.json.encode(self._known, order="sorted"))
        return self._known[key]


def _signatures(folder: Path) -> str:
    """What tells this state of the makers from another: an installation may be edited, or replaced.

    An upgrade leaves the folder of compiled templates as it is, for no list of files has it.
    """
    found = [briefgen.__version__]
    for name in _MAKERS:
        with suppress(OSError):
            state = (folder / name).stat()
            found.append(f"{state.st_mtime_ns} {state.st_size}")
    return " ".join(found)


_MADE_BY = _signatures(Path(briefgen.__file__).parent / "render")


def _read(kept: Path) -> dict[str, Uses]:
    with suppress(OSError, ValueError):
        return msgspec.json.decode(kept.read_bytes(), type=dict[str, Uses])
    return {}


def _digest(filename: str | None, source: str, variant: str, labels: bytes) -> bytes:
    """The digest of a source and of all that its code depends on beside it."""
    versions = f"{_FORMAT} {jinja2.__version__} {importlib.util.MAGIC_NUMBER.hex()}"
    text = "\0".join((versions, _MADE_BY, variant, labels.hex(), filename or "", source))
    return blake2b(text.encode(), digest_size=_HEAD).digest()


def _write(file: Path, data: bytes) -> None:
    """Write a file in one go; where that can't be done it is left."""
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        temporary = file.with_name(f"{file.name}.{os.getpid()}")
        temporary.write_bytes(data)
        temporary.replace(file)
