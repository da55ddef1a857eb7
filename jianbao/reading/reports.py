"""Read the day files of a campaign: what was reported, of what, as of when."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.model import AsOf, Campaign, Dataset, Members, Observation
from jianbao.reading.collected import COLLECTED, read_report
from jianbao.reading.daybooks import Daybook, read_daybook
from jianbao.reading.files import files_in, folders_in, names_in, read_text
from jianbao.reading.loose import SHEET, LooseFigure
from jianbao.reading.loose_texts import KEYS, read_loose_texts
from jianbao.reading.scalars import read_amount, read_as_of, read_day
from jianbao.reading.shaping import nearest
from jianbao.reading.tree import Table, Text, read_tree
from jianbao.reading.workbooks import OTHERS, SUFFIXES, is_lock

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
AS_OF = ("as_of", "截至", "截止")
ALL = ("all", "全部")
_TEXTS = (".yaml", ".yml")
_BEFORE_COLON = re.compile(r"(?m)^[ \t]*([^\W\d_][^\W_]*)：")


def read_reports(root: Path, campaign: Campaign) -> Checked[Daybook]:
    """Return everything the campaign's day files report, in the order of the files.

    A ratio that is stated in a day file comes along as an observation under the
    ratio's name; it is checked, never printed.
    """
    observations: list[Observation] = []
    loose: list[LooseFigure] = []
    findings: list[Finding] = []
    for file in map(Path, names_in(root / "data" / campaign.key)):
        path = f"data/{campaign.key}/{file.name}"
        suffix = file.suffix.lower()
        if suffix not in (*_TEXTS, *SUFFIXES, *OTHERS) or is_lock(file.name):
            continue
        if isinstance(read_day(file.stem), date) and DAY.fullmatch(file.stem):
            read = _read_day_file if suffix in _TEXTS else read_daybook
            day = read(root, path, campaign)
            observations += day.value.observations
            loose += day.value.loose
            findings += day.findings
        elif file.name != "campaign.yaml":
            findings.append(_no_day(path))
    collected = read_collected(root, campaign)
    observations += collected.value.observations
    loose += collected.value.loose
    findings += collected.findings
    return Checked(Daybook(tuple(observations), tuple(loose)), tuple(findings))


def read_collected(root: Path, campaign: Campaign) -> Checked[Daybook]:
    """Return what `collect` took from the units, in the order of day and unit."""
    observations: list[Observation] = []
    loose: list[LooseFigure] = []
    findings: list[Finding] = []
    place = f"data/{campaign.key}/{COLLECTED}"
    days = (day for day in folders_in(root / place) if DAY.fullmatch(day))
    for path in (
        f"{place}/{day}/{n}" for day in days for n in files_in(root / place / day, ".yaml")
    ):
        report = read_report(root, path, names_of(campaign))
        findings += report.findings
        if report.value:
            day = _read_tables(campaign, report.value.figures)
            observations += day.value.observations
            loose += day.value.loose
            findings += day.findings
    return Checked(Daybook(tuple(observations), tuple(loose)), tuple(findings))


def _no_day(path: str) -> Finding:
    return error(
        "file-name",
        Place(path),
        msg("The file's name is no day, so its figures are not read."),
        msg("Name it after the day it was reported, such as 2021-12-21.yaml."),
    )


def _read_day_file(root: Path, path: str, campaign: Campaign) -> Checked[Daybook]:
    text = read_text(root, path)
    if text.value is None:
        return Checked(Daybook(), text.findings)
    tree = read_tree(path, text.value, names_of(campaign) | _loose_names(text.value))
    day = _read_tables(campaign, tree.value)
    return Checked(day.value, (*text.findings, *tree.findings, *day.findings))


def _read_tables(campaign: Campaign, tree: Table) -> Checked[Daybook]:
    """Return what a day's datasets and its one-off figures report."""
    _, entry = tree.items.get(SHEET, (None, None))
    loose = read_loose_texts(entry, campaign) if isinstance(entry, Table) else Checked(())
    figures = read_datasets(campaign, tree)
    observations = (*figures.value, *(figure.observation for figure in loose.value))
    return Checked(Daybook(observations, loose.value), (*figures.findings, *loose.findings))


def read_datasets(campaign: Campaign, table: Table) -> Checked[tuple[Observation, ...]]:
    """Return what a table of datasets reports, with what is wrong with it."""
    observations: list[Observation] = []
    findings: list[Finding] = []
    for name, (key, entry) in table.items.items():
        dataset = campaign.datasets.get(name)
        if name == SHEET and isinstance(entry, Table):
            continue
        if dataset is None and name != SHEET:
            findings.append(
                error(
                    "dataset-unknown",
                    key.place,
                    msg("There is no dataset {name}.", name=name),
                    nearest(name, [*campaign.datasets, SHEET]),
                )
            )
        elif not isinstance(entry, Table) or dataset is None:
            findings.append(
                error(
                    "value-refused",
                    key.place,
                    msg("Lines of the form name: value belong under this."),
                )
            )
        else:
            reported = _read_dataset(dataset, key.place, entry)
            observations += reported.value
            findings += reported.findings
    return Checked(tuple(observations), tuple(findings))


