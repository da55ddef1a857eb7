"""Name a figure: `实事.县区级.完成率` ──resolve──▶ Figure.

A path is dataset[.member, in declared order][.measure or ratio]. A dimension
left out means all. Names are looked up in the book, never as attributes.
"""

from dataclasses import dataclass
from enum import StrEnum

from jianbao.diagnostics import Message, Place, msg
from jianbao.figures.arithmetic import percent, sum_of
from jianbao.figures.book import Book, Cell
from jianbao.model import (
    Amount,
    AsOf,
    Breakdown,
    Dataset,
    Document,
    Measure,
    Members,
    Observation,
    Ratio,
    Rounding,
)

DOCUMENTS = "文件"
AS_OF = ("截至", "as_of")


class Kind(StrEnum):
    """What a figure is."""

    MEASURE = "measure"
    REPORTED_RATE = "reported-rate"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it may be printed, which knows where it comes from.

    Attributes:
        path: Its full name, such as "实事.县区级.完成率".
        label: Its printed name.
        amount: Its value; a ratio's in percent, with 60 digits.
        decimals: How many places a ratio is printed with; None for what is printed as typed.
        origins: The observations it is, or is computed from.
        cell: Its dataset, members and name.
    """

    path: str
    label: str
    kind: Kind
    amount: Amount
    unit: str
    as_of: AsOf
    origins: tuple[Observation, ...]
    decimals: int | None = None
    rounding: Rounding = Rounding.HALF_UP
    cell: Cell = ("", (), "")

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the numbers it is made of were typed."""
        return tuple(origin.place for origin in self.origins)


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Why a path names no figure, and how much of the path was understood.

    Attributes:
        known: Names that could stand where the path went wrong.
        unreported: Whether the name is right and only the number is not there.
    """

    why: Message
    understood: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    unreported: bool = False


def resolve(book: Book, names: tuple[str, ...]) -> Figure | AsOf | Document | Unresolved:
    """Return what the path names, or why it names nothing."""
    if names[0] == DOCUMENTS:
        return _document(book, names)
    dataset = book.campaign.datasets.get(names[0])
    if dataset is None:
        known = (*book.campaign.datasets, DOCUMENTS)
        return Unresolved(msg("There is no dataset {name}.", name=names[0]), (), known)
    members: Members = (None,) * len(dataset.dimensions)
    used = 0
    for index, name in enumerate(names[1:], 1):
        if index == len(names) - 1 and not _is_member(dataset, name):
            return _named(book, dataset, members, names)
        step = next(
            (
                i
                for i in range(used, len(dataset.dimensions))
                if name in dataset.dimensions[i].members
            ),
            None,
        )
        if step is None:
            return _nothing(dataset, names[:index], name, used)
        members = (*members[:step], name, *members[step + 1 :])
        used = step + 1
    return _only(book, dataset, members, names)


def _is_member(dataset: Dataset, name: str) -> bool:
    return any(name in dimension.members for dimension in dataset.dimensions)


def _document(book: Book, names: tuple[str, ...]) -> Document | Unresolved:
    document = book.documents.get(names[1]) if len(names) == 2 else None
    if document:
        return document
    return Unresolved(
        msg("The register has no document {name}.", name=".".join(names[1:])),
        names[:1],
        tuple(book.documents),
    )


def _nothing(dataset: Dataset, understood: tuple[str, ...], name: str, used: int) -> Unresolved:
    known = [*dataset.measures, *dataset.ratios, AS_OF[0]]
    known += [member for dimension in dataset.dimensions[used:] for member in dimension.members]
    return Unresolved(
        msg("{dataset} has nothing named {name}.", dataset=dataset.name, name=name),
        understood,
        tuple(known),
    )


def _only(
    book: Book, dataset: Dataset, members: Members, names: tuple[str, ...]
) -> Figure | Unresolved:
    """Return the figure of a path without a measure: the dataset's only one."""
    if len(dataset.measures) == 1:
        return _measure(book, dataset, members, next(iter(dataset.measures.values())))
    return Unresolved(
        msg("{path} has several measures.", path=".".join(names)),
        names,
        (*dataset.measures, *dataset.ratios),
    )


