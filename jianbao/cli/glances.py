"""How a glance at the week is shown: lines for people, JSON for programs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from jianbao.cli.language import Translate
from jianbao.cli.rounds import cell_name, day_in_words, moment_in_words, reported_lines
from jianbao.cli.showing import record, sentence
from jianbao.diagnostics import NOTHING, Finding, Message, msg
from jianbao.newsroom.collecting.expecting import Period
from jianbao.newsroom.collecting.standing import Standing as Reported
from jianbao.newsroom.reviewing.differing import Difference, WordChange, marked
from jianbao.newsroom.reviewing.glancing import Duty, Glance, Missing
from jianbao.newsroom.reviewing.standing import Standing

_MOST = 12
_LONG = 40
_A_DAY = len("2026-11-20")


def as_text(one: Glance, translate: Translate) -> str:
    """Return a bulletin's state in a few lines."""
    lines = [msg("{address}, of {day}", address=one.address, day=_day(one.day)).in_words(translate)]
    if one.sealed:
        lines.append("  " + msg("Sealed on {day}.", day=one.sealed).in_words(translate))
    if one.corrected:
        words = msg("Corrected on {day}; the correction is not published yet.", day=one.corrected)
        lines.append(f"  {words.in_words(translate)}")
    told = (*one.stories, *one.figures, *one.faults)
    lines += [f"  {sentence(finding, translate)}" for finding in told[:_MOST]]
    if len(told) > _MOST:
        more = msg("… and {count} more: run check {address}", count=len(told) - _MOST,
                   address=one.address)  # fmt: skip
        lines.append(f"  {more.in_words(translate)}")
    if one.period and one.units:
        said = reported_lines(one.period.last, one.units)
        lines += [f"  {line.in_words(translate)}" for line in said]
    if one.missing:
        names = "、".join(_unreported(missing, translate) for missing in one.missing)
        what = msg("Not reported yet: {names}.", names=names)
        lines.append(f"  {what.in_words(translate)}")
    counts = msg(
        "{errors} errors, {warnings} warnings, {notes} notes.",
        errors=one.errors, warnings=one.warnings, notes=one.notes,
    )  # fmt: skip
    lines.append(f"  {counts.in_words(translate)}")
    told_since: dict[str, str] = {}
    for stage in one.stages:
        lines += [f"  {line}" for line in _stage_lines(stage, told_since, translate)]
    unsigned = [stage.stage.name for stage in one.stages if stage.signature is None]
    if unsigned:
        words = msg("Not signed: {stages}", stages="、".join(unsigned))
        lines.append(f"  {words.in_words(translate)}")
    if not one.sealed:
        lines += [f"  {line.in_words(translate)}" for line in _duty_lines(one.duties, one.errors)]
    if one.next:
        lines.append(f"  {_next_line(one.address, one.next).in_words(translate)}")
    return "\n".join(lines)


def _next_line(address: str, period: Period) -> Message:
    return msg(
        "Number {number} is next, out on {day}: start it with new {campaign}.",
        number=period.number,
        day=day_in_words(period.day),
        campaign=address.split("/", maxsplit=1)[0],
    )


def _unreported(missing: Missing, translate: Translate) -> str:
    if not missing.last:
        return missing.printed
    last = msg("last as of {day}", day=missing.last)
    return f"{missing.printed}（{last.in_words(translate)}）"


def _stage_lines(one: Standing, told: dict[str, str], translate: Translate) -> Iterator[str]:
    """Yield who signed a stage, and what changed since; `told` is which stage has said it."""
    signature = one.signature
    if signature is None:
        return
    at = f"{signature.time[5:16]}".replace("T", " ")
    said = {"stage": one.stage.name, "name": signature.name, "at": at}
    if not one.since:
        yield msg("{stage}: {name}, {at}; nothing changed since", **said).in_words(translate)
        return
    lines = difference_lines(one.since, translate)
    first = told.setdefault("\n".join(lines), one.stage.name)
    if first != one.stage.name:
        like = msg("{stage}: {name}, {at}; the same changed since as for {other}",
                   other=first, **said)  # fmt: skip
        yield like.in_words(translate)
        return
    yield msg("{stage}: {name}, {at}; changed since:", **said).in_words(translate)
    for line in lines:
        yield f"  {line}"


def difference_lines(since: Difference, translate: Translate) -> list[str]:
    """Return a line each figure, clause and picture that differs; long lists are cut."""
    lines = [line.in_words(translate) for line in _differences(since)]
    if len(lines) > _MOST:
        more = msg("… and {count} more", count=len(lines) - _MOST).in_words(translate)
        lines = [*lines[:_MOST], more]
    return lines


