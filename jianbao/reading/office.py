"""Read what the office decides: site.yaml, its registers, and each bulletin's plan."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TypeVar

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg, note
from jianbao.model import Bulletin, Document, Look, PagePlan, Person, Site, Waiver
from jianbao.model.colours import readable
from jianbao.model.editions import PAPERS, Copying, Edition, Imposition, Printing
from jianbao.reading.faces import faces_missing
from jianbao.reading.files import is_file, read_text
from jianbao.reading.folders import folder_findings
from jianbao.reading.imprints import FIELDS, imprint_of
from jianbao.reading.reviews import process_of
from jianbao.reading.rules import unknown_rules
from jianbao.reading.scalars import half_width, read_as_of, read_day
from jianbao.reading.shapes import (
    BulletinShape,
    CopyShape,
    DocumentShape,
    LookShape,
    PrintShape,
    SiteShape,
)
from jianbao.reading.shaping import checked_shape, nearest, place_of, value_place
from jianbao.reading.stages import Shape
from jianbao.reading.targets import targets_of
from jianbao.reading.tree import Table, Text, read_tree

_PERSON = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff·〇]{2,20}|[A-Za-z][A-Za-z .·-]+")
FileShape = TypeVar("FileShape", bound=Shape)


def read_site(root: Path) -> Checked[Site | None]:
    """Return data/site.yaml, or None and what is wrong with it."""
    tree, shape = _read_file(root, "data/site.yaml", SiteShape)
    if shape.value is None:
        return Checked(None, shape.findings)
    site = shape.value
    named = [(rule, place_of(tree, "severities", rule)) for rule in site.severities]
    office = site.office
    process = process_of(tree, site.review)
    targets = targets_of(root, tree, site.publish)
    look = _look(site.look, tree)
    return Checked(
        Site(
            site.title,
            site.organisation,
            site.language,
            dict(site.severities),
            site.masthead,
            site.address,
            tuple(map(Edition, site.editions)),
            _printing(site.print, _print_place(tree)),
            Copying(
                office.paper, office.black, Imposition(office.imposition), tuple(office.papers)
            ),
            process.value,
            Copying(site.proof.paper, papers=tuple(site.proof.papers)),
            look,
            targets.value,
        ),
        (
            *shape.findings,
            *process.findings,
            *unknown_rules(named),
            *targets.findings,
            *faces_missing(site.look.faces, tree),
            *_unreadable(look, tree),
        ),
    )


def _look(shape: LookShape, tree: Table) -> Look:
    colours = {"red": shape.red, "rule": shape.rule, "tint": shape.tint}
    return Look(
        {name: colour for name, colour in colours.items() if colour},
        {name: tuple(fonts) for name, fonts in shape.faces.items() if fonts},
        shape.masthead,
        value_place(tree, "look", "masthead") if shape.masthead else Place("data/site.yaml"),
    )


def _unreadable(look: Look, tree: Table) -> Iterator[Finding]:
    """Yield a note for each colour that the web edition cannot use as it is."""
    for name, fit in readable(look.colours).items():
        if fit == look.colours[name]:
            continue
        why = (
            msg("On white, {colour} is too light to be read; web pages use {other}.",
                colour=look.colours[name], other=fit)
            if name == "red"
            else msg("Text on {colour} cannot be read; web pages use {other}.",
                     colour=look.colours[name], other=fit)
        )  # fmt: skip
        hint = msg("Print keeps your colour. Write the web's here to have the same on both.")
        yield note("look-contrast", value_place(tree, "look", name), why, hint)


def _print_place(tree: Table) -> Place:
    """Return where the printer's profile is named, or ought to be."""
    if "print" in tree.items:
        return value_place(tree, "print", "profile")
    return Place("data/site.yaml")


def _printing(shape: PrintShape, place: Place) -> Printing:
    cyan, magenta, yellow, key = shape.red
    return Printing(
        profile=shape.profile,
        condition=shape.condition,
        bleed=shape.bleed,
        marks=shape.marks,
        ink=shape.ink,
        red=(cyan, magenta, yellow, key),
        outlines=shape.outlines,
        black=shape.black,
        imposition=Imposition(shape.imposition),
        papers=tuple(shape.papers),
        place=place,
    )


def read_documents(root: Path) -> Checked[Mapping[str, Document]]:
    """Return the register of documents by short name; empty where the office keeps none."""
    path = "data/registers/documents.yaml"
    if not is_file(root, path):
        return Checked({})
    text = read_text(root, path)
    tree = read_tree(path, text.value or "", ("title", "number"))
    findings = [*text.findings, *tree.findings]
    documents = {}
    for name, (key, entry) in tree.value.items.items():
        if not isinstance(entry, Table):
            findings.append(
                error(
                    "value-refused",
                    key.place,
                    msg("Lines of the form name: value belong under this."),
                )
            )
            continue
        shape = checked_shape(DocumentShape, entry)
        findings += shape.findings
        if shape.value:
            documents[name] = Document(name, shape.value.title, shape.value.number, key.place)
    return Checked(documents, tuple(findings))


def read_people(root: Path) -> Checked[tuple[Person, ...]]:
    """Return the register of people, a line each: name: post; empty where the office keeps none."""
    path = "data/registers/people.yaml"
    if not is_file(root, path):
        return Checked(())
    text = read_text(root, path)
    tree = read_tree(path, text.value or "")
    findings = [*text.findings, *tree.findings]
    people = []
    for name, (key, entry) in tree.value.items.items():
        if isinstance(entry, Text) and _PERSON.fullmatch(name):
            people.append(Person(name, entry.value, key.place))
        else:
            findings.append(
                error(
                    "value-refused",
                    key.place,
                    msg("A line of this file is a person's name, a colon and the post."),
                )
            )
    return Checked(tuple(people), tuple(findings))


