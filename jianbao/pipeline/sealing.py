"""Sealing, correcting and verifying a bulletin: what these commands ask of the pipeline.

Whoever calls `seal` or `correct` holds the site's lock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from jianbao.diagnostics import Checked, Message, Place, error, msg, stops
from jianbao.model.reviewed import Printed
from jianbao.model.sealed import Seal, notice_name
from jianbao.newsroom.keeping import keep
from jianbao.newsroom.reviewing.differing import Difference, differences
from jianbao.newsroom.reviewing.printing import printed
from jianbao.newsroom.sealing.correcting import (
    Quoted,
    notice,
    quoted_by,
    sentences,
    with_correction,
)
from jianbao.newsroom.sealing.mentions import Mention, mentions
from jianbao.newsroom.sealing.sealing import (
    Made,
    Publication,
    article_digest,
    file_digests,
    keep_files,
    keep_sealed,
    new_seal,
    with_seal,
)
from jianbao.pipeline import build
from jianbao.pipeline.reviewing import Case, drafted, open_case
from jianbao.pipeline.signing import check_signed, printed_at
from jianbao.reading.files import read_text
from jianbao.reading.makers import read_maker
from jianbao.reading.office import read_bulletin
from jianbao.reading.reviews import read_review
from jianbao.reading.seals import digest_file, read_kept, read_output, read_sealed
from jianbao.settings import Settings


@dataclass(frozen=True, slots=True)
class SealDone:
    """A seal that holds for what is printed now; `new` where it was put on just now."""

    address: str
    path: Path
    seal: Seal
    new: bool


@dataclass(frozen=True, slots=True)
class CorrectionDone:
    """A correction that was recorded: its notice, and who else printed what was wrong.

    Attributes:
        mentions: Later bulletins, also of other campaigns, whose words may cite a wrong figure.
    """

    address: str
    notice: Path
    lines: tuple[str, ...]
    quoted: tuple[Quoted, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a seal has shown.

    Attributes:
        faults: What is not as it was published.
        notes: What is good to know, such as sources that changed without a word printed otherwise.
        rebuilt: How many files were made anew and are the same, byte for byte.
    """

    address: str
    seal: Seal
    faults: tuple[Message, ...]
    notes: tuple[Message, ...]
    difference: Difference
    rebuilt: int


def seal(settings: Settings, target: str, publication: Publication) -> Checked[SealDone | None]:
    """Put the seal on what lies in output/ of a bulletin, made just now from what is signed.

    A bulletin that prints what its last seal says gets no second one.
    """
    case = open_case(settings, target)
    if case.value is None:
        return Checked(None, case.findings)
    address = case.value.address
    known = read_sealed(settings.root, address)
    if known.findings:
        return Checked(None, known.findings)
    if not publication.emergency and (unsigned := check_signed(settings, address)):
        return Checked(None, unsigned)
    outcome = build(replace(settings, targets=(address,)))
    if stops(outcome.findings) or address not in outcome.made:
        return Checked(None, outcome.findings)
    now = printed_at(case.value)
    path = settings.root / "content" / address / "sealed.yaml"
    last = known.value.seals[-1] if known.value.seals else None
    if last and last.digest == now.digest and not known.value.is_corrected:
        return Checked(SealDone(address, path, last, new=False))
    files = _delivered(settings, address, outcome.paths)
    made = Made(now, files, read_maker(case.value.office.templates))
    draft = case.value.draft
    fresh = new_seal(settings.root, draft.material, draft.book, made, publication)
    after = with_seal(known.value, fresh, now)
    keep_files(settings.root, address, after.seals[-1], files)
    return Checked(
        SealDone(address, keep_sealed(settings.root, address, after), after.seals[-1], new=True)
    )


def _delivered(settings: Settings, address: str, paths: tuple[Path, ...]) -> dict[str, bytes]:
    """Return what a build wrote into a bulletin's folder, the old versions in it left out."""
    folder = settings.output / address
    names = (path.relative_to(folder).as_posix() for path in paths if path.is_relative_to(folder))
    return read_output(
        settings.output, address, tuple(n for n in names if not n.startswith("old/"))
    )


def correct(
    settings: Settings, target: str, name: str, day: date
) -> Checked[CorrectionDone | None]:
    """Record what was wrong in a sealed bulletin, and write the notice for its readers.

    The sources say already what is right; a notice that people have edited is kept, and only
    grows by what else has changed.
    """
    case = open_case(settings, target)
    if case.value is None:
        return Checked(None, case.findings)
    address, place = case.value.address, Place(f"content/{case.value.address}")
    known = read_sealed(settings.root, address)
    if known.findings:
        return Checked(None, known.findings)
    then, now = known.value.accepted, printed_at(case.value)
    if then is None:
        why = msg("{address} has not been sealed: change it and make it anew.", address=address)
        return Checked(None, (error("correct-unsealed", place, why),))
    found = differences(then, now)
    if not found:
        why = msg("Nothing is printed otherwise than it was sealed.")
        hint = msg("Put the number or the words right in their file first.")
        return Checked(None, (error("correct-nothing", place, why, hint),))
    after = with_correction(known.value, now, day, name, found)
    lines = sentences(then, now, case.value.bulletin)
    file = settings.root / "content" / address / notice_name(len(known.value.seals))
    edited = read_text(settings.root, f"content/{address}/{file.name}").value or ""
    keep(file, notice(edited, lines).encode())
    keep_sealed(settings.root, address, after)
    wrong = after.corrections[-1].figures
    quoted = quoted_by(wrong, _others(case.value))
    later = {a: p for a, p in _later(case.value) if a not in {one.address for one in quoted}}
    cited = tuple(mentions(wrong, later))
    return Checked(CorrectionDone(address, file, lines, quoted, cited))


