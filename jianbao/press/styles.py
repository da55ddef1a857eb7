"""Styles that stay the same objects from layout to layout, as long as they come out the same.

    rules that match, attributes, the parent's style ──Styles──▶ the style of each element

A page is fitted by variables of its element (see `means`). Most of the page does not name them and
keeps its style, as if nothing were set; so does whatever is remembered by it. An element that does
name one, as in `top: calc(var(--fit-head) * var(--row))`, gets a style of its own for each setting,
and so do its descendants if what it hands on has changed.

The rest is the engine's `StyleFor`, step by step, which knows of no earlier layout.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from types import MappingProxyType
from typing import Any, NamedTuple

from weasyprint import css
from weasyprint.css.properties import INHERITED
from weasyprint.css.tokens import Pending

from jianbao.press.means import parted

_SAID_BY = ("lang", "id", "name", "width", "height")
"""Attributes that the engine takes for style of some element or other, apart from `style`."""

Name = tuple[Any, str | None]
"""An element, and one of its pseudo-elements or None for itself."""


class Rule(NamedTuple):
    """A rule that matches an element, and how much it weighs."""

    sheet: Any
    origin: str
    specificity: Any
    declarations: Any
    order: float


class _Matched(NamedTuple):
    """The rules that match, in their order, and what tells them from others."""

    rules: tuple[Rule, ...] = ()
    key: tuple[Any, ...] = ()


_NONE = _Matched()


@dataclass(frozen=True, slots=True)
class _Moved:
    """What is set above an element.

    Attributes:
        settings: The variables of `means` that are set.
        values: These and what is computed from them, by their names in a style.
        whole: Whether anything else that is handed on may have changed.
    """

    settings: tuple[tuple[str, int], ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    whole: bool = False


@dataclass(slots=True)
class Known:
    """What is kept: styles, the elements in their order and the rules of each, who names what.

    The styles of pages are kept by the kind of page.
    """

    styles: dict[Any, Any] = field(default_factory=dict)
    sizes: dict[str, Any] = field(default_factory=dict)
    order: list[Any] = field(default_factory=list)
    rules: list[Mapping[str | None, _Matched]] = field(default_factory=list)
    named: dict[int, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    pages: dict[Any, Any] = field(default_factory=dict)


class Styles(css.StyleFor):  # type: ignore[misc]
    """The engine's styles for one layout, those that are known already among them."""

    def __init__(self, html: Any, sheets: Any, fonts: Any, targets: Any, known: Known) -> None:
        """Find the style of every element and pseudo-element."""
        known.sizes.update(box=None, area=None)
        self.initial_page_sizes = known.sizes
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._sheets, self.font_config = sheets, fonts
        self._html, self._known = html, known
        self._plain: dict[Any, Any] = {}  # each element's style if nothing were set
        self._moved: dict[Any, _Moved] = {None: _Moved()}
        wrappers = list(html.wrapper_element.iter_subtree())
        order = [wrapper.etree_element for wrapper in wrappers]
        if order != known.order or any("[style" in (each.text or "") for each in order):
            known.order, known.rules = order, [self._matching(each) for each in wrappers]
        for wrapper, rules in zip(wrappers, known.rules, strict=True):
            parent = wrapper.parent.etree_element if wrapper.parent else None
            self._set((wrapper.etree_element, None), parent, rules.get(None, _NONE))
        for element, rules in zip(order, known.rules, strict=True):
            for pseudo in filter(None, rules):
                self._set((element, pseudo), element, rules[pseudo])
        styles = {id(style): style for style in self._computed_styles.values()}
        for anchor in filter(None, (style["anchor"] for style in styles.values())):
            targets.collect_anchor(anchor)

    def _matching(self, wrapper: Any) -> Mapping[str | None, _Matched]:
        """Return the rules that match an element, in their order, by the pseudo-element."""
        found: dict[str | None, list[Rule]] = defaultdict(list)
        for sheet, origin, given in self._sheets:
            for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
                order = inf if layer is None else sheet.layers.index(layer)
                found[pseudo].append(Rule(sheet, origin, given or specificity, declarations, order))
        return {
            pseudo: _Matched(
                tuple(rules),
                tuple([(id(r.sheet), r.specificity, id(r.declarations), r.order) for r in rules]),
            )
            for pseudo, rules in found.items()
        }

    def _set(self, name: Name, parent: Any, matched: _Matched) -> None:
        """Set the style of an element or pseudo-element; note what it hands on."""
        element, pseudo = name
        text = "" if pseudo else element.get("style") or ""
        said, settings = parted(text)
        about = (
            said,
            None if pseudo else (element.tag, *map(element.get, _SAID_BY)),
            pseudo,
            matched.key,
        )
        plain = self._style(name, self._plain.get(parent), (said, matched.rules), (about,))
        style, moved, above = plain, _Moved(), self._moved[parent]
        if settings or above.settings:
            force = {**dict(above.settings), **settings}
            hit = self._hit(plain, {*above.values, *map(_key, settings)})
            over = self._computed_styles.get((parent, None))
            other = over is not self._plain.get(parent) and _takes_more(plain)
            if settings or hit or above.whole or other:
                made_of = about, text, tuple(sorted(force.items()))
                style = self._style(name, over, (text, matched.rules), made_of, above.values)
            own = {key for key in {*map(_key, settings), *hit} if key[:2] == "__"}
            values = {
                key: value for key, value in above.values.items() if key not in plain.cascaded
            }
            values |= {key: style[key] for key in own}
            whole = above.whole or any(map(_inherited, hit))
            moved = _Moved(tuple(sorted(force.items())), values, whole)
        self._computed_styles[name] = style
        if pseudo is None:
            self._plain[element], self._moved[element] = plain, moved

    def _style(
        self,
        name: Name,
        above: Any,
        says: tuple[str, Iterable[Rule]],
        made_of: tuple[Any, ...],
        values: Mapping[str, Any] = MappingProxyType({}),
    ) -> Any:
        """Return a style below `above`, the known one if there is one.

        `values` are of variables that stand in no style above it.
        """
        key = id(above), *made_of
        style = self._known.styles.get(key)
        if style is None:
            base = self._html.base_url
            cascade = self._cascade(*name, *says)
            root = self._computed_styles.get((self._html.etree_element, None))
            if root is None:
                root = css.InitialStyle(self.font_config)
            style = css.ComputedStyle(
                above, cascade, name[1], root, base, self.font_config, self._known.sizes
            )
            style.update((key, value) for key, value in values.items() if key not in cascade)
            self._known.styles[key] = style
        return style

    def _cascade(
        self, element: Any, pseudo: str | None, text: str, rules: Iterable[Rule]
    ) -> dict[str, Any]:
        """Return what an element's own attributes and the rules say, by the property's name."""
        found: dict[str, Any] = {}
        base = self._html.base_url
        if pseudo is None:
            own = _Said(element, text)
            for specificity, _, declarations, _ in css.find_style_attributes(own, False, base):
                said = css.preprocess_declarations(base, declarations)
                _weigh(found, said, "author", (inf, specificity))
        for rule in rules:
            _weigh(found, rule.declarations, rule.origin, (rule.order, rule.specificity))
        return found

    def set_computed_styles(self, element: Any, parent: Any, *more: Any, **named: Any) -> None:
        """Set the style of a page or its margin box, the one that such a page had before."""
        pseudo = named.get("pseudo_type")
        key = element, pseudo, id(self._computed_styles[parent, None])
        known = self._known.pages.get(key)
        if known is None:
            super().set_computed_styles(element, parent, *more, **named)
            known = self._known.pages[key] = self._computed_styles[element, pseudo]
        self._computed_styles[element, pseudo] = known

    def _hit(self, style: Any, names: Collection[str]) -> frozenset[str]:
        """Return the properties of a style that name one of these variables."""
        named = self._known.named.get(id(style))
        if named is None:
            named = self._known.named[id(style)] = {
                key: frozenset(_variables(value.tokens))
                for key, (value, _) in style.cascaded.items()
                if isinstance(value, Pending)
            }
        return frozenset(key for key, used in named.items() if not used.isdisjoint(names))