def _named(
    book: Book, dataset: Dataset, members: Members, names: tuple[str, ...]
) -> Figure | AsOf | Unresolved:
    name = names[-1]
    if name in AS_OF:
        as_of = book.as_ofs.get(dataset.name)
        return as_of or _silent(dataset)
    if name in dataset.measures:
        return _measure(book, dataset, members, dataset.measures[name])
    if name in dataset.ratios:
        return _ratio(book, dataset, members, dataset.ratios[name])
    used = max((i + 1 for i, member in enumerate(members) if member), default=0)
    return _nothing(dataset, names[:-1], name, used)


def _silent(dataset: Dataset) -> Unresolved:
    return Unresolved(
        msg("{dataset} was not reported up to the bulletin's date.", dataset=dataset.name),
        unreported=True,
    )


def _measure(
    book: Book, dataset: Dataset, members: Members, measure: Measure
) -> Figure | Unresolved:
    found = observed(book, dataset, members, measure.name)
    if found is None:
        if dataset.name not in book.as_ofs:
            return _silent(dataset)
        return Unresolved(
            msg("{path} was not reported.", path=_path(dataset, members, measure.name)),
            unreported=True,
        )
    amount, origins = found
    kind = Kind.REPORTED_RATE if measure.unit == "%" else Kind.MEASURE
    return Figure(
        _path(dataset, members, measure.name),
        measure.printed,
        kind,
        amount,
        measure.unit,
        book.as_ofs[dataset.name],
        origins,
        cell=(dataset.name, members, measure.name),
    )


def _ratio(book: Book, dataset: Dataset, members: Members, ratio: Ratio) -> Figure | Unresolved:
    part = _measure(book, dataset, members, dataset.measures[ratio.part])
    whole = _measure(book, dataset, members, dataset.measures[ratio.whole])
    for side in (part, whole):
        if isinstance(side, Unresolved):
            return side
    assert isinstance(part, Figure)
    assert isinstance(whole, Figure)
    path = _path(dataset, members, ratio.name)
    if whole.amount.value == 0:
        return Unresolved(
            msg("{path} cannot be computed: {whole} is 0.", path=path, whole=whole.path),
            unreported=True,
        )
    approx = "约" if part.amount.approx or whole.amount.approx else ""
    share = Amount(percent(part.amount.value, whole.amount.value), approx=approx)
    last = next((member for member in reversed(members) if member), "all")
    decimals = ratio.decimals.get(last, ratio.decimals.get("", 1))
    return Figure(
        path,
        ratio.printed,
        Kind.RATIO,
        share,
        "%",
        book.as_ofs[dataset.name],
        part.origins + whole.origins,
        decimals,
        ratio.rounding,
        (dataset.name, members, ratio.name),
    )


def observed(
    book: Book, dataset: Dataset, members: Members, measure: str
) -> tuple[Amount, tuple[Observation, ...]] | None:
    """Return a cell as stated, else the sum of an exhaustive dimension's members, else None.

    Not reported is not zero: with one member missing the sum is unknown. A
    reported rate (unit %) is never summed.
    """
    stated = book.cells.get((dataset.name, members, measure))
    if stated:
        return stated.amount, (stated,)
    if dataset.measures[measure].unit == "%":
        return None
    for index, dimension in enumerate(dataset.dimensions):
        if members[index] is None and dimension.breakdown is Breakdown.EXHAUSTIVE:
            parts = parts_of(book, dataset, members, measure, index)
            if None not in parts.values():
                known = [part for part in parts.values() if part]
                origins = tuple(origin for _, found in known for origin in found)
                return sum_of([amount for amount, _ in known]), origins
    return None


def parts_of(
    book: Book, dataset: Dataset, members: Members, measure: str, index: int
) -> dict[str, tuple[Amount, tuple[Observation, ...]] | None]:
    """Return what each member of the dimension `index` contributes to a total."""
    return {
        name: observed(book, dataset, (*members[:index], name, *members[index + 1 :]), measure)
        for name in dataset.dimensions[index].members
    }


def _path(dataset: Dataset, members: Members, name: str) -> str:
    return ".".join([dataset.name, *(member for member in members if member), name])
