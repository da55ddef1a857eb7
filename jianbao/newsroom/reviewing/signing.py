"""Sign: a person's name under exactly what is printed now.

Review, Process, Request, Printed ──signed──▶ Checked[Review] ──keep_review──▶ review.yaml

Nothing is ever taken out of the record: a stage that is signed again stands
there twice. Who signs and in which order is the office's to say, in site.yaml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding, Place, error, msg, stops
from jianbao.model.reviewed import Printed, Process, Review, Signature
from jianbao.newsroom.keeping import as_yaml, keep
from jianbao.reading.files import size_of
from jianbao.reading.reviews import REVIEW, kept_form
from jianbao.reading.shaping import nearest

LARGEST_SCAN = 64 * 1024 * 1024
SCANS = {".pdf": b"%PDF", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG"}
_NO_NAME = re.compile(r"[^\w\u4e00-\u9fff·]+")


@dataclass(frozen=True, slots=True)
class Request:
    """Who signs what, and when.

    Attributes:
        time: In ISO form, to the second.
        scan: The scanned paper on this computer, and its bytes; None where there is none.
    """

    stage: str
    name: str
    time: str
    note: str = ""
    scan: "Scan | None" = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A signed paper, scanned."""

    suffix: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return sha256(self.data).hexdigest()


def read_scan(file: Path) -> Checked[Scan | None]:
    """Return a scanned paper, or None and why it is not taken."""
    place = Place(file.name)
    suffix = file.suffix.lower()
    size = size_of(file.parent, file.name, LARGEST_SCAN)
    if size.value is None:
        return Checked(None, size.findings)
    data = file.read_bytes()
    if suffix not in SCANS or not data.startswith(SCANS[suffix]):
        why = msg("This is no scan: neither PDF nor JPEG nor PNG.")
        return Checked(None, (error("scan-refused", place, why, msg("Scan it as PDF.")),))
    return Checked(Scan(suffix, data))


def signed(
    review: Review, process: Process, request: Request, printed: Printed, place: Place
) -> Checked[Review]:
    """Return the review with one signature more; the same, with findings, where it is refused."""
    findings = tuple(_refusals(review, process, request, place))
    if stops(findings):
        return Checked(review, findings)
    signature = Signature(
        stage=request.stage,
        name=request.name,
        time=request.time,
        digest=printed.digest,
        note=request.note,
        scan=scan_path(request) if request.scan else "",
        scan_digest=request.scan.digest if request.scan else "",
    )
    contents = {**review.contents, printed.digest: printed}
    return Checked(replace(review, signatures=(*review.signatures, signature), contents=contents))


def scan_path(request: Request) -> str:
    """Return where a scan is kept in the bulletin's folder: review/20261120-0930-核稿-张三.pdf."""
    assert request.scan
    when = re.sub(r"[^\dT]", "", request.time)[:13].replace("T", "-")
    name = "-".join(_NO_NAME.sub("", word) for word in (request.stage, request.name))
    return f"review/{when}-{name}{request.scan.suffix}"


def _refusals(
    review: Review, process: Process, request: Request, place: Place
) -> Iterator[Finding]:
    names = [stage.name for stage in process.stages]
    if request.stage not in names:
        yield error(
            "stage-unknown",
            place,
            msg("There is no stage {name} in review.", name=request.stage),
            nearest(request.stage, names),
        )
        return
    missing = [s.name for s in process.before(request.stage) if not review.last(s.name)]
    if missing:
        yield error(
            "stage-order",
            place,
            msg(
                "{stage} comes after {missing}, which nobody has signed yet.",
                stage=request.stage,
                missing="、".join(missing),
            ),
            msg("Have {stage} signed first.", stage=missing[0]),
        )
    if request.stage in process.apart:
        others = [name for name in process.apart if name != request.stage]
        for other in others:
            last = review.last(other)
            if last and last.name == request.name:
                yield error(
                    "stage-person",
                    place,
                    msg(
                        "{name} has signed {other}; nobody may sign two of {stages}.",
                        name=request.name,
                        other=other,
                        stages="、".join(process.apart),
                    ),
                    msg("Somebody else has to sign {stage}.", stage=request.stage),
                )


def keep_review(root: Path, address: str, review: Review, scan: Scan | None) -> Path:
    """Write the record, and the scan of its last signature before it, and return where it is."""
    folder = root / "content" / address
    last = review.signatures[-1]
    if scan:
        keep(folder / PurePosixPath(last.scan), scan.data)
    return keep(folder / REVIEW, as_yaml(as_record(review)))


def as_record(review: Review) -> dict[str, object]:
    """Return the review as plain values, each signature tied to the one before."""
    rows: list[dict[str, str]] = []
    chain = ""
    for signature in review.signatures:
        chain = signature.chained(chain)
        row = {name: getattr(signature, name) for name in Signature.__slots__}
        rows.append({name: value for name, value in row.items() if value} | {"chain": chain})
    used = {signature.digest for signature in review.signatures}
    contents = {name: kept_form(p) for name, p in review.contents.items() if name in used}
    return {"signatures": rows, "contents": contents}
