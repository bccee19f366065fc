"""The templates of a site: layers of folders, compiled once, each page one `template(view)`.

In go the folders of templates, the uppermost first, and a page's view; out come the page's HTML
and the digest of the templates it is made of. A template sees `page` and `site`, the filters and
the interface's words, and nothing else. This module must not build views or know any page kind.

There is one Jinja environment for each language, so that dates and words need no context: a
constant label is translated when its template is compiled and costs nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    TemplateNotFound,
    TemplatesNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.compiler import CodeGenerator

from briefgen.model.nearest import did_you_mean, nearest
from briefgen.render.faults import TemplateFault
from briefgen.render.jinja import FilesReadOnce, LanguageEnvironment, Source
from briefgen.render.labels import Labels, Layers, labels_in
from briefgen.render.unseen import Unseen, unseen_parts
from briefgen.render.uses import NOTHING, Uses, uses_of
from briefgen.render.view import PageView

Compiled = Callable[[str, bytes], BytecodeCache]
"""From a language, and the digest of its labels, to where the code of templates is kept."""

References = Callable[[str, str | None, Environment], Uses]
"""What `references_of` says, for a source and the file that it stands in."""


def references_of(source: str, file: str | None, environment: Environment) -> Uses:  # noqa: ARG001 - see `References`
    """What a source uses. Raises TemplateSyntaxError where it is no template."""
    return uses_of(source, environment)


_BEGUN = frozenset({"root", "top-level template code"})
"""What the code of a whole template is called, by Jinja's compiler and in its tracebacks."""


class _Read(NamedTuple):
    """What is known of one template's source."""

    digest: bytes = b""
    templates: frozenset[str] = frozenset()
    uses: Uses = NOTHING


