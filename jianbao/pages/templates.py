"""Fill a template: Jinja2, sandboxed and strict.

templates, views ──fill──▶ HTML or a Finding with the template's line
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, singledispatch
from types import BuiltinMethodType, CodeType, MethodType
from typing import ClassVar

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from jianbao.diagnostics import Finding, Message, Place, error, msg
from jianbao.pages.bylines import signed
from jianbao.pages.headlines import ems
from jianbao.pages.imprints import day_text
from jianbao.pages.official import levelled, title_lines
from jianbao.pages.weave import slug
from jianbao.reading.looks import Template

Code = dict[tuple[str, str], CodeType]
"""Compiled templates, by digests of their names and of their texts."""


_METHODS = (MethodType, BuiltinMethodType)
_UNKNOWN = object()


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, which asks once what templates may ask of a kind of value.

    What it forbids depends on the kind of value and on the name; of what it gives, only methods
    are looked at.
    """

    _allowed: ClassVar[set[tuple[type, str]]] = set()

    def getattr(self, obj: object, attribute: str) -> object:
        """Return an attribute, as the sandbox does."""
        kind = type(obj), attribute
        if kind in self._allowed:
            value = getattr(obj, attribute, _UNKNOWN)
            if value is not _UNKNOWN and not isinstance(value, _METHODS):
                return value
        elif self.is_safe_attribute(obj, attribute, None):
            self._allowed.add(kind)
        return super().getattr(obj, attribute)


class MissingFigureError(Exception):
    """A template asks for a figure that there is none of; says why."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.text)
        self.why = why


def environment(templates: Mapping[str, Template]) -> ImmutableSandboxedEnvironment:
    """Return a Jinja environment that knows `templates` and nothing else.

    Each page gets its own, since what it may ask for is put into it; only the compiled code is
    shared, so that a thousand bulletins compile the same templates once.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        template = templates.get(name)
        return (template.text, template.path, lambda: True) if template else None

    jinja = _Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_compiled(tuple(templates.items())),
    )
    jinja.filters["levelled"] = levelled
    jinja.filters["title_lines"] = title_lines
    jinja.filters["day"] = day_in_words
    jinja.filters["slug"] = slug
    jinja.filters["signed"] = signed
    jinja.filters["ems"] = lambda text: ems(Markup(text).striptags())
    return jinja


def compiled(templates: Mapping[str, Template]) -> Code:
    """Return what has been compiled of exactly these templates, to be added to."""
    return _compiled(tuple(templates.items())).known


def is_shipped(templates: Mapping[str, Template], key: tuple[str, str]) -> bool:
    """Return whether what was compiled under a key is a template that is shipped."""
    return key in _shipped(tuple(templates.items()))


class _Compiled(BytecodeCache):
    """Keeps compiled templates in memory, under a key that holds name and text."""

    def __init__(self) -> None:
        self.known: Code = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self.known[bucket.key, bucket.checksum] = bucket.code


@lru_cache(maxsize=8)
def _compiled(_templates: tuple[tuple[str, Template], ...]) -> _Compiled:
    """Return what was compiled of exactly these templates."""
    return _Compiled()


@lru_cache(maxsize=8)
def _shipped(templates: tuple[tuple[str, Template], ...]) -> frozenset[tuple[str, str]]:
    cache = _Compiled()
    return frozenset(
        (cache.get_cache_key(name, one.path), cache.get_source_checksum(one.text))
        for name, one in templates
        if one.shipped
    )


def day_in_words(day: str) -> str:
    """Return a day as it is printed.

    >>> day_in_words("2026-11-06")
    '2026年11月6日'
    """
    return day_text(date.fromisoformat(day))


def fill(
    jinja: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, object]
) -> Markup | Finding:
    """Return the filled template, or the finding that says which line of it failed."""
    try:
        return Markup(jinja.get_template(name).render(values))
    except TemplateSyntaxError as fault:
        place = Place(fault.filename or f"templates/{name}", fault.lineno)
        why = msg("The template cannot be understood: {why}.", why=fault.message or "?")
        return error("template-broken", place, why)
    except (
        MissingFigureError,
        TemplateError,
        ArithmeticError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as fault:
        return error("template-broken", _place(fault, name), _why(fault))


@singledispatch
def _why(fault: BaseException) -> Message:
    """Return what went wrong in a template, in an office's words where we have any."""
    return msg("The template cannot be filled: {why}.", why=str(fault).rstrip("."))


@_why.register
def _(fault: MissingFigureError) -> Message:
    return msg("The template cannot be filled: {why}", why=fault.why)


@_why.register
def _(fault: UndefinedError) -> Message:
    missing = re.search(r"'(\w+)' is undefined|attribute '(\w+)'", str(fault))
    word = (missing[1] or missing[2]) if missing else str(fault)
    return msg("Templates know nothing of the name {name}.", name=word)


@_why.register
def _(fault: TemplateNotFound) -> Message:
    return msg("There is no template {name}; only those in templates/ are known.", name=fault.name)


@_why.register
def _(_fault: RecursionError) -> Message:
    return msg("The template calls itself, or holds brackets in brackets, without end.")


@_why.register
def _(_fault: OverflowError) -> Message:
    return msg("The template counts further than any page needs.")


@_why.register
def _(fault: SecurityError) -> Message:
    word = re.search(r"attribute '(\w+)'", str(fault))
    return msg("Templates may not use {name}.", name=word[1] if word else str(fault))


def _place(fault: BaseException, name: str) -> Place:
    """Return the deepest line of a template that the fault passed through."""
    place = Place(f"templates/{name}")
    trace = fault.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("templates/"):
            place = Place(file, trace.tb_lineno)
        trace = trace.tb_next
    return place