def names_of(campaign: Campaign) -> frozenset[str]:
    """Return every name that may stand before a colon in a day file."""
    names = {*AS_OF, *ALL, *KEYS, SHEET, *campaign.datasets}
    for dataset in campaign.datasets.values():
        names |= {*dataset.measures, *dataset.ratios}
        for dimension in dataset.dimensions:
            names |= {*dimension.members}
    return frozenset(names)


def _loose_names(text: str) -> frozenset[str]:
    """Return what stands before a full-width colon where one-off figures are reported."""
    return frozenset(_BEFORE_COLON.findall(text) if SHEET in text else ())


def _read_dataset(dataset: Dataset, place: Place, table: Table) -> Checked[tuple[Observation, ...]]:
    findings: list[Finding] = []
    as_of = _as_of(place, table, findings)
    if as_of is None:
        return Checked((), tuple(findings))
    observations: dict[tuple[Members, str], Observation] = {}
    nowhere: Members = (None,) * len(dataset.dimensions)
    for members, key, value in _cells(dataset, table, (nowhere, 0), findings):
        observation = _observation(dataset, members, key, value, as_of)
        if isinstance(observation, Finding):
            findings.append(observation)
        elif (members, key.value) in observations:
            findings.append(
                error(
                    "figure-twice",
                    key.place,
                    msg("{name} is given twice for the same group.", name=key.value),
                    msg("Keep one of the two."),
                )
            )
        else:
            observations[members, key.value] = observation
    return Checked(tuple(observations.values()), tuple(findings))


def _as_of(place: Place, table: Table, findings: list[Finding]) -> AsOf | None:
    typed = next((table.items[key] for key in AS_OF if key in table.items), None)
    if typed is None:
        findings.append(
            error(
                "as-of-missing",
                place,
                msg("It is not said as of when these figures are."),
                msg("Add a line such as as_of: 2021-12-21."),
            )
        )
        return None
    key, entry = typed
    if not isinstance(entry, Text):
        findings.append(
            error(
                "as-of-refused", key.place, msg("A single text belongs here, not a group of lines.")
            )
        )
        return None
    as_of = read_as_of(entry.value)
    if isinstance(as_of, Message):
        findings.append(error("as-of-refused", entry.place, as_of))
        return None
    return as_of


def _cells(
    dataset: Dataset, table: Table, at: tuple[Members, int], findings: list[Finding]
) -> Iterator[tuple[Members, Text, Text]]:
    """Yield members, name and value of each number below `table`.

    `at` is the members chosen so far and how many dimensions they have used up.
    """
    chosen, depth = at
    for name, (key, entry) in table.items.items():
        if name in AS_OF:
            continue
        if name in dataset.measures or name in dataset.ratios:
            if isinstance(entry, Text):
                yield chosen, key, entry
            else:
                how = msg("Write {name}: 1222, on one line.", name=name)
                why = msg("A number belongs here.")
                findings.append(error("value-refused", key.place, why, how))
            continue
        step = _step(dataset, name, depth)
        if step is None:
            findings.append(_unknown(dataset, key, depth))
        elif isinstance(entry, Table):
            members = chosen
            if name not in ALL:
                members = (*chosen[: step - 1], name, *chosen[step:])
            yield from _cells(dataset, entry, (members, step), findings)
        elif entry != Text("", entry.place):
            findings.append(_needs_measure(dataset, key))


def _step(dataset: Dataset, name: str, depth: int) -> int | None:
    """Return how many dimensions are used up once `name` is chosen; None if it is no member."""
    if name in ALL and depth < len(dataset.dimensions):
        return depth + 1
    for index in range(depth, len(dataset.dimensions)):
        if name in dataset.dimensions[index].members:
            return index + 1
    return None


def _unknown(dataset: Dataset, key: Text, depth: int) -> Finding:
    known = [name for dimension in dataset.dimensions[depth:] for name in dimension.members]
    known += [*dataset.measures, *dataset.ratios]
    return error(
        "figure-unknown",
        key.place,
        msg("{dataset} has nothing named {name}.", dataset=dataset.name, name=key.value),
        nearest(key.value, known),
    )


def _needs_measure(dataset: Dataset, key: Text) -> Finding:
    first = next(iter(dataset.measures))
    return error(
        "value-refused",
        key.place,
        msg("It is not said what is counted of {name}.", name=key.value),
        msg("Write {name}: {{{measure}: number}}.", name=key.value, measure=first),
    )


def _observation(
    dataset: Dataset, members: Members, key: Text, value: Text, as_of: AsOf
) -> Observation | Finding:
    measure = dataset.measures.get(key.value)
    unit, scale = (measure.unit, measure.scale) if measure else ("%", 1)
    amount = read_amount(value.value, unit, scale)
    place = value.place if value.value else key.place
    if isinstance(amount, Message):
        return error("number-refused", place, amount, _number_hint(key.value, unit))
    return Observation(dataset.name, members, key.value, amount, as_of, place)


def _number_hint(name: str, unit: str) -> Message:
    return msg(
        "Write it like {name}: 1222 or {name}: 3.6万; the unit {unit} may stand behind it. "
        "If nothing was reported, leave the line out.",
        name=name,
        unit=unit,
    )
