"""Sites built in a test's own folder, and their pages as a reader's browser has them.

A test reads as a story: write files, build, look; edit, build, look again.

    site = SiteTest(tmp_path).file("content/briefings/x.md", BRIEFING).build()
    assert site.page("briefings/x/").reading_text == "Words."
    site.edit("content/briefings/x.md", OTHER).build()
    assert "briefings/x/" in site.rendered
"""

from __future__ import annotations

import shutil
import zlib
from collections import Counter
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element

import html5lib

from briefgen.build.options import BuildOptions
from briefgen.build.pipeline import build
from briefgen.model.dates import Day

PROJECT = Path(__file__).resolve().parent.parent

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin and end a line: their boundaries count as white space."""

OF_ADDRESSES = ("href", "src")
"""The attributes that hold an address."""


def png(width: int, height: int) -> bytes:
    """A grey picture of so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = chunk(b"IHDR", size + bytes([8, 0, 0, 0, 0]))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def squeeze(text: str) -> str:
    """Text with each run of white space one space, and none at the ends."""
    return " ".join(text.split())


def text_of(element: Element, *, aside: bool = True) -> str:
    """The text of an element; with `aside` off, less what is inside `data-aside`."""
    parts: list[str] = []

    def walk(one: Element) -> None:
        is_element = isinstance(one.tag, str)  # else it is a comment
        if is_element and (aside or one.get("data-aside") is None):
            edge = " " if one.tag in BLOCKS else ""
            parts.extend((edge, one.text or ""))
            for child in one:
                walk(child)
                parts.append(child.tail or "")
            parts.append(edge)

    walk(element)
    return squeeze("".join(parts))


class BuiltPage:
    """A page as a browser has it. With `strict`, any parse error of the HTML standard fails."""

    def __init__(self, html: str, *, strict: bool = True) -> None:
        self.html = html
        parser = html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False)
        self.tree: Element = parser.parse(html)

    def all(self, tag: str, class_: str | None = None, *, inside: Element | None = None):
        """The elements of a tag, and of a class where one is given, in order."""
        scope = self.tree if inside is None else inside
        return [e for e in scope.iter(tag) if not class_ or class_ in e.get("class", "").split()]

    def one(self, tag: str, class_: str | None = None, *, inside: Element | None = None) -> Element:
        """The only such element."""
        (found,) = self.all(tag, class_, inside=inside)
        return found

    def by_id(self, id_: str) -> Element:
        """The element with an id."""
        (found,) = (element for element in self.tree.iter() if element.get("id") == id_)
        return found

    @property
    def article(self) -> Element:
        """The element that holds the article."""
        (found,) = (e for e in self.tree.iter() if e.get("data-article") is not None)
        return found

    @property
    def text(self) -> str:
        """All that is to be read on the page."""
        return text_of(self.one("main"))

    @property
    def reading_text(self) -> str:
        """The reading text of the article, as the authors' guide defines it."""
        return text_of(self.article, aside=False)

    @property
    def repeated_ids(self) -> list[str]:
        """The ids that more than one element has."""
        return [id_ for id_, count in self._ids.items() if count > 1]

    def has_id(self, id_: str) -> bool:
        """Whether an element has this id."""
        return id_ in self._ids

    @cached_property
    def _ids(self) -> Counter[str]:
        return Counter(e.get("id") for e in self.tree.iter() if e.get("id") is not None)

    @property
    def addresses(self) -> list[str]:
        """All addresses that the page links to or loads, in order."""
        return [e.get(at) for e in self.tree.iter() for at in OF_ADDRESSES if e.get(at) is not None]

    def words_marked(self, number: int) -> str:
        """The words of the article that are marked for the note of this number.

        A mark that crosses a paragraph or another element is closed and opened again.
        """
        marks = [mark for mark in self.all("mark") if mark.get("data-n") == str(number)]
        return squeeze(" ".join(_pieces(self.article, marks)))