class Templates:
    """The templates of a site as they stand when this is made; it never looks for newer ones.

    `folders` are the layers, the uppermost first: the site's `templates/`, its theme's, the
    built-in ones; those that don't exist count as empty. A template of an upper layer reaches
    the ones below it as "!theme/NAME" (all layers but the first) and "!default/NAME" (the last).
    `compiled` and `references` may know what was found out of the same sources before;
    `catalogues` have the labels of other languages than English.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        compiled: Compiled | None = None,
        references: References = references_of,
        catalogues: Layers = (),
    ) -> None:
        self._folders, self._compiled, self._references = tuple(folders), compiled, references
        self._environments: dict[tuple[str, bool], LanguageEnvironment] = {}
        self._catalogues = catalogues
        self._labels: dict[str, Labels] = {}
        self._careful: set[str] = set()
        self._names: frozenset[str] | None = None
        self._read: dict[str, _Read] = {}
        self._sources: dict[int, dict[str, Source]] = {}  # by the number of layers

    def render(self, view: PageView, template: str | None = None) -> bytes:
        """The HTML of a page in UTF-8, by `resolve(view.kind, template)`; raises TemplateFault."""
        name = self.resolve(view.kind, template)
        try:
            if name not in self._careful:
                with suppress(AttributeError):  # see the module `quick`
                    return self._rendered(view, name)
                self._careful.add(name)
            return self._rendered(view, name)
        except Exception as error:  # a template may raise anything
            raise self._fault(error, name) from error

    def _rendered(self, view: PageView, name: str) -> bytes:
        environment = self._environment(view.lang, quick=name not in self._careful)
        pieces = environment.get_template(name).generate(page=view, site=view.site)
        # Each by itself: most are ASCII, which needs but to be copied.
        return b"".join(map(str.encode, pieces))

    def resolve(self, kind: str, template: str | None = None) -> str:
        """The name of the template of a page: the one asked for, else KIND.html, else page.html.

        Raises TemplateFault where the one asked for, or page.html, does not exist.
        """
        names = self.names()
        if template is None:
            name = f"{kind}.html"
            template = name if name in names else "page.html"
        if template in names:
            return template
        near = nearest(template, sorted(names))
        hint = f"did you mean {near[0]!r}?" if near else "put it into the site's templates/ folder"
        raise TemplateFault(template, 0, f"there is no template of this name: {hint}")

    def digest_of_all(self) -> bytes:
        """The digest, 16 bytes, of all templates; one that can't be read counts as empty."""
        environment, loader = self._environment("en"), self._loader()
        found = blake2b(digest_size=16)
        for name in sorted(self.names()):
            found.update(f"{len(name)}:{name}".encode())
            with suppress(UnicodeDecodeError):
                found.update(loader.get_source(environment, name)[0].encode())
        return found.digest()

    def labels(self, language: str) -> Labels:
        """The labels of a language."""
        if language not in self._labels:
            self._labels[language] = Labels(language, self._catalogues)
        return self._labels[language]

    def digest(self, name: str, language: str = "en", also: Iterable[str] = ()) -> bytes:
        """The digest, 16 bytes, of a template and of all templates it extends, imports, includes.

        What their labels, and those in `also`, are in the language is part of it.

        One that includes a template by a name computed while rendering depends on all there are,
        one with a label that is computed on all labels.
        Raises TemplateFault where one of them can't be read or parsed.
        """
        found = blake2b(digest_size=16)
        labels: set[str | None] = {*also}
        for each in self.closure(name):
            one = self._source(each)
            found.update(f"{len(each)}:{each}".encode())
            found.update(one.digest)
            labels.update(one.uses.labels)
        found.update(self.labels(language).digest_of(labels))
        return found.digest()

    def extra_used(self, name: str) -> set[str | None]:
        """The keys of the site's `extra` that `closure` reads; None among them for all."""
        return {key for each in self.closure(name) for key in self._source(each).uses.extra}

    def closure(self, name: str) -> list[str]:
        """The names of a template and all that it extends, imports, includes, sorted.

        Raises TemplateFault where one of them can't be read or parsed.
        """
        reached: set[str] = set()
        waiting = {name}
        while waiting:
            each = waiting.pop()
            reached.add(each)
            waiting |= self._source(each).templates - reached
        return sorted(reached)

    def _source(self, name: str) -> _Read:
        """What is known of one template's source."""
        if name not in self._read:
            self._read[name] = self._read_source(name)
        return self._read[name]

    def _read_source(self, name: str) -> _Read:
        environment = self._environment("en")  # what is referred to is the same in all
        try:
            source, file, _ = self._loader().get_source(environment, name)
            uses = self._references(source, file, environment)
        except TemplateNotFound:  # rendering says so, unless it is included `ignore missing`
            return _Read()
        except Exception as error:  # unreadable, not UTF-8, not a template
            raise self._fault(error, name) from error
        found = frozenset(filter(None, uses.templates))
        if None in uses.templates:
            found |= self.names()
        digest = blake2b(source.encode(), digest_size=16).digest()
        return _Read(digest, found, uses)

    def names(self) -> frozenset[str]:
        """The names of all templates, those of lower layers by their prefixes too."""
        if self._names is None:
            self._names = frozenset(self._loader().list_templates())
        return self._names

    def unseen(self, name: str) -> list[Unseen]:
        """What of a template is never shown; nothing where one that it extends can't be parsed."""
        tree = self._parsed(name)
        return [*unseen_parts(tree, self._parsed)] if tree else []

    def _parsed(self, name: str) -> nodes.Template | None:
        environment = self._environment("en")
        with suppress(TemplateNotFound, TemplateSyntaxError, UnicodeDecodeError):
            return environment.parse(self._loader().get_source(environment, name)[0], name)
        return None

    def used_labels(self) -> frozenset[str]:
        """All labels that the templates have; of one that can't be parsed, none."""
        environment = self._environment("en")
        sources = set()
        for name in self.names():
            with suppress(UnicodeDecodeError):
                sources.add(self._loader().get_source(environment, name)[0])
        found: set[str] = set()
        for source in sources:
            with suppress(TemplateSyntaxError):
                found |= labels_in(environment.parse(source))
        return frozenset(found)

    def _loader(self) -> BaseLoader:
        below = self._folders[1:] or self._folders
        layers = {"!theme": self._files(below), "!default": self._files(below[-1:])}
        return ChoiceLoader([PrefixLoader(layers), self._files(self._folders)])

    def _files(self, folders: Sequence[Path]) -> FileSystemLoader:
        return FilesReadOnce(folders, self._sources.setdefault(len(folders), {}))

    def _environment(self, language: str, *, quick: bool = True) -> LanguageEnvironment:
        if (language, quick) not in self._environments:
            labels = self.labels(language)
            made = LanguageEnvironment(self._loader(), language, labels)
            if not quick:
                made.code_generator_class = CodeGenerator
            elif self._compiled:
                variant = f"{language}+" if labels.are_own else language
                made.bytecode_cache = self._compiled(variant, labels.digest)
            self._environments[language, quick] = made
        return self._environments[language, quick]

    def _fault(self, error: Exception, name: str) -> TemplateFault:
        """Put an error into words, with the place in the template where it arose."""
        if isinstance(error, TemplateSyntaxError):
            return TemplateFault(error.name or name, error.lineno, error.message or "")
        places = [*self._places(error.__traceback__)]
        template, line, _ = places[-1] if places else (name, 0, False)
        if isinstance(error, TemplateNotFound):
            names = error.templates if isinstance(error, TemplatesNotFound) else [error.message]
            return TemplateFault(template, line, self._not_there([*map(str, names)]))
        if isinstance(error, RecursionError):
            begun = sum(is_begun for one, _, is_begun in places if one == template)
            message = (
                f"the template extends or includes itself; `!theme/{template}` is the one below it"
                if begun > 1
                else "a macro, a block or a loop calls itself, and nothing ends that"
            )
            return TemplateFault(template, line, message)
        if isinstance(error, UnicodeDecodeError):
            return TemplateFault(template, line, "the file is not UTF-8; save it as UTF-8")
        if isinstance(error, UndefinedError):
            return TemplateFault(template, line, error.message or "")
        return TemplateFault(template, line, f"{type(error).__name__}: {error}")

    def _not_there(self, names: Sequence[str]) -> str:
        """What is wrong where one template is asked for, or any of some."""
        if not names:
            return "the list of templates is empty"
        what = "there is no template" if len(names) == 1 else "none of these templates is there:"
        hint = next(filter(None, map(self._near, names)), "")
        return f"{what} {', '.join(f'`{name}`' for name in names)}. {hint}".strip()

    def _near(self, name: str) -> str:
        start = name[: name.rfind("/") + 1] if name.startswith("!") else ""
        names = [start + one for one in sorted(self.names()) if not one.startswith("!")]
        return did_you_mean(name, names)

    def _places(self, trace: TracebackType | None) -> Iterator[tuple[str, int, bool]]:
        """The templates that a traceback passes through, which Jinja has given their own lines.

        With each: whether it was begun there, and no macro or block of it.
        """
        while trace is not None:
            path = Path(trace.tb_frame.f_code.co_filename)
            for folder in self._folders:
                if path.is_relative_to(folder):
                    is_begun = trace.tb_frame.f_code.co_name in _BEGUN
                    yield path.relative_to(folder).as_posix(), trace.tb_lineno, is_begun
                    break
            trace = trace.tb_next
