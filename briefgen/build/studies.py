"""The studies of all briefings: those that the cache still holds, and those to be made anew.

A study is valid as long as the names of the site, its linking policy and its time zone are the
same, and every file that was read for it has the digest that it had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b, sha256

import msgspec

from briefgen.build.cache import Cache, StudyRow
from briefgen.build.digests import SIZE, FileDigests
from briefgen.build.pool import Worker, run_batches
from briefgen.build.study import Context, study_briefing
from briefgen.load.text import SiteReader
from briefgen.model.briefing import Body, Briefing
from briefgen.model.codec import decoder, encode
from briefgen.model.diagnostics import Diagnostic
from briefgen.model.facts import BriefingFacts, Writing
from briefgen.parse.markdown import MarkdownParser

Inputs = tuple[tuple[str, bytes], ...]

_NO_WRITING = Writing()


class Written(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a briefing's own page is made of, beside its facts."""

    briefing: Briefing
    body: Body


class Made(msgspec.Struct, frozen=True, gc=False):
    """A new study, as a worker hands it back."""

    path: str
    row: StudyRow
    body: bytes


def context_digest(context: Context) -> bytes:
    """The digest, 16 bytes, of all that every study depends on."""
    found = blake2b(digest_size=16)
    found.update(context.gazetteer.digest)
    found.update(encode(context.linking))
    found.update(encode((context.zone.key, context.language, context.is_thorough)))
    return found.digest()


class StudyWorker(Worker[str, list[Made]]):
    """Studies briefings by their paths."""

    def __init__(self, context: Context, key: bytes) -> None:
        """`key` is the digest of the context."""
        self._context, self._key = context, key
        self._parser = MarkdownParser()
        self._read = SiteReader(context.root).read

    def do(self, items: Sequence[str]) -> list[Made]:
        """Study a batch."""
        return [self._study(path) for path in items]

    def _study(self, path: str) -> Made:
        study = study_briefing(path, self._context, self._parser, self._read)
        facts = encode(study.facts) if study.facts else b""
        body = b""
        if study.briefing and study.body:
            body = encode(Written(study.briefing, study.body))
        made = sha256(facts)
        made.update(body)
        row = StudyRow(
            key=self._key,
            inputs=encode(study.inputs),
            facts=facts,
            found=encode(study.diagnostics),
            made=made.digest()[:SIZE] if facts else b"",
            linked=linked_digest(study.facts) if study.facts else b"",
        )
        return Made(path, row, body)


def linked_digest(facts: BriefingFacts) -> bytes:
    """The digest of what linking reads of a briefing: all but sentences and places."""
    writing = facts.writing
    reduced = (
        msgspec.structs.replace(facts, writing=_NO_WRITING),
        [(one.entity, one.count, one.sentence is None) for one in writing.mentions],
        [(one.target, one.is_wiki) for one in writing.links],
        [one.source for one in writing.cites],
        [(one.target, one.has_alt) for one in writing.images],
        writing.headings,
        writing.loose and [(one.ids, one.words) for one in writing.loose],
        writing.notes and [one.source for one in writing.notes],
    )
    return blake2b(encode(reduced), digest_size=16).digest()


class Studies(msgspec.Struct, frozen=True):
    """All studies of a run, by path."""

    rows: Mapping[str, StudyRow]
    fresh: frozenset[str]  # those made in this run
    before: dict[str, StudyRow] = {}  # those that they replace

    @property
    def others(self) -> set[str]:
        """All files that were read for them beside each one's own."""
        return {
            path for own, row in self.rows.items() for path, _ in decode_inputs(row) if path != own
        }

    def without_facts(self) -> Studies:
        """The same without what the index holds decoded: a tenth of what a large site takes."""
        lean = {path: msgspec.structs.replace(row, facts=b"") for path, row in self.rows.items()}
        return Studies(lean, self.fresh)


def study_all(
    paths: Sequence[str],
    context: Context,
    cache: Cache,
    digests: FileDigests,
    jobs: int | None,
) -> Iterator[Studies | int]:
    """Study all briefings; yields how many are done while it goes on, then the studies.

    New studies and their bodies go into the cache as they come; the bodies are not held.
    """
    key, keys = _keys(context)
    known = cache.studies()
    rows: dict[str, StudyRow] = {}
    stale = []
    for path in paths:
        row = known.get(path)
        if row is not None and row.key in keys and _is_valid(row, digests):
            rows[path] = row
        else:
            stale.append(path)
    done = len(rows)
    for batch in run_batches(StudyWorker, (context, key), stale, jobs):
        cache.put_studies([(made.path, made.row, made.body) for made in batch])
        for made in batch:
            rows[made.path] = made.row
            for path, digest in decode_inputs(made.row):
                digests.learn(path, digest)
        done += len(batch)
        yield done
    gone = known.keys() - set(paths)
    cache.forget("studies", gone)
    cache.forget("bodies", gone)
    before = {path: known[path] for path in stale if path in known}
    yield Studies({path: rows[path] for path in paths}, frozenset(stale), before)


def restudy(
    paths: Sequence[str], context: Context, cache: Cache, digests: FileDigests
) -> tuple[dict[str, StudyRow], dict[str, StudyRow]]:
    """Study a few briefings again, those that must be: the studies before, and those made now.

    New studies and their bodies go into the cache. One that was not studied before has none.
    """
    key, keys = _keys(context)
    known = cache.studies(paths)
    stale = []
    for path in paths:
        row = known.get(path)
        if row is None or row.key not in keys or not _is_valid(row, digests):
            stale.append(path)
    made = StudyWorker(context, key).do(stale) if stale else []
    cache.put_studies([(one.path, one.row, one.body) for one in made])
    for one in made:
        for path, digest in decode_inputs(one.row):
            digests.learn(path, digest)
    before = {path: known[path] for path in stale if path in known}
    return before, {one.path: one.row for one in made}


def _keys(context: Context) -> tuple[bytes, set[bytes]]:
    """The digest of a context, and those under which a study will do."""
    key = context_digest(context)
    if context.is_thorough:
        return key, {key}
    # One that has looked for more serves as well.
    return key, {key, context_digest(msgspec.structs.replace(context, is_thorough=True))}


def _is_valid(row: StudyRow, digests: FileDigests) -> bool:
    """Whether its files are as they were; why one can't be read has no digest, and may change."""
    return all(digest and digests.of(path) == digest for path, digest in decode_inputs(row))


_INPUTS = decoder(Inputs)
_FACTS = decoder(BriefingFacts)
_FOUND = decoder(tuple[Diagnostic, ...])
_WRITTEN = decoder(Written)


def decode_inputs(row: StudyRow) -> Inputs:
    """The files that a study read."""
    inputs: Inputs = _INPUTS.decode(row.inputs)
    return inputs


def decode_facts(rows: Mapping[str, StudyRow]) -> list[BriefingFacts]:
    """The facts of studies, in order; files without any are left out."""
    return [_FACTS.decode(row.facts) for row in rows.values() if row.facts]


def decode_fact(row: StudyRow) -> BriefingFacts:
    """The facts of one study that has any."""
    facts: BriefingFacts = _FACTS.decode(row.facts)
    return facts


def decode_found(row: StudyRow) -> tuple[Diagnostic, ...]:
    """What is wrong in the file of a study."""
    found: tuple[Diagnostic, ...] = _FOUND.decode(row.found)
    return found


def decode_written(body: bytes) -> Written:
    """What a briefing's page is made of."""
    written: Written = _WRITTEN.decode(body)
    return written
