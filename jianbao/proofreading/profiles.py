"""What a bulletin has to say of itself, and may not call itself, by its profile.

An office's own brief (简报), internal material with a permit (内部资料) and a page supplied to a
licensed paper (报纸专版) differ in law: 《内部资料性出版物管理办法》, newsroom rules 0.6.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from jianbao.diagnostics import Finding, Place, error, msg, warning
from jianbao.model import Bulletin, Campaign, Site, Story
from jianbao.model.imprint import Imprint, Profile
from jianbao.reading.heads import KEYS

NEEDED = {
    "permit": msg("The permit number"),
    "compiler": msg("Who compiles it"),
    "recipients": msg("For whom it is meant"),
    "printer": msg("Who prints it"),
    "printed": msg("The day of printing"),
    "run": msg("The number of copies"),
}
_PAPER_NAME = re.compile(r"(?<!简)报$|刊$|杂志$")
_REPORTER = re.compile(
    r"本[报刊]记者|[（(]记者|^\s*记者(?=[\s\u3000])|记者(?=从|了解到|获悉|看到|走进)"
)
_OUR_PAPER = re.compile(r"本报(?![告表送价名批考到备警销])(?!记者)|本刊(?![登载发])(?!记者)")
_SIGNED = re.compile(r"(?:本[报刊])?记者")
_SIGNING = frozenset(("credit", "图源", "摄影"))


def masthead_of(site: Site, campaign: Campaign) -> str:
    """Return the publication's name: the campaign's own, else the office's."""
    return campaign.masthead or site.masthead or site.title


def imprint_is_complete(bulletin: Bulletin) -> Iterator[Finding]:
    """Internal material carries all that its permit asks for."""
    imprint = bulletin.imprint
    if imprint.profile is not Profile.NEIBU:
        return
    for name, label in NEEDED.items():
        if not getattr(imprint, name):
            yield error(
                "imprint-missing",
                _place(bulletin, "profile"),
                msg("{label} is missing; internal material has to carry it.", label=label),
                msg("Add a line {name}: with it.", name=name),
            )


def masthead_is_allowed(bulletin: Bulletin, masthead: str) -> Iterator[Finding]:
    """Internal material is not named like a paper or a magazine; 简报 is no paper's name."""
    if bulletin.imprint.profile is Profile.NEIBU and _PAPER_NAME.search(masthead):
        yield error(
            "masthead-refused",
            _place(bulletin, "profile"),
            msg("Internal material may not be named {name}, like a paper.", name=masthead),
            msg("Change masthead: in campaign.yaml or site.yaml."),
        )


def words_are_allowed(imprint: Imprint, stories: Iterable[Story]) -> Iterator[Finding]:
    """记者 is for licensed papers; internal material does not call itself 本报 or 本刊."""
    if imprint.profile is Profile.BAOZHI:
        return
    for place in (place for story in stories for place in story.lines):
        reporter = _SIGNED if _signs(place) else _REPORTER
        for match in reporter.finditer(place.text):
            yield error(
                "profile-word",
                place.words(match.start() + 1, match.end() + 1),
                msg("Only a licensed paper has reporters."),
                msg("Write {word}, or name the unit that sent it in.", word="通讯员"),
            )
        if imprint.profile is Profile.NEIBU:
            for match in _OUR_PAPER.finditer(place.text):
                yield error(
                    "profile-word",
                    place.words(match.start() + 1, match.end() + 1),
                    msg("Internal material is no paper or magazine."),
                    msg("Write its name."),
                )


def _signs(place: Place) -> bool:
    """Return whether a line says who wrote or photographed."""
    key = re.split("[:：]", place.text.strip(), maxsplit=1)[0].strip().lower()
    return KEYS.get(key) == "byline" or key in _SIGNING


def run_is_the_lists_sum(bulletin: Bulletin) -> Iterator[Finding]:
    """A stated run is the sum of the copies in the lists."""
    imprint = bulletin.imprint
    if imprint.send and imprint.stated_run and imprint.stated_run != imprint.copies:
        yield error(
            "run-differs",
            _place(bulletin, "run"),
            msg(
                "The lists ask for {copies} copies, and {run} are stated.",
                copies=imprint.copies,
                run=imprint.stated_run,
            ),
            msg("Correct the lists, or leave run: out."),
        )


def receivers_stand_once(bulletin: Bulletin) -> Iterator[Finding]:
    """Nobody is in two lists."""
    lists: dict[str, list[str]] = defaultdict(list)
    for name, receivers in bulletin.imprint.send.items():
        for receiver in receivers:
            lists[receiver].append(name)
    for receiver, names in lists.items():
        if len(names) > 1:
            yield warning(
                "receiver-twice",
                _place(bulletin, "send", names[-1], receiver),
                msg("{name} is under {first} already.", name=receiver, first=names[0]),
                msg("Keep one of the two."),
            )


def _place(bulletin: Bulletin, *steps: str) -> Place:
    return bulletin.imprint.places.get(steps, bulletin.place)
