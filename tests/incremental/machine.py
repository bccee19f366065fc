"""The machine of law 5: whatever is done to a site, the next build gives what a clean one gives.

A rule does one edit, chosen by numbers so that a sequence of edits can be written down and shrinks
well. After each, the site is built on what earlier builds left, and compared with a clean build of
a copy: the output byte for byte, the manifest too, and the diagnostics. An edit that leaves errors
is taken back once that is compared, so that the site goes on living.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import mkdtemp

import msgspec
import pytest
from edited_site import (
    BROKEN,
    CONFIG_FIELDS,
    DAYS,
    ENTITIES,
    ENTITY_FIELDS,
    FIELDS,
    ONLY_NAMED,
    OPTIONS,
    PARAGRAPHS,
    SOURCE_FIELDS,
    SOURCES,
    STATIC,
    TEMPLATES,
    TOPIC_FIELDS,
    TREATIES,
    TREATY_FIELDS,
    briefing,
    first_documents,
)
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from world import FOREIGN, Article, Document, World, tree_of

from briefgen.build import pagefind, search
from briefgen.model.dates import Day
from briefgen.write.stage import digest_of

NUMBER = st.integers(0, 40)
"""Chooses among what there is, in a fixed order, beginning anew at the end."""

OF_PAGES = ("title", "id", "slug", "summary", "updated", "lang", "moved_from", "template", "draft",
            "ignore", "extra")  # fmt: skip
"""What plain pages may say of themselves too."""


def pick(number, choices):
    """The choice that a number stands for."""
    found = list(choices)
    return found[number % len(found)]


def another(number, choices, now):
    """The choice that a number stands for, among those that differ from what there is now.

    What is not there (None) is as good as empty.
    """
    differing = [one for one in choices if one != now and (one or now is not None)]
    return pick(number, differing)


def with_field(fields, key, number, choices):
    """The same with another value of the choices for a key; one that is empty is left out."""
    found = dict(fields)
    value = another(number, choices, found.pop(key, None))
    if value not in (None, [], {}):
        found[key] = value
    return found


class EditedSite(RuleBasedStateMachine):
    """A site that is edited."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(pagefind, "find_program", lambda: Path("pagefind"))
        self.patch.setattr(search, "run_pagefind", index_by_digests)
        self.folder = Path(mkdtemp(prefix="edited-site-"))
        self.world = self._world(self.folder)
        self.good = (self.world.documents, self.world.options)
        self.looked_at = None

    def _world(self, folder: Path) -> World:
        """The site that is edited."""
        return World(folder, first_documents())

    def teardown(self) -> None:
        self.patch.undo()
        shutil.rmtree(self.folder)

    @invariant()
    def is_as_if_built_anew(self) -> None:
        """Compare; take back what is in error, and compare again."""
        type(self).steps += 1
        world = self.world
        if not world.compare():
            documents, world.options = self.good
            world.write(documents)
            assert world.compare(), "what was right before is right again"
        self.good = (world.documents, world.options)

    # What there is

    def _paths(self, *beginnings: str) -> list[str]:
        return sorted(p for p in self.world.documents if p.startswith(beginnings))

    def _articles(self, *beginnings: str) -> list[str]:
        documents = self.world.documents
        return [p for p in self._paths(*beginnings) if isinstance(documents[p], Article)]

    def _set(self, path: str, document: Document | None, *, in_place: bool = True) -> None:
        documents = dict(self.world.documents)
        if document is None:
            documents.pop(path, None)
        else:
            documents[path] = document
        self.world.write(documents, in_place=in_place)

    def _change(self, path: str, fields, key: str, number: int, index: int | str | None = None):
        """Give a mapping of a data file another value for a key."""
        document = self.world.documents[path]
        old = document if index is None else document[index]
        new = with_field(old, key, number, fields[key])
        if index is None:
            self._set(path, new)
        else:
            self._set(path, [new] if isinstance(document, list) else {**document, index: new})

    # Content

    @rule(number=st.integers(1, 6), words=st.lists(NUMBER, max_size=4), in_place=st.booleans())
    def write_briefing(self, number, words, in_place) -> None:
        path, document = briefing(number, *(word % len(PARAGRAPHS) for word in words))
        self._set(path, document, in_place=in_place)

    @rule(which=NUMBER, key=st.sampled_from(list(FIELDS)), number=NUMBER)
    def change_front_matter(self, which, key, number) -> None:
        """Change what a briefing says of itself, or a plain page."""
        kinds = ["content/briefings/", *(["content/pages/"] if key in OF_PAGES else [])]
        path = pick(which, self._articles(*kinds) or self._articles("content/"))
        article = self.world.documents[path]
        front = with_field(article.front, key, number, FIELDS[key])
        self._set(path, article._replace(front=front))

    @rule(which=NUMBER, word=NUMBER, at=NUMBER, in_place=st.booleans())
    def add_paragraph(self, which, word, at, in_place) -> None:
        path = pick(which, self._articles("content/"))
        article = self.world.documents[path]
        text = list(article.paragraphs)
        text.insert(at % (len(text) + 1), pick(word, PARAGRAPHS))
        self._set(path, article._replace(paragraphs=tuple(text)), in_place=in_place)

    @rule(which=NUMBER, at=NUMBER)
    def drop_paragraph(self, which, at) -> None:
        path = pick(which, self._articles("content/"))
        article = self.world.documents[path]
        text = list(article.paragraphs)
        if text:
            text.pop(at % len(text))
        self._set(path, article._replace(paragraphs=tuple(text)))

    @rule(which=NUMBER, at=NUMBER, again=st.booleans())
    def reword(self, which, at, again) -> None:
        """Change a word or two of a site that has come to rest, where others may not see it."""
        self.world.build()
        for path in self._articles("content/briefings/")[which % 3 :: 2 if again else 99]:
            article = self.world.documents[path]
            text = list(article.paragraphs)
            if text:
                index = at % len(text)
                text[index] = reworded(text[index])
            self._set(path, article._replace(paragraphs=tuple(text)))

    @rule(which=NUMBER)
    def delete(self, which) -> None:
        if len(self._articles("content/")) > 1:
            self._set(pick(which, self._paths("content/")), None)

    @rule(which=NUMBER, name=st.sampled_from(["b5", "2021-03-03-b2", "deep/b3", "deep/er/x", "Ä"]))
    def rename(self, which, name) -> None:
        path = pick(which, self._articles("content/"))
        target = f"{path.rpartition('/')[0]}/{name}.md"
        if target not in self.world.documents:
            self.world.move(path, target)

    @rule(whence=st.sampled_from(["briefings", "briefings/deep", "entities", "briefings/a/b"]),
          name=st.sampled_from(["deep", "a/b", "2024"]))  # fmt: skip
    def move_folder(self, whence, name) -> None:
        """Move what lies in a folder into another one, or a folder with all that is in it."""
        path, target = f"content/{whence}", f"content/{whence.partition('/')[0]}/{name}"
        if not self._paths(f"{path}/") or self._paths(f"{target}/"):
            return
        if "/" in whence:
            self.world.move(path, target)
        else:
            for file in self._paths(f"{path}/"):
                if file.count("/") == 2:
                    self.world.move(file, f"{target}/{file.rpartition('/')[2]}")

    @rule(id_=st.sampled_from(ENTITIES), key=st.sampled_from(list(ENTITY_FIELDS)), number=NUMBER)
    def change_entity(self, id_, key, number) -> None:
        """Change an entity, or describe a new one."""
        path = next((p for p in self._paths("content/entities/") if p.endswith(f"/{id_}.yml")), "")
        if not path:
            path = f"content/entities/{id_}.yml"
            self._set(path, [{"id": id_, "kind": "person", "name": id_.title()}])
        self._change(path, ENTITY_FIELDS, key, number, 0)

    @rule(id_=st.sampled_from(ENTITIES), key=st.sampled_from(["name", "aliases"]), number=NUMBER)
    def change_names(self, id_, key, number) -> None:
        """Change what every text may mention."""
        self.change_entity(id_, key, number)

    @rule(path=st.sampled_from(list(ONLY_NAMED)))
    def describe_or_not(self, path) -> None:
        """Describe what was only named, or let what was described be only named."""
        self._set(path, None if path in self.world.documents else ONLY_NAMED[path])

    @rule(which=NUMBER, other=NUMBER, key=st.sampled_from(["slug", "name", "aliases"]))
    def exchange(self, which, other, key) -> None:
        """Give what one entity has to another, and the other way round, in one go."""
        paths = [p for p in self._paths("content/entities/") if self.world.documents[p] != []]
        documents = self.world.documents
        first, second = pick(which, paths), pick(other, paths)
        (one, *_), (two, *_) = documents[first], documents[second]
        values = {first: ({**one}, two), second: ({**two}, one)}
        for path, (entity, source) in values.items():
            entity.pop(key, None)
            if key in source:
                entity[key] = source[key]
            documents = {**documents, path: [entity]}
        self.world.write(documents)

    @rule(id_=st.sampled_from(TREATIES), key=st.sampled_from(list(TREATY_FIELDS)), number=NUMBER)
    def change_treaty(self, id_, key, number) -> None:
        path = f"content/treaties/{id_}.yml"
        if path not in self.world.documents:
            self._set(path, [{"id": id_, "name": id_.title()}])
        self._change(path, TREATY_FIELDS, key, number, 0)

    @rule(id_=st.sampled_from(SOURCES), key=st.sampled_from(list(SOURCE_FIELDS)), number=NUMBER)
    def change_source(self, id_, key, number) -> None:
        path = "content/sources/all.yml"
        known = self.world.documents.get(path, {})
        self._set(path, {**known, id_: known.get(id_, {"title": "New"})})
        self._change(path, SOURCE_FIELDS, key, number, id_)

    @rule(id_=st.sampled_from(["arms", "talks"]), name=st.sampled_from(["Arms", "Talks", "Ä"]))
    def change_topic(self, id_, name) -> None:
        self._set(f"content/topics/{id_}.md", Article({"name": name}, (PARAGRAPHS[0],)))

    @rule(which=NUMBER, key=st.sampled_from(list(TOPIC_FIELDS)), number=NUMBER)
    def change_topic_field(self, which, key, number) -> None:
        """Change what the file of a topic says."""
        paths = self._articles("content/topics/")
        if paths:
            path = pick(which, paths)
            article = self.world.documents[path]
            front = with_field(article.front, key, number, TOPIC_FIELDS[key])
            self._set(path, article._replace(front=front))

    @rule(name=st.sampled_from(["pages/about", "pages/more", "more/other"]), word=NUMBER)
    def write_page(self, name, word) -> None:
        article = Article({"title": name.title()}, (pick(word, PARAGRAPHS),))
        self._set(f"content/{name}.md", article)

    # All else that is read

    @rule(path=st.sampled_from(list(TEMPLATES)), number=NUMBER, in_place=st.booleans())
    def change_template(self, path, number, in_place) -> None:
        now = self.world.documents.get(path)
        self._set(path, another(number, TEMPLATES[path], now), in_place=in_place)

    @rule(path=st.sampled_from(list(STATIC)), number=NUMBER)
    def change_static(self, path, number) -> None:
        self._set(path, another(number, STATIC[path], self.world.documents.get(path)))

    @rule(key=st.sampled_from(list(CONFIG_FIELDS)), number=NUMBER)
    def configure(self, key, number) -> None:
        self._change("briefgen.yml", CONFIG_FIELDS, key, number)

    @rule(number=NUMBER)
    def wait_until(self, number) -> None:
        day = Day(another(number, DAYS, self.world.options.as_of))
        self.world.options = msgspec.structs.replace(self.world.options, as_of=day)

    @rule(name=st.sampled_from(list(OPTIONS)))
    def toggle(self, name) -> None:
        options = self.world.options
        value = another(0, OPTIONS[name], getattr(options, name))
        self.world.options = msgspec.structs.replace(options, **{name: value})

    @rule(which=NUMBER)
    def edit_unseen(self, which) -> None:
        """Change one byte in place, and put the file's time back: all within a moment."""
        texts = {p: d for p, d in self.world.documents.items() if twisted(d) != d}
        path = pick(which, sorted(texts))
        self.world.write_unseen(path, twisted(texts[path]))

    @rule(which=NUMBER, number=NUMBER)
    def break_and_mend(self, which, number) -> None:
        path = pick(which, self._paths(""))
        before = self.world.documents[path]
        self._set(path, pick(number, BROKEN))
        self.world.compare()
        self._set(path, before)

    # What is left of earlier builds

    @rule(which=NUMBER, data=st.sampled_from([None, b"", b"mine", b"x" * 5000, FOREIGN.encode()]))
    def harm_output(self, which, data) -> None:
        """Delete or alter a file of the output, or put one of another kind there."""
        files = sorted(p for p in self.world.output.rglob("*") if p.is_file())
        files = [p for p in files if not p.name.startswith((".briefgen", FOREIGN))]
        if not files:
            return
        file = pick(which, files)
        if data == FOREIGN.encode():
            file = self.world.output / FOREIGN
        if data is None:
            file.unlink()
        else:
            file.write_bytes(data)

    @rule(path=st.sampled_from(["public", ".briefgen", ".briefgen/cache.db"]))
    def lose(self, path) -> None:
        file = self.world.root / path
        if file.is_dir():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)

    @precondition(lambda self: self.looked_at is not self.world.documents)
    @rule()
    def look_again(self) -> None:
        """With nothing changed, nothing is rendered or written, and the same is said."""
        self.looked_at = self.world.documents
        first = self.world.build()
        for _ in range(2):
            again = self.world.build()
            assert again.diagnostics == first.diagnostics
            assert again.stats.reasons == {}
            assert (again.stats.written, again.stats.removed) == (0, 0)


def index_by_digests(_program, pages, output, _root, _excluded, *, as_file) -> None:
    """In the place of Pagefind, whose files are not the same each time: tell what it was given."""
    given = {path: digest_of(data) for path, data in tree_of(pages).items()}
    output.mkdir()
    (output / "pagefind.js").write_text(json.dumps([as_file, sorted(given.items())]))


def reworded(paragraph: str) -> str:
    """The same with a word more, or without it again."""
    if " truly " in paragraph:
        return paragraph.replace(" truly ", " ")
    return paragraph.replace(" ", " truly ", 1)


def twisted(document: Document) -> Document:
    """The same with another full stop: as many bytes, another text. As it is where it has none."""
    turned = str.maketrans(".!", "!.")
    if isinstance(document, Article) and document.paragraphs:
        *others, last = document.paragraphs
        return document._replace(paragraphs=(*others, last[:-1] + last[-1].translate(turned)))
    if isinstance(document, list) and "description" in document[0]:
        text = document[0]["description"].translate(turned)
        return [{**document[0], "description": text}, *document[1:]]
    if isinstance(document, dict) and "description" in document:
        return {**document, "description": document["description"].translate(turned)}
    return document
