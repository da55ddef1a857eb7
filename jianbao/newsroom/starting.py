"""Start the next bulletin: its folder, its plan, and a shape for each story.

    last plan and texts, rhythm, calendar ──read_start──▶ Start ──write_start──▶ disk

Nothing that is there is ever overwritten.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding, Message, Place, error, msg
from jianbao.model import Bulletin, Campaign
from jianbao.newsroom.collecting.expecting import Duty, Period, duties
from jianbao.newsroom.collecting.known import read_known
from jianbao.newsroom.collecting.upcoming import Upcoming, next_bulletin
from jianbao.newsroom.keeping import keep_folder, scalar
from jianbao.newsroom.skeletons import UNWRITTEN, skeleton
from jianbao.proofreading.profiles import masthead_of
from jianbao.reading.files import read_text
from jianbao.reading.office import read_bulletin, read_site
from jianbao.reading.shaping import nearest

_STANDING = frozenset(("eye", "briefs"))


@dataclass(frozen=True, slots=True)
class Start:
    """The next bulletin as it would be written.

    Attributes:
        folder: Relative to the site.
        files: Texts by name.
        duties: What the units owe for it.
        publication: What it is called.
    """

    campaign: Campaign
    upcoming: Upcoming
    folder: str
    files: Mapping[str, str]
    duties: tuple[Duty, ...]
    publication: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants otherwise than usual.

    Attributes:
        day: The day of publication.
        like: The bulletin, 2026-46, whose plan is carried on.
    """

    day: date | None = None
    like: str = ""


def read_start(root: Path, key: str, today: date, wish: Wish) -> Checked[Start | None]:
    """Return the campaign's next bulletin, or None with what is in its way."""
    found = read_known(root, key, today)
    if found.value is None:
        return Checked(None, found.findings)
    known, campaign, plans = found.value, found.value.campaign, found.value.plans
    upcoming = next_bulletin(campaign, plans, known.calendar, today)
    if isinstance(upcoming, Message):
        return Checked(None, (error("schedule-refused", Place("data/calendar.yaml"), upcoming),))
    upcoming = _on(upcoming, wish.day) if wish.day else upcoming
    folder = f"content/{key}/{upcoming.key}"
    model = next((plan for plan in plans if plan.key == wish.like), upcoming.last)
    faults = (*_in_the_way(root, folder, upcoming), *_not_like(wish, plans))
    if faults:
        return Checked(None, faults)
    files = _files(root, campaign, upcoming, model)
    period = Period(upcoming.day, *upcoming.period)
    owed = duties(campaign, period, known.observations, known.calendar)
    site = read_site(root).value
    name = masthead_of(site, campaign) if site else campaign.title
    start = Start(campaign, upcoming, folder, files, owed, name)
    return Checked(start, tuple(_unusable(start)))


def _on(upcoming: Upcoming, day: date) -> Upcoming:
    """Return the bulletin on a day that somebody named."""
    first, last = upcoming.period
    as_of = day - (upcoming.day - last)
    return Upcoming(upcoming.number, upcoming.total, day, (min(first, as_of), as_of), upcoming.last)


def _in_the_way(root: Path, folder: str, upcoming: Upcoming) -> Iterable[Finding]:
    """Yield why the bulletin cannot be started: it is there, or the last is not written."""
    if (root / folder).exists():
        yield error(
            "bulletin-exists",
            Place(folder),
            msg("The folder is already there, and nothing in it was touched."),
            msg("Go on writing in it; or move it away if it was started by mistake."),
        )
    last = upcoming.last
    for page in last.pages if last else ():
        for path in page.paths:
            text = read_text(root, path).value if (root / path).is_file() else ""
            if last and text and UNWRITTEN in text:
                yield error(
                    "bulletin-unfinished",
                    Place(path),
                    msg("{last} is not written yet, so the next one is not started.",
                        last=last.key),
                    msg("Write it first; or move its folder away if it was started by mistake."),
                )  # fmt: skip
                return


