"""Publishing: what is signed and without errors goes to readers, and what they have is known.

    Settings, Order ──publish──▶ seal, mirror, target ──▶ a Done each target, data/published.yaml

Whoever calls this holds the site's lock. Errors always keep a bulletin back; that it is not
signed can be gone over in an emergency, with a reason that stays in the record.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from jianbao.delivery.publishing.faults import PublishError
from jianbao.delivery.publishing.mirror import addresses_in, site_of
from jianbao.delivery.publishing.publication import Ground, Secrets, Wish, go_back, prepare
from jianbao.delivery.publishing.publication import preview as preview_of
from jianbao.delivery.publishing.publication import publish as publish_to
from jianbao.diagnostics import Checked, Finding, Place, error, msg, stops
from jianbao.model.publishing import Target
from jianbao.model.sealed import notice_name
from jianbao.newsroom.keeping import as_yaml, keep
from jianbao.newsroom.sealing.sealing import Publication, article_digest
from jianbao.pipeline import build
from jianbao.pipeline.sealing import seal
from jianbao.pipeline.signing import check_signed
from jianbao.reading.files import bytes_of, is_file
from jianbao.reading.office import read_site
from jianbao.reading.publications import RECORD, read_publications
from jianbao.reading.seals import read_sealed
from jianbao.reading.shaping import nearest
from jianbao.reading.sites import addresses, chosen, read_office
from jianbao.settings import Settings

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, by whom and when (in ISO form, to the second).

    Attributes:
        action: publish, unpublish or rollback.
        to: Names of targets; every one where empty.
        emergency: Why it goes out before everything is signed.
        number: The publication to go back to; 0 is the one before the last.
        dry: Whether only to say what would be done.
    """

    action: str
    name: str
    time: str
    to: tuple[str, ...] = ()
    emergency: str = ""
    number: int = 0
    dry: bool = False
    secrets: Secrets = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done at a target, or would be: paths, bytes, the publication's number.

    Attributes:
        older: Bulletins that readers now have as they were before a correction.
    """

    target: str
    sent: tuple[str, ...]
    removed: tuple[str, ...]
    size: int
    number: int = 0
    older: tuple[str, ...] = ()


def untold(_path: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def carry_out(settings: Settings, order: Order, tell: Tell = untold) -> Checked[tuple[Done, ...]]:
    """Publish, unpublish or go back; findings say what kept it from being done.

    Each target is worked by itself: one that cannot be reached does not keep the others back.
    """
    office = read_office(settings.root, settings.templates)
    known = addresses(settings.root)
    wanted = chosen(known if settings.targets else (), settings.targets)
    targets = _targets(settings.root, order.to)
    findings = (*office.findings, *wanted.findings, *targets.findings)
    if office.value is None or stops(findings):
        return Checked((), findings)
    ready = _sealed(settings, wanted.value, order)
    if stops(ready):
        return Checked((), (*findings, *ready))
    ground = Ground(office.value, settings.root, settings.output, order.secrets)
    done: list[Done] = []
    found: list[Finding] = [*findings, *ready]
    for target in targets.value:
        one = _at(ground, target, wanted.value, order, tell)
        found += one.findings
        if one.value:
            done.append(one.value)
            if not order.dry:
                _record(settings.root, order, wanted.value, one.value)
    return Checked(tuple(done), tuple(dict.fromkeys(found)))


def _targets(root: Path, names: Sequence[str]) -> Checked[tuple[Target, ...]]:
    """Return the targets that are named, every one where none is."""
    site = read_site(root).value
    known = {target.name: target for target in site.targets} if site else {}
    place = Place("data/site.yaml")
    if not known:
        why = msg("It is not said where to publish.")
        hint = msg("Write it under {key} in site.yaml, such as {example}.",
                   key="publish:", example="publish: {内网: {to: /mnt/share/www}}")  # fmt: skip
        return Checked((), (error("publish-nowhere", place, why, hint),))
    unknown = tuple(
        error("target-unknown", place, msg("Nothing is published to {name}.", name=name),
              nearest(name, tuple(known)))
        for name in names if name not in known
    )  # fmt: skip
    return Checked(tuple(known[name] for name in (names or known) if name in known), unknown)


def _sealed(settings: Settings, wanted: Sequence[str], order: Order) -> tuple[Finding, ...]:
    """Seal what is to be published; return what keeps it back."""
    if order.action != "publish":
        return ()
    findings: list[Finding] = []
    for address in wanted:
        if order.dry:
            outcome = build(replace(settings, targets=(address,)))
            findings += outcome.findings
            findings += () if order.emergency else check_signed(settings, address)
        else:
            record = Publication(order.name, order.time, order.emergency)
            findings += seal(settings, address, record).findings
    return tuple(findings)


def _at(
    ground: Ground, target: Target, wanted: tuple[str, ...], order: Order, tell: Tell
) -> Checked[Done | None]:
    """Do what is asked at one target."""
    try:
        if order.action == "rollback":
            back = go_back(ground, target, order.number, tell)
            if back.value is None:
                return Checked(None, back.findings)
            plan, number = back.value
        else:
            wish = Wish(remove=wanted) if order.action == "unpublish" else Wish(add=wanted)
            coming = prepare(ground, target, wish)
            if stops(coming.findings):
                return Checked(None, coming.findings)
            if order.dry:
                plan, number = preview_of(ground, target, coming.value), 0
            else:
                plan, number = publish_to(ground, target, coming.value, tell)
    except PublishError as stopped:
        return Checked(None, (stopped.finding,))
    older = () if order.dry else tuple(_older(ground, target))
    return Checked(Done(target.name, plan.sent, plan.removed, plan.size, number, older))


def _older(ground: Ground, target: Target) -> Iterator[str]:
    """Yield each public bulletin that was sealed anew, and is public as it was before."""
    site = site_of(ground.output, target.name)
    for address in addresses_in(site):
        if is_file(ground.root, f"content/{address}/{notice_name(1)}"):
            seals = read_sealed(ground.root, address).value.seals
            html = bytes_of(site, f"{address}/index.html") or b""
            if len(seals) > 1 and article_digest(html) != seals[-1].article:
                yield address


def _record(root: Path, order: Order, wanted: tuple[str, ...], done: Done) -> None:
    """Add what was done to the record, which people can read and a diff can show."""
    row: dict[str, object] = {
        "time": order.time, "by": order.name, "what": order.action, "target": done.target,
        "bulletins": list(wanted), "number": done.number, "files": len(done.sent),
        "removed": len(done.removed), "bytes": done.size,
    }  # fmt: skip
    if order.emergency:
        row["emergency"] = order.emergency
    rows = [*read_publications(root), row]
    keep(root / RECORD, as_yaml({"publications": rows}))