def _pieces(article: Element, marks: list[Element]) -> list[str]:
    """The text of marks, in one piece where they lie in one block, side by side."""
    pieces: list[str] = []
    block = None
    owner = {child: parent for parent in article.iter() for child in parent}
    for mark in marks:
        around = owner[mark]
        while around.tag not in BLOCKS:
            around = owner[around]
        text = _inline(mark)
        if around is block:
            pieces[-1] += text
        else:
            pieces.append(text)
        block = around
    return pieces


def _inline(element: Element) -> str:
    """The text of an inline element, white space as it is, without what stands aside."""
    if element.get("data-aside") is not None:
        return ""
    text = element.text or ""
    return text + "".join(_inline(child) + (child.tail or "") for child in element)


class Output:
    """A published folder. `url` is the site's address; None: it is read from the disk."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder = folder
        self.base = url or "file:///site/"
        self._pages: dict[str, BuiltPage] = {}

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of all files, from the folder on."""
        return frozenset(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        )

    @property
    def page_files(self) -> list[str]:
        """The paths of all pages, sorted."""
        return sorted(path for path in self.files if path.endswith(".html"))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return (self.folder / path).read_bytes()

    def page(self, address: str) -> BuiltPage:
        """The page at an address from the site's root: "", "briefings/x/" or "404.html"."""
        path = address if address.endswith(".html") else f"{address}index.html"
        if path not in self._pages:
            self._pages[path] = BuiltPage(self.read(path).decode("utf-8"))
        return self._pages[path]

    def target(self, path: str, address: str) -> tuple[str, str] | None:
        """The file and the fragment that an address on the page `path` leads to.

        None where it leaves the site. A folder is left as it is, with its slash.
        """
        whole, fragment = urldefrag(urljoin(self.base + path, address))
        if not whole.startswith(self.base):
            return None
        return unquote(whole.removeprefix(self.base)), unquote(fragment)


class SiteTest:
    """A site to write, build, look at and edit. Methods that change it return it."""

    def __init__(self, root: Path, *, as_of: str = "2026-11-24") -> None:
        self.root = root
        self.as_of = Day(as_of)
        self.result = None

    def file(self, path: str, text: str | bytes) -> SiteTest:
        """Write a file, as it is given; text is UTF-8."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def edit(self, path: str, text: str | bytes) -> SiteTest:
        """Write a file that is there already."""
        assert (self.root / path).is_file(), f"there is no {path} to edit"
        return self.file(path, text)

    def remove(self, path: str) -> SiteTest:
        """Remove a file."""
        (self.root / path).unlink()
        return self

    def copy(self, source: Path, path: str = "") -> SiteTest:
        """Copy a file or a folder into the site."""
        if source.is_dir():
            shutil.copytree(source, self.root / path, dirs_exist_ok=True)
            return self
        return self.file(path, source.read_bytes())

    def build(self, **options: object) -> SiteTest:
        """Build it. Without a configuration it gets the smallest there is."""
        if not (self.root / "briefgen.yml").exists():
            self.file("briefgen.yml", "title: A site\n")
        self.result = build(BuildOptions(root=self.root, as_of=self.as_of, **options))
        return self

    def built(self, **options: object) -> SiteTest:
        """Build it and see that it is published."""
        self.build(**options)
        assert self.result.ok, "\n".join(self.findings)
        return self

    @property
    def diagnostics(self):
        """What the last build found."""
        return self.result.diagnostics

    @property
    def rendered(self) -> set[str]:
        """The addresses of the pages that the last build rendered: "", "briefings/x/"."""
        stats = self.result.stats
        assert len(stats.reasons) == stats.rendered
        return {path.removesuffix("index.html") for path in stats.reasons}

    @property
    def findings(self) -> list[str]:
        """The same in short: "content/briefings/x.md:3: error[quote-not-found]: ..."."""
        return [
            f"{d.place.path}:{d.place.line}: {d.level}[{d.code}]: {d.message}"
            for d in self.diagnostics
        ]

    @property
    def codes(self) -> set[str]:
        """The codes of errors and warnings."""
        return {d.code for d in self.diagnostics if d.level in ("error", "warning")}

    @property
    def output(self) -> Output:
        """What is published."""
        return Output(self.result.output, self.result.config.url)

    def page(self, address: str) -> BuiltPage:
        """A published page."""
        return self.output.page(address)
