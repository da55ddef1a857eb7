"""What the filters of a quote ask for: a form of writing, a phrase, or a citation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.figures.phrases import PHRASES, PLACES
from jianbao.figures.writing import PLAIN, WAN, YI, Form

FORMS = {
    "数": Form(unit=False), "bare": Form(unit=False),
    "万": Form(scale=WAN), "wan": Form(scale=WAN),
    "亿": Form(scale=YI), "yi": Form(scale=YI),
    "余": Form(approx="余"), "over": Form(approx="余"),
    "多": Form(approx="多"), "more": Form(approx="多"),
    "近": Form(approx="近"), "nearly": Form(approx="近"),
    "约": Form(approx="约"), "about": Form(approx="约"),
}  # fmt: skip
DECIMALS = ("小数", "decimals")
CITED = ("引", "cited")
NAMES = (*FORMS, *PHRASES, *DECIMALS, *CITED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a quote's filters ask for.

    Attributes:
        phrase: Name of the phrase, with its argument; "" where the figure itself is written.
        reason: Where a cited number is from.
    """

    form: Form = PLAIN
    phrase: str = ""
    argument: str = ""
    reason: str = ""


def asked(filters: Iterable[tuple[str, str]], place: Place) -> Asked | Finding:
    """Return what the filters, each a name and an argument, ask for together."""
    result = Asked()
    for name, argument in filters:
        if name in FORMS and argument:
            return error(
                "filter-argument",
                place,
                msg("Behind {name} stands something that is not understood: {text}.",
                    name=name, text=argument),
                msg("Put a bar between two ways of writing: | {name} | 小数 1.", name=name),
            )  # fmt: skip
        if name in FORMS:
            result = replace(result, form=_merged(result.form, FORMS[name]))
        elif name in PHRASES:
            result = replace(result, phrase=name, argument=argument)
        elif name in CITED:
            result = replace(result, reason=argument)
        elif name not in DECIMALS:
            return _unknown(name, place)
        elif argument in PLACES:
            result = replace(result, form=replace(result.form, decimals=int(argument)))
        else:
            return error(
                "filter-argument",
                place,
                msg("It is not said how many decimals."),
                msg("Write it like | 小数 1."),
            )
    return result


def _merged(form: Form, more: Form) -> Form:
    """Return what both ask for; the later one decides where they differ."""
    return Form(
        unit=form.unit and more.unit,
        scale=more.scale or form.scale,
        decimals=form.decimals,
        approx=more.approx or form.approx,
    )


def _unknown(name: str, place: Place) -> Finding:
    known = [word for word in NAMES if not word.isascii()]
    near = get_close_matches(name, known, 1, 0.3)
    hint = (
        msg("Write {name}.", name=near[0])
        if near
        else msg("Known here: {names}.", names="、".join(known))
    )
    return error("filter-unknown", place, msg("There is no filter {name}.", name=name), hint)
