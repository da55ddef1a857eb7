"""One-off figures in a day's YAML file, the equal of the sheet 零星数.

    零星数:
      截至: 2026-11-20
      会议:
        常委会: 4次
        督导: {数: 12, 单位: 次, 来源: 区委办}

A group becomes a dataset without dimensions, as it does from a sheet.
"""

import re
from collections.abc import Iterator

from jianbao.diagnostics import Checked, Finding, Message, error, msg
from jianbao.model import AsOf, Campaign, Measure, Observation
from jianbao.reading.campaigns import split_unit
from jianbao.reading.loose import LooseFigure, mixed, name_fault
from jianbao.reading.scalars import half_width, read_amount, read_as_of
from jianbao.reading.shaping import nearest
from jianbao.reading.tree import Entry, Table, Text

AS_OF = ("截至", "截止", "as_of")
SOURCE = ("来源", "source")
_FIELDS = {"数": "数", "数值": "数", "value": "数", "单位": "单位", "unit": "单位",
           **dict.fromkeys(SOURCE, "来源")}  # fmt: skip
KEYS = (*AS_OF, *_FIELDS)
_COUNTED = re.compile(r"(?P<number>.*[\d余多万亿])(?P<unit>[^\d余多万亿]*)")


def read_loose_texts(table: Table, campaign: Campaign) -> Checked[tuple[LooseFigure, ...]]:
    """Return the figures under 零星数, with a finding for each line that gives none."""
    findings: list[Finding] = []
    figures: list[LooseFigure] = []
    as_of = _as_of(table, findings)
    source = _text(table, SOURCE)
    for name, (key, entry) in table.items.items():
        if name in (*AS_OF, *SOURCE):
            continue
        if not isinstance(entry, Table):
            why = msg("Lines of the form name: value belong under this.")
            how = msg("Write a group and its figures: {group}: {{{name}: 4次}}.",
                      group="会议", name=name)  # fmt: skip
            findings.append(error("value-refused", key.place, why, how))
            continue
        fault = name_fault("组", name, key.place, campaign)
        if fault:
            findings.append(fault)
            continue
        own = _as_of(entry, findings) or as_of
        figures += _group(entry, key, own, _text(entry, SOURCE) or source, findings)
    return Checked(tuple(figures), (*findings, *mixed(figures)))


def _group(
    group: Table, key: Text, as_of: AsOf | None, source: str, findings: list[Finding]
) -> Iterator[LooseFigure]:
    """Yield the figures of one group."""
    if as_of is None:
        why = msg("It is not said as of when this figure is.")
        findings.append(
            error("as-of-missing", key.place, why, msg("Add a line such as as_of: 2021-12-21."))
        )
        return
    for name, (at, entry) in group.items.items():
        if name in (*AS_OF, *SOURCE):
            continue
        fault = name_fault("名", name, at.place, None)
        figure = fault or _figure(key.value, at, entry, as_of, source)
        if isinstance(figure, Finding):
            findings.append(figure)
        else:
            yield figure


def _figure(group: str, key: Text, entry: Entry, as_of: AsOf, source: str) -> LooseFigure | Finding:
    """Return one figure: `4次`, or a table of 数, 单位 and 来源."""
    if isinstance(entry, Table):
        unknown = next((k for n, (k, _) in entry.items.items() if n not in _FIELDS), None)
        if unknown:
            why = msg("{name} is not known here.", name=unknown.value)
            return error(
                "key-unknown", unknown.place, why, nearest(unknown.value, ("数", "单位", "来源"))
            )
        fields = {_FIELDS[n]: e for n, (_, e) in entry.items.items() if isinstance(e, Text)}
        number, unit = fields.get("数", Text("", key.place)), fields.get("单位")
        source = fields["来源"].value if "来源" in fields else source
        typed, counted = number.value, unit.value if unit else ""
        place = number.place if number.value else key.place
    elif isinstance(entry, Text):
        typed, counted, place = entry.value, "", entry.place if entry.value else key.place
    else:
        how = msg("Write {name}: 4次, on one line.", name=key.value)
        return error("value-refused", key.place, msg("A number belongs here."), how)
    if not counted and (match := _COUNTED.fullmatch(half_width(typed).strip())):
        typed, counted = match["number"], match["unit"].strip()
    if not counted and re.search(r"\d", typed):
        why = msg("It is not said what {name} is counted in.", name=key.value)
        how = msg(
            "Write the unit behind the number: {name}: {number}次.", name=key.value, number=typed
        )
        return error("value-missing", place, why, how)
    scale, unit_name = split_unit(counted)
    amount = read_amount(typed, unit_name, scale)
    if isinstance(amount, Message):
        how = msg(
            "Write it like {name}: 4次, or {name}: {{数: 4, 单位: 次, 来源: 区委办}}.",
            name=key.value,
        )
        return error("number-refused", place, amount, how)
    measure = Measure(key.value, unit_name, place, key.value, scale, source=source)
    return LooseFigure(measure, Observation(group, (), key.value, amount, as_of, place))


def _text(table: Table, keys: tuple[str, ...]) -> str:
    entry = next((table.items[key][1] for key in keys if key in table.items), None)
    return entry.value if isinstance(entry, Text) else ""


def _as_of(table: Table, findings: list[Finding]) -> AsOf | None:
    """Return the as-of written here; None where there is none, or a wrong one."""
    typed = next((table.items[key] for key in AS_OF if key in table.items), None)
    if typed is None:
        return None
    found = read_as_of(typed[1].value) if isinstance(typed[1], Text) else None
    if isinstance(found, AsOf):
        return found
    why = found or msg("A single text belongs here, not a group of lines.")
    findings.append(error("as-of-refused", typed[1].place, why))
    return None
