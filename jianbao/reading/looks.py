"""Read templates and pictures: the texts and bytes that pages and press are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from PIL import Image

from jianbao.diagnostics import Checked, Finding, error, msg
from jianbao.model import Photo, Story
from jianbao.reading.files import LARGEST_PICTURE, read_text

_TEXTS = frozenset({".html", ".css", ".js", ".txt", ".yaml"})
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True, slots=True)
class Template:
    """A template's text, and whose it is: the site's own or the one that is shipped."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo's bytes as they are on disk, and its size in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def read_templates(root: Path, shipped: Path) -> Checked[Mapping[str, Template]]:
    """Return every template by name; the site's own stands in for the shipped one."""
    templates: dict[str, Template] = {}
    findings: list[Finding] = []
    for folder in (shipped, root / "templates"):
        for file in sorted(folder.rglob("*")):
            if file.suffix in _TEXTS and file.is_file():
                name = file.relative_to(folder).as_posix()
                text = read_text(folder, name)
                findings += text.findings
                templates[name] = Template(text.value or "", f"templates/{name}")
    return Checked(templates, tuple(findings))


def read_pictures(root: Path, stories: Mapping[str, Story]) -> Checked[Mapping[str, Picture]]:
    """Return the pictures that the stories show, by their path in the bulletin's folder."""
    pictures: dict[str, Picture] = {}
    findings: list[Finding] = []
    for story in stories.values():
        folder = root / PurePosixPath(story.path).parent
        for photo in story.photos:
            if photo.path in pictures:
                continue
            picture = _read(folder, photo)
            if isinstance(picture, Finding):
                findings.append(picture)
            else:
                pictures[photo.path] = picture
    return Checked(pictures, tuple(findings))


def _read(folder: Path, photo: Photo) -> Picture | Finding:
    column = photo.place.text.find(photo.path) + 1
    place = photo.place.words(column, column + len(photo.path)) if column else photo.place
    file = folder / photo.path
    if not file.resolve().is_relative_to(folder.resolve()):
        return error(
            "photo-outside",
            place,
            msg("The picture is outside the bulletin's folder."),
            msg("Copy it into photos/ beside the story."),
        )
    if not file.is_file():
        return error(
            "photo-missing",
            place,
            msg("There is no picture {name}.", name=photo.path),
            msg("Put it into photos/ beside the story, or correct the name."),
        )
    if file.stat().st_size > LARGEST_PICTURE:
        return error(
            "photo-too-large",
            place,
            msg(
                "The picture's file is larger than {limit} MB.",
                limit=LARGEST_PICTURE // 1024 // 1024,
            ),
        )
    data = file.read_bytes()
    try:
        with Image.open(BytesIO(data)) as image:
            image.verify()
            mime = _FORMATS.get(image.format or "")
            width, height = image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        mime, width, height = None, 0, 0
    if mime is None:
        return error(
            "photo-broken",
            place,
            msg("The picture cannot be read."),
            msg("Save it as JPEG or PNG."),
        )
    return Picture(data, mime, width, height)