def _later(case: Case) -> Iterator[tuple[str, Printed]]:
    """Yield what each bulletin of this day or later printed, of whichever campaign."""
    root, own = case.run.settings.root, case.bulletin
    for address in case.run.known:
        plan = read_bulletin(root, *address.split("/")).value
        kept = _kept(root, address) if plan and plan.day >= own.day else None
        if kept and address != own.address:
            yield address, kept


def _others(case: Case) -> dict[str, Difference]:
    """Return what each other bulletin, as signed or sealed, would print otherwise now."""
    found = {}
    for bulletin in (*case.after, *case.before):
        kept = _kept(case.run.settings.root, bulletin.address)
        draft = drafted(case, bulletin) if kept else None
        if kept and draft:
            now = printed(draft.material, draft.book, case.office)
            found[bulletin.address] = differences(kept, now)
    return found


def _kept(root: Path, address: str) -> Printed | None:
    """Return what a bulletin printed when it was sealed, else when it was signed last."""
    sealed = read_sealed(root, address).value
    if sealed.seals:
        return sealed.accepted
    review = read_review(root, address).value
    return review.contents[review.signatures[-1].digest] if review.signatures else None


def verify(settings: Settings, target: str) -> Checked[Verified | None]:
    """Compare a sealed bulletin with its seal: sources, words, figures, files, and made anew."""
    case = open_case(settings, target)
    if case.value is None:
        return Checked(None, case.findings)
    address = case.value.address
    known = read_sealed(settings.root, address)
    if known.findings or not known.value.seals:
        why = msg("{address} has not been sealed.", address=address)
        unsealed = error("correct-unsealed", Place(f"content/{address}"), why)
        return Checked(None, known.findings or (unsealed,))
    last = known.value.seals[-1]
    now = printed_at(case.value)
    accepted = known.value.accepted
    assert accepted
    found = differences(accepted, now)
    faults = [*_lost(last, read_kept(settings.root, address, last), msg("the kept copy"))]
    notes = [*_sources(settings.root, last)]
    rebuilt = 0
    unlike = last.maker.unlike(read_maker(case.value.office.templates))
    if known.value.is_corrected:
        notes.append(msg("It was corrected, and the right version is not published yet."))
    elif unlike:
        notes.append(_made_otherwise(unlike))
    elif not found:
        rebuilt, differing = _rebuilt(settings, address, last)
        faults += differing
    output = read_output(settings.output, address, ("index.html", *last.files))
    if output and not known.value.is_corrected:
        faults += _lost(last, output, msg("output/"))
    return Checked(Verified(address, last, tuple(faults), tuple(notes), found, rebuilt))


def _made_otherwise(unlike: tuple[Message, ...]) -> Message:
    joined = unlike[0]
    for one in unlike[1:]:
        joined = msg("{one}, {other}", one=joined, other=one)
    return msg(
        "It was not made anew, since its bytes could not be the same: other than then are {what}.",
        what=joined,
    )


def _lost(last: Seal, files: Mapping[str, bytes], where: Message) -> list[Message]:
    """Return which files are not there, or are others than those that were sealed."""
    digests = file_digests(files)
    faults = [
        msg("{name} in {where} is another than was published.", name=name, where=where)
        if name in digests
        else msg("{name} is missing in {where}.", name=name, where=where)
        for name, digest in last.files.items()
        if digests.get(name) != digest
    ]
    html = files.get("index.html")
    if html is None:
        faults.append(msg("{name} is missing in {where}.", name="index.html", where=where))
    elif article_digest(html) != last.article:
        faults.append(
            msg("{name} in {where} is another than was published.", name="index.html", where=where)
        )
    return faults


def _sources(root: Path, last: Seal) -> list[Message]:
    """Return the sources whose bytes changed since."""
    return [
        msg("{path} is no longer there.", path=path)
        if not digest_file(root, path)
        else msg("{path} was edited since.", path=path)
        for path, digest in last.sources.items()
        if digest_file(root, path) != digest
    ]


def _rebuilt(settings: Settings, address: str, last: Seal) -> tuple[int, list[Message]]:
    """Make a bulletin anew elsewhere; return how many files are the same, and which are not."""
    with TemporaryDirectory() as folder:
        elsewhere = replace(settings, targets=(address,), output=Path(folder))
        build(elsewhere)
        files = read_output(Path(folder), address, ("index.html", *last.files))
        faults = _lost(last, files, msg("what was made anew"))
    return len(last.files) + 1 - len(faults), faults