def _not_like(wish: Wish, plans: Iterable[Bulletin]) -> Iterable[Finding]:
    """Yield a finding where the bulletin to be carried on is not there."""
    known = [plan.key for plan in plans]
    if wish.like and wish.like not in known:
        why = msg("There is no campaign or bulletin {name}.", name=wish.like)
        yield error("target-unknown", Place("content"), why, nearest(wish.like, known))


def _files(
    root: Path, campaign: Campaign, upcoming: Upcoming, last: Bulletin | None
) -> Mapping[str, str]:
    """Return the new bulletin's files: plan and stories, in the shape of `last`."""
    if last is None:
        return {"bulletin.yaml": _first_plan(campaign, upcoming),
                "lead.md": _first_story(campaign)}  # fmt: skip
    plan = read_text(root, last.place.path).value or ""
    files = {"bulletin.yaml": next_plan(plan, upcoming)}
    for page in last.pages:
        for slot, paths in page.stories.items():
            for path in paths:
                text = read_text(root, path).value if (root / path).is_file() else None
                shape = skeleton(text or "主题：\n---\n", standing=slot in _STANDING)
                files[PurePosixPath(path).name] = shape
    return files


def next_plan(plan: str, upcoming: Upcoming) -> str:
    """Return the last plan with the new number, day and period; waivers are not taken over."""
    entries = re.split(r"(?m)^(?=[^\s#])", plan)
    fresh = _facts(upcoming)
    kept = []
    for entry in entries:
        name = re.split("[:：]", entry, maxsplit=1)[0].strip().strip("\"'")
        if name in ("waivers", "printed"):
            continue
        kept.append(fresh.pop(name, "") if name in ("as_of", "period", *fresh) else entry)
    kept.insert(next((n for n, e in enumerate(kept) if e.startswith("date:")), 0) + 1,
                "".join(fresh.values()))  # fmt: skip
    return "".join(kept)


def _facts(upcoming: Upcoming) -> dict[str, str]:
    """Return the lines that are new in each plan, by their keys."""
    first, last = upcoming.period
    facts = {"number": f"number: {upcoming.number}    # 暂定，签发后算数\n"}
    if upcoming.total:
        facts["total"] = f"total: {upcoming.total}\n"
    facts["date"] = f"date: {upcoming.day}\n"
    facts["as_of"] = f"as_of: {last}\n"
    facts["period"] = f"period: {first}～{last}\n"
    return facts


def _first_plan(campaign: Campaign, upcoming: Upcoming) -> str:
    return (
        "".join(_facts(upcoming).values())
        + "paper: A4\n"
        + f"editors: {{责编: {scalar(campaign.organisation)}}}\n"
        + f"compiler: {scalar(campaign.organisation)}\n"
        + "pages:\n"
        + "  - {name: 简报, number: 1, layout: brief, stories: {lead: lead.md}}\n"
    )


def _first_story(campaign: Campaign) -> str:
    """Return a story with a paragraph a dataset, so that its figures are at hand."""
    paragraphs = [
        UNWRITTEN + "、".join(
            f"{{{{ {dataset.name}.{name} }}}}" for name in (*dataset.measures, *dataset.ratios)
        )
        for dataset in campaign.datasets.values()
    ]  # fmt: skip
    body = "\n".join(paragraphs or [UNWRITTEN])
    return f"主题：{UNWRITTEN}\n供稿：{campaign.organisation}\n---\n{body}\n"


def _unusable(start: Start) -> Iterable[Finding]:
    """Yield a finding where the last plan is written so that the new one could not be."""
    entries = re.findall(r"(?m)^(number|date): (\S+)", start.files["bulletin.yaml"])
    wanted = [("number", start.upcoming.number), ("date", str(start.upcoming.day))]
    if sorted(entries) != sorted(wanted):
        yield error(
            "plan-unusual",
            start.upcoming.last.place if start.upcoming.last else Place(start.folder),
            msg("The last plan is not written a line each, so it cannot be carried on."),
            msg("Write number:, date: and pages: at the beginnings of lines of their own."),
        )


def write_start(root: Path, start: Start) -> Checked[Bulletin | None]:
    """Write the new bulletin's folder, all at once, and return its plan as it is then read."""
    keep_folder(root / start.folder, start.files, ("photos",))
    return read_bulletin(root, start.campaign.key, start.upcoming.key)