def read_bulletin(root: Path, campaign: str, key: str) -> Checked[Bulletin | None]:
    """Return the plan in content/`campaign`/`key`/bulletin.yaml, or None and what is wrong."""
    folder = f"content/{campaign}/{key}"
    names = (*folder_findings(f"content/{campaign}"), *folder_findings(folder))
    if names:
        return Checked(None, names)
    tree, shape = _read_file(root, f"{folder}/bulletin.yaml", BulletinShape)
    findings = list(shape.findings)
    if shape.value is None:
        return Checked(None, tuple(findings))
    plan = shape.value
    day = read_day(plan.date)
    as_of = read_as_of(plan.as_of or plan.date)
    for name, value in (("date", day), ("as_of", as_of)):
        if isinstance(value, Message) and name in tree.items:
            findings.append(error("day-refused", value_place(tree, name), value))
    papers = tuple(half_width(paper) for paper in listed(plan.paper))
    findings += _paper_findings(tree, plan, papers)
    period = _period(plan.period)
    if isinstance(period, Message):
        hint = msg("Write it like 2026-11-20～2026-11-26.")
        findings.append(error("day-refused", value_place(tree, "period"), period, hint))
    imprint = imprint_of(tree, plan)
    findings += imprint.findings
    if isinstance(day, Message) or isinstance(as_of, Message) or findings:
        return Checked(None, tuple(findings))
    waivers = _waivers(tree, plan)
    named = [
        (waiver.rule, value_place(tree, "waivers", index, "rule"))
        for index, waiver in enumerate(waivers)
    ]
    unknown = tuple(unknown_rules(named))
    misspelt = {finding.place.excerpt for finding in unknown}
    bulletin = Bulletin(
        campaign,
        key,
        plan.number,
        plan.total,
        day,
        as_of,
        papers,
        dict(plan.editors),
        _pages(tree, folder, plan),
        tuple(waiver for waiver in waivers if waiver.rule not in misspelt),
        Place(f"{folder}/bulletin.yaml"),
        imprint.value,
        tuple(map(Edition, plan.editions)),
        None if isinstance(period, Message) else period,
    )
    return Checked(bulletin, unknown)


def _period(typed: str) -> tuple[date, date] | Message | None:
    """Return the first and last day of a period such as 2026-11-20～2026-11-26."""
    if not typed.strip():
        return None
    days = [read_day(part) for part in re.split(r"\s*(?:[~～至到]|—{1,2})\s*", typed.strip())]
    wrong = next((day for day in days if isinstance(day, Message)), None)
    known = [day for day in days if isinstance(day, date)]
    if wrong or len(known) != 2 or known[0] > known[1]:
        return wrong or msg("A first and a last day are wanted here.")
    return known[0], known[1]


def _pages(tree: Table, folder: str, plan: BulletinShape) -> tuple[PagePlan, ...]:
    def paths(named: Mapping[str, str | list[str]]) -> dict[str, tuple[str, ...]]:
        return {
            slot: tuple(f"{folder}/{PurePosixPath(file).name}" for file in listed(files))
            for slot, files in named.items()
        }

    return tuple(
        PagePlan(
            page.layout,
            page.name,
            page.number,
            paths(page.stories),
            value_place(tree, "pages", index, "layout"),
            {
                slot: value_place(tree, "pages", index, key, slot)
                for key, named in (("continued", page.continued), ("stories", page.stories))
                for slot in named
            },
            paths(page.continued),
            tuple(half_width(paper) for paper in listed(page.paper)),
        )
        for index, page in enumerate(plan.pages)
    )


def listed(files: str | list[str]) -> tuple[str, ...]:
    """Return what a slot names, one or several, as a tuple."""
    return (files,) if isinstance(files, str) else tuple(files)


def _paper_findings(tree: Table, plan: BulletinShape, papers: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each paper there is not, and each page on one the bulletin has not."""
    for index, page in enumerate(plan.pages):
        for paper in listed(page.paper):
            if half_width(paper) not in papers:
                yield error(
                    "page-paper",
                    value_place(tree, "pages", index, "paper"),
                    msg("The bulletin is not printed on {name}.", name=paper),
                    msg("Write one of its papers: {names}.", names="、".join(papers)),
                )
    for paper in papers:
        if paper not in PAPERS:
            yield error(
                "paper-unknown",
                value_place(tree, "paper"),
                msg("There is no paper {name}.", name=paper),
                nearest(paper, tuple(PAPERS)),
            )


def _waivers(tree: Table, plan: BulletinShape) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(item.rule, item.where, item.reason, item.name, place_of(tree, "waivers", index))
        for index, item in enumerate(plan.waivers)
    )


def _read_file(
    root: Path, path: str, shape: type[FileShape]
) -> tuple[Table, Checked[FileShape | None]]:
    text = read_text(root, path)
    if text.value is None:
        return Table({}, Place(path)), Checked(None, text.findings)
    tree = read_tree(path, text.value, frozenset(shape.model_fields) | _INNER)
    findings: tuple[Finding, ...] = (*text.findings, *tree.findings)
    if findings:
        return tree.value, Checked(None, findings)
    return tree.value, checked_shape(shape, tree.value)


_INNER = frozenset(
    {*FIELDS, *PrintShape.model_fields, *CopyShape.model_fields, *LookShape.model_fields}
) | frozenset(
    "layout name number stories continued rule where reason lead second boxed briefs eye others "
    "责编 校对 报 送 发 preset order beside apart fitting who until".split()
)