class _Said:
    """An element without descendants whose `style` says something else."""

    def __init__(self, element: Any, text: str) -> None:
        self.tag, self._element, self._text = element.tag, element, text

    def iter(self) -> Iterator["_Said"]:
        """Yield the element."""
        yield self

    def get(self, name: str) -> str | None:
        """Return an attribute."""
        found: str | None = self._text if name == "style" else self._element.get(name)
        return found


def _weigh(found: dict[str, Any], declarations: Any, origin: str, weight: tuple[Any, Any]) -> None:
    """Take the declarations that weigh as much as what was found before, or more."""
    for name, values, importance in declarations:
        whole = (css.declaration_precedence(origin, importance), *weight)
        if name not in found or found[name][1] <= whole:
            found[name] = values, whole


def _key(name: str) -> str:
    """Return the name of a variable in a style, of one in the text of a style sheet."""
    return name.replace("-", "_")


def _variables(tokens: Iterable[Any]) -> Iterator[str]:
    """Yield the variables that some tokens name."""
    for token in tokens:
        inner = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        if token.type == "function" and token.lower_name == "var":
            yield from (_key(each.value) for each in inner if each.type == "ident")
        if not isinstance(inner, str):
            yield from _variables(inner)


def _takes_more(style: Any) -> bool:
    """Return whether a style takes from its parent what is not handed on by itself."""
    return any(
        value == "inherit" and key not in INHERITED and key[:2] != "__"
        for key, (value, _) in style.cascaded.items()
    )


def _inherited(key: str) -> bool:
    """Return whether a property is handed on to children by itself, variables left out."""
    return key in INHERITED or key[:16] == "text_decoration_"
