"""A transaction: all that one build writes, staged as it comes and committed in one go.

In: the paths and bytes of the output, each staged, or kept where it is known unchanged. Out: the
output folder with exactly these files of briefgen's, and every foreign file as it was; or, where
anything fails before or during the commit, the output as it was to the byte. A process killed at
any point leaves the one or what the next `begin` completes.

Where there is no output yet (or an empty folder) the stage is shaped like it, and moves there by
one rename (or one for each name at the top). The caller holds the build lock.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from briefgen.write.faults import foreign_output, output_fault
from briefgen.write.journal import drop_journal, recover, run_back, run_forward, write_journal
from briefgen.write.manifest import MANIFEST, Entry, Manifest, read_manifest
from briefgen.write.paths import RESERVED, check_path
from briefgen.write.plan import NEW_MANIFEST, UNION, plan_commit, with_manifest
from briefgen.write.record import Record
from briefgen.write.stage import (
    FILES,
    Destination,
    copy_into,
    digest_of,
    digest_of_source,
    drop_stage,
    head_of,
    make_folders,
    open_stage,
    write_into,
    write_synced,
)

_NO_CONTENT = frozenset({".git", ".DS_Store", "lost+found"})
"""Names that don't make a folder one that is in use: of version control, of the system."""


class Committed(msgspec.Struct, frozen=True):
    """What a commit did, in files; written and unchanged make up the manifest."""

    written: int
    removed: int
    unchanged: int

    def __add__(self, later: Committed) -> Committed:
        """What this and a later commit of the same output did."""
        written, removed = self.written + later.written, self.removed + later.removed
        return Committed(written, removed, later.unchanged)


