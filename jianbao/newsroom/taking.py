"""Take a unit's Word text into a bulletin: a story and its photos, nothing overwritten.

.docx ──read_manuscript──▶ Manuscript ──take_in──▶ content/<bulletin>/<name>.md, photos/
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding, Place, error, msg
from jianbao.newsroom.keeping import keep
from jianbao.newsroom.skeletons import is_untouched
from jianbao.reading.files import is_file, leads_out, lies_in, read_bytes, without_hidden
from jianbao.reading.manuscripts.opening import LARGEST
from jianbao.reading.manuscripts.reading import Manuscript, read_manuscript
from jianbao.reading.office import read_bulletin
from jianbao.reading.sites import addresses, chosen

_UNFIT = re.compile(r'[\s\\/:*?"<>|.，。；：“”‘’（）()【】]+')
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Arrival:
    """A text that can be taken in.

    Attributes:
        story: Where it will lie, relative to the site.
        files: Everything to write, relative to the site.
        shape: What `new` left in the story's place, and nobody has written into; None for nothing.
        planned: Whether bulletin.yaml has the story in a slot already.
    """

    story: str
    manuscript: Manuscript
    files: Mapping[str, bytes]
    shape: bytes | None = None
    planned: bool = False


def read_arrival(root: Path, file: Path, target: str, name: str) -> Checked[Arrival | None]:
    """Return what a Word file becomes in the bulletin `target`, or None with findings.

    `name` is the story's; "" names it after the file. A story of that name is in the way, unless
    it is a shape that nobody has written into. Findings: target-unknown, story-exists, and those
    of `read_manuscript`.
    """
    wanted = chosen(addresses(root), [target])
    if wanted.findings or wanted.value != (target,):
        fault = msg("{name} is no bulletin.", name=target)
        hint = msg("Write it as in content/: {name}.", name="yunxi/2026-47")
        return Checked(
            None, wanted.findings or (error("target-unknown", Place(target), fault, hint),)
        )
    data = read_bytes(file.parent, file.name, LARGEST)
    if data.value is None:
        return Checked(None, data.findings)
    stem = story_name(name.removesuffix(".md") or file.stem)
    read = read_manuscript(file.name, stem, data.value)
    if read.value is None:
        return Checked(None, read.findings)
    folder = f"content/{target}"
    files = {f"{folder}/{stem}.md": read.value.text.encode()}
    files |= {f"{folder}/{path}": photo for path, photo in read.value.photos.items()}
    story = f"{folder}/{stem}.md"
    leading = tuple(leads_out(path) for path in files if not lies_in(root, path))
    if leading:
        return Checked(None, leading)
    shape = _shape(root, story)
    exists = tuple(
        _exists(path)
        for path in files
        if (root / path).exists() and (path != story or shape is None)
    )
    if exists:
        return Checked(None, (*read.findings, *exists))
    plan = read_bulletin(root, *target.split("/")).value
    planned = plan is not None and any(story in page.paths for page in plan.pages)
    return Checked(Arrival(story, read.value, files, shape, planned), read.findings)


def _shape(root: Path, story: str) -> bytes | None:
    """Return what lies in a story's place where it is an untouched shape, else None."""
    data = read_bytes(root, story, LARGEST).value if is_file(root, story) else None
    text = data.decode("utf-8", "replace") if data else ""
    return data if text and is_untouched(text) else None


def take_in(root: Path, arrival: Arrival) -> bool:
    """Write the story and its photos; False, with nothing left behind, where one came meanwhile.

    Whoever calls this holds the site's lock: an untouched shape gives way to the story.
    """
    written: list[Path] = []
    for path, data in sorted(arrival.files.items(), key=lambda item: item[0] == arrival.story):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            if path == arrival.story and arrival.shape is not None:
                if place.read_bytes() != arrival.shape:
                    raise FileExistsError(place)
                keep(place, data)
                continue
            with place.open("xb") as stream:
                written.append(place)
                stream.write(data)
        except OSError as fault:
            for file in written:
                with suppress(OSError):
                    file.unlink()
            if isinstance(fault, FileExistsError):
                return False
            raise
    return True


def story_name(name: str) -> str:
    """Return a name that is one in every system: without blanks and marks, not too long.

    >>> story_name("附件1：关于 老旧小区（改造）情况.最终版"), story_name("..")
    ('附件1-关于-老旧小区-改造-情况-最终版', '来稿')
    """
    return (
        _UNFIT.sub("-", without_hidden(PurePosixPath(name).name)).strip("-")[:_LONGEST_NAME]
        or "来稿"
    )


def _exists(path: str) -> Finding:
    return error(
        "story-exists",
        Place(path),
        msg("There is a file of this name already; nothing was written."),
        msg("Give the story another name with --as."),
    )
