"""Jinja as briefgen sets it up: an environment for each language, which compiles its labels in.

In: a loader of templates, a language and its labels. Out: templates that show a missing variable as
a mistake, escape all that is no HTML, and know the filters of `filters.py` and `locales.py`. This
module must not know which templates there are or which one a page wants.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, MutableMapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator

from briefgen.model.nearest import did_you_mean
from briefgen.render.filters import domain, lang_attributes, safe_url
from briefgen.render.labels import Labels, LabelTranslator
from briefgen.render.locales import Wording, endonym
from briefgen.render.pictures.naming import width
from briefgen.render.quick import Memo, QuickGenerator, quick_escape
from briefgen.render.view import View

Source = tuple[str, str, Callable[[], bool]]
"""What a loader of Jinja's gives of a template."""


class FilesReadOnce(FileSystemLoader):
    """Reads each template once, so that what is rendered is what was digested."""

    def __init__(self, folders: Sequence[Path], known: dict[str, Source]) -> None:
        """Read from `folders`, the first that has a template; `known` keeps what was read."""
        super().__init__(folders)
        self._known = known

    def get_source(self, environment: Environment, template: str) -> Source:
        """The source of a template, and its file."""
        if template not in self._known:
            self._known[template] = super().get_source(environment, template)
        return self._known[template]


class _Missing(StrictUndefined):
    """What a template asks for in vain; of a view it says what may have been meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        view, name = self._undefined_obj, self._undefined_name
        if not isinstance(view, View) or not isinstance(name, str):
            return super()._undefined_message
        hint = did_you_mean(name, view.__struct_fields__)
        return f"A `{type(view).__name__}` has no `{name}`. {hint}".rstrip()


class LanguageEnvironment(Environment):
    """The Jinja environment of one language."""

    code_generator_class: type[CodeGenerator] = QuickGenerator
    quick_escape = staticmethod(quick_escape)
    quick_call: Callable[..., object] = staticmethod(operator.call)  # type: ignore[arg-type]

    def __init__(self, loader: BaseLoader, language: str, labels: Labels) -> None:
        """Load by `loader`, and put labels, dates and numbers into `language`."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=_Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=["jinja2.ext.i18n", Memo],
        )
        self._found: dict[str | Template, Template] = {}
        self.translations = labels.translations
        self.install_gettext_translations(self.translations, newstyle=True)  # type: ignore[attr-defined]
        self.globals["_"] = self.globals["gettext"]  # the alias would be called twice
        del self.globals["lipsum"], self.filters["random"]  # the same view gives the same page
        wording = Wording(language)
        self.filters |= {
            "date": cache(wording.date),
            "day": cache(wording.day),
            "width": width,
            "number": cache(wording.number),
            "span": cache(wording.span),
            "language": cache(endonym),
            "lang": cache(lang_attributes),
            "domain": domain,
            "safe_url": safe_url,
        }

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, object] | None = None,
    ) -> Template:
        """A template by its name, which is asked for at each import: found but once."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = super().get_template(name, parent, globals)
        return found

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """One mapping for all templates, which have none of their own: Jinja's layers are slow."""
        return {**self.globals, **d} if d else self.globals

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        """Compile a template, its constant labels translated: Jinja's hook for it."""
        source = LabelTranslator(self.translations).visit(source)
        return super()._generate(source, name, filename, defer_init)