def _differences(since: Difference) -> Iterator[Message]:
    shown = {figure.path for figure in since.figures if figure.old != figure.new}
    for figure in since.figures:
        if figure.old == figure.new:
            if figure.path not in shown:
                yield msg("figure {name}: printed as before, {text}, and is another number now",
                          name=figure.asked, text=figure.new)  # fmt: skip
            continue
        spots = "、".join(f"{story}:{line}" for story, line in figure.spots)
        yield msg(
            "figure {name}: {old} → {new} ({spots})",
            name=figure.asked,
            old=figure.old or msg("not printed"),
            new=figure.new or msg("not printed"),
            spots=spots,
        )
    for word in since.untold:
        yield _word_line(word)
    for name in since.pictures:
        yield msg("picture {name}: another one", name=name)
    for name in since.looks:
        yield msg("template {name}: changed", name=name)


def _word_line(word: WordChange) -> Message:
    old, new = marked(word.old, word.new)
    where = {"part": word.part, "role": word.role}
    if not old:
        return msg("{part}, {role}: “{words}” came in", words=_short(new), **where)
    if not new:
        return msg("{part}, {role}: “{words}” went out", words=_short(old), **where)
    return msg("{part}, {role}: “{old}” → “{new}”", old=_short(old), new=_short(new), **where)


def _short(text: str) -> str:
    """Return a text cut in its middle, but not where the words in question stand."""
    if len(text) <= _LONG or "【" in text:
        return text
    return f"{text[: _LONG // 2]}……{text[-_LONG // 4 :]}"


def _duty_lines(duties: Iterable[Duty], errors: int) -> Iterator[Message]:
    if errors:
        yield msg("Nobody can sign before the errors are put right.")
        return
    known = tuple(duties)
    if not known:
        yield msg("Everything is signed; it can be published.")
    for duty in known:
        said = {
            "stage": duty.stage,
            "who": f"（{duty.who}）" if duty.who else "",
            "until": _day(duty.until) if duty.until else NOTHING,
        }
        if not duty.until and duty.anew:
            yield msg("To be signed anew, for the correction: {stage}{who}", **said)
        elif not duty.until:
            yield msg("To be signed, for the correction: {stage}{who}", **said)
        elif duty.late and duty.anew:
            yield msg("To be signed anew: {stage}{who}, was due {until}!", **said)
        elif duty.late:
            yield msg("To be signed: {stage}{who}, was due {until}!", **said)
        elif duty.anew:
            yield msg("To be signed anew: {stage}{who}, until {until}", **said)
        else:
            yield msg("To be signed: {stage}{who}, until {until}", **said)


def _day(until: str) -> Message:
    """Return a day, or a day and its hour, in words."""
    moment = datetime.fromisoformat(until)
    return moment_in_words(moment) if len(until) > _A_DAY else day_in_words(moment)


def as_json(found: Iterable[Glance], findings: Iterable[Finding], translate: Translate) -> str:
    """Return the glances for a program, with every finding."""
    known = [_record(one, translate) for one in found]
    rows = [record(finding, translate) for finding in findings]
    return json.dumps({"bulletins": known, "findings": rows}, ensure_ascii=False, indent=2)


def _record(one: Glance, translate: Translate) -> dict[str, object]:
    return {
        "bulletin": one.address,
        "date": one.day,
        "sealed": one.sealed,
        "corrected": one.corrected,
        "errors": one.errors,
        "faults": [record(finding, translate) for finding in one.faults],
        "warnings": one.warnings,
        "notes": one.notes,
        "stories_missing": [record(finding, translate) for finding in one.stories],
        "figures_missing": [record(finding, translate) for finding in one.figures],
        "not_reported": [asdict(missing) for missing in one.missing],
        "units": [_unit(unit) for unit in one.units],
        "stages": [_stage(stage) for stage in one.stages],
        "to_sign": [asdict(duty) for duty in one.duties],
        "next": f"{one.address.split('/')[0]}/{one.next.key}" if one.next else "",
    }


def _unit(one: Reported) -> dict[str, object]:
    unit = one.duty.unit
    return {
        "unit": unit.name,
        "contact": unit.contact,
        "state": one.state.value,
        "until": one.duty.cut_off.isoformat(" ", "minutes"),
        "came": one.at,
        "missing": [cell_name(cell) for cell in one.duty.missing],
    }


def _stage(one: Standing) -> dict[str, object]:
    signature = asdict(one.signature) if one.signature else None
    return {
        "stage": one.stage.name,
        "who": one.stage.who,
        "signature": signature,
        "holds": one.holds,
        "figures_changed": [asdict(figure) for figure in one.since.figures],
        "words_changed": [asdict(word) for word in one.since.words],
        "pictures_changed": list(one.since.pictures),
        "templates_changed": list(one.since.looks),
    }