class Transaction:
    """The writing of one output by one build."""

    def __init__(
        self, to: Destination, manifest: Manifest | None, record: Record, *, is_absent: bool
    ) -> None:
        self._to = to
        self._record = record
        self._is_listed = manifest is not None
        self._is_absent = is_absent
        self._before = manifest or Manifest()
        self._wanted: dict[str, Entry] = {}
        self._staged: dict[str, str] = {}  # path -> name in the stage
        self._stage: str | None = None
        self._names = 0

    @classmethod
    def begin(cls, output: Path, state: Path, shown: str = "", *, is_lasting: bool = True) -> Self:
        """Begin to write `output`, after completing what a killed run left half done.

        `state` is the site's `.briefgen`; neither folder need exist. `shown` is how messages call
        the output, if not by its path. One that is not lasting is never waited for: a power cut
        may leave it in pieces. Raises ForeignOutput where the output holds something and
        no list of briefgen's, OutputFault where it is no folder or can't be read or repaired.
        """
        to = Destination.of(output, state, shown, is_lasting=is_lasting)
        try:
            recover(to)
            names = names_in(to.output)
        except OSError as error:
            raise output_fault(to.named_in(error), error) from error
        manifest, is_damaged = read_manifest(Path(to.output))
        if manifest is None and not _NO_CONTENT.issuperset(names or ()):
            raise foreign_output(to.shown, tuple(names or ()), is_damaged=is_damaged)
        # That of an output which goes with its process lies beside it, and goes too.
        folder = Path(to.state) if to.is_lasting else Path(to.output).parent
        record = Record.load(folder / f"seen-{to.key}.msgpack", to.output)
        return cls(to, manifest, record, is_absent=names is None)

    @property
    def previous(self) -> Mapping[str, Entry]:
        """What the manifest lists, by path; empty where there is none yet."""
        return self._before.files

    @property
    def wanted(self) -> Mapping[str, Entry]:
        """What has been staged and kept so far; after a commit, what the manifest lists."""
        return self._wanted

    @property
    def previous_extra(self) -> Mapping[str, str]:
        """What the last commit put under `extra`."""
        return self._before.extra

    @property
    def stage_dir(self) -> str:
        """The folder that workers hand to `stage_into`. Made when first asked for."""
        return f"{self._opened()}/{FILES}"

    def name_for(self, path: str) -> str:
        """Return the name under which a worker should stage `path`; any other works, slower.

        All that is staged must be adopted, or the transaction aborted.
        """
        if not self._is_listed:
            return path  # the stage becomes the output, and has its shape
        self._names += 1
        return str(self._names)  # any other stage needs no folders

    def keep(self, path: str, digest: str | None = None) -> bool:
        """Want the file at `path` as it is; False where it must be staged after all.

        It is True only if the manifest lists the path, with this `digest` where one is given, and
        its file is there, intact. Callers whose memory may be of another output, or of a build
        that failed, must give the digest. One stat; the file is read where that can't tell.
        """
        entry = self._before.files.get(path)
        if entry is None or (digest is not None and digest != entry.digest):
            return False
        if path in self._staged:
            raise ValueError(f"{path} is staged twice")
        if not self._record.is_intact(path, entry):
            return False
        self._wanted[path] = entry
        return True

    def head_of(self, path: str, size: int) -> bytes:
        """The first bytes of a file as it is in the output; none where it can't be read."""
        return head_of(f"{self._to.output}/{path}", size)

    def release(self, path: str) -> None:
        """Take a `keep` back: the file goes, unless it is staged after all."""
        if path not in self._staged:
            self._wanted.pop(path, None)

    def stage(self, path: str, data: bytes) -> bool:
        """Want `data` at `path`; False where these bytes are there already.

        `path` is relative to the output, with slashes. Raises OutputFault, and ValueError where
        the path was staged before.
        """
        self._check(path)
        digest = digest_of(data)
        if self.keep(path, digest):
            return False
        name = self.name_for(path)
        write_into(self.stage_dir, name, data, f"{self._to.shown}/{path}")
        self._take(path, name, Entry(digest, len(data)))
        return True

    def stage_file(self, path: str, source: Path, shown: str = "") -> bool:
        """Want a copy of `source` at `path`; as `stage`, and SourceFault where it can't be read.

        `shown` is how messages call `source`, if not by its path.
        """
        self._check(path)
        entry = self._before.files.get(path)
        if entry is not None and self.keep(path, digest_of_source(source, entry.size, shown) or ""):
            return False
        name = self.name_for(path)
        digest, size = copy_into(self.stage_dir, name, source, f"{self._to.shown}/{path}", shown)
        self._take(path, name, Entry(digest, size))
        return True

    def adopt(self, path: str, name: str, digest: str, size: int) -> bool:
        """Want at `path` what a worker staged as `name`, with what `stage_into` returned."""
        self._check(path)
        if self.keep(path, digest):
            return False
        self._take(path, name, Entry(digest, size))
        return True

    def commit(self, extra: Mapping[str, str] | None = None) -> Committed:
        """Make the output what was staged and kept; `extra` is noted in the manifest.

        What the manifest lists and was neither staged nor kept is removed, and the folders that
        are empty then. Raises OutputFault where that can't be done; the output is then as it was
        (or, on a disk that fails at undoing too, what the next `begin` makes whole). The
        transaction is over either way.
        """
        manifest = Manifest(files=self._wanted, extra=dict(extra or {}))
        try:
            if self._is_listed and not self._staged and manifest == self._before:
                done = Committed(0, 0, len(self._wanted))
            elif self._is_absent:
                done = self._publish_whole(manifest)
            else:
                done = self._publish_steps(manifest)
        except OSError as error:
            raise output_fault(self._to.named_in(error), error) from error
        finally:
            self.abort()
        for path in self._staged:
            self._record.add(path, self._wanted[path])
        self._record.save(self._wanted)
        return done

    def abort(self) -> None:
        """Drop what was staged; the output is untouched. After a commit nothing is left to drop."""
        if self._stage is not None:
            drop_stage(self._stage)
            self._stage = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abort()

    def _check(self, path: str) -> None:
        if path not in self._before.files:
            check_path(path)
        if path in self._staged:
            raise ValueError(f"{path} is staged twice")

    def _take(self, path: str, name: str, entry: Entry) -> None:
        self._wanted[path] = entry
        self._staged[path] = name

    def _opened(self) -> str:
        if self._stage is None:
            try:
                self._stage = open_stage(self._to)
            except OSError as error:
                raise output_fault(self._to.named_in(error), error) from error
        return self._stage

    def _publish_whole(self, manifest: Manifest) -> Committed:
        """Where there is no output: shape the stage like it, and rename it into place."""
        tree = self._shape()
        write_synced(f"{tree}/{MANIFEST}", manifest.to_bytes(), waits=self._to.is_lasting)
        Path(self._to.output).parent.mkdir(parents=True, exist_ok=True)
        Path(tree).rename(self._to.output)
        return Committed(len(self._staged), 0, 0)

    def _shape(self) -> str:
        """Give the stage the shape of the output, and return its folder."""
        tree = self.stage_dir
        for path, name in self._staged.items():
            if name != path:
                make_folders(tree, path)
                Path(tree, name).rename(f"{tree}/{path}")
        return tree

    def _publish_steps(self, manifest: Manifest) -> Committed:
        """Where there is an output: write the steps down, and take them."""
        staged = self._staged
        if not self._is_listed:
            self._shape()
            staged = {top: top for top in {path.partition("/")[0] for path in staged}}
        plan = plan_commit(self._to, self._before.files, self._wanted, staged)
        stage, waits = self._opened(), self._to.is_lasting
        if plan.added:
            union = Manifest(files={**manifest.files, **self._before.files})
            write_synced(f"{stage}/{UNION}", union.to_bytes(), waits=waits)
        write_synced(f"{stage}/{NEW_MANIFEST}", manifest.to_bytes(), waits=waits)
        steps = with_manifest(plan, is_listed=self._is_listed)
        write_journal(stage, steps, waits=waits)
        try:
            run_forward(stage, self._to.output, steps)
        except BaseException:
            run_back(stage, self._to.output, steps)
            drop_journal(stage)
            raise
        drop_journal(stage)
        if not self._is_listed:
            return Committed(len(self._wanted), 0, 0)
        written = len(plan.added) + len(plan.changed)
        return Committed(written, len(plan.removed), len(self._wanted) - written)


def names_in(output: str) -> list[str] | None:
    """The sorted names at the top of a folder, less briefgen's own; None where there is none."""
    try:
        names = os.listdir(output)  # noqa: PTH208 - names are what is asked for
    except FileNotFoundError:
        return None
    return sorted(name for name in names if not name.startswith(RESERVED))
