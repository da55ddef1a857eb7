"""Read pictures: upright, in screen colours, without what the camera wrote beside the picture.

    stories' photos ──read──▶ bytes ──develop──▶ {path: Picture}

A picture that is fit as it is keeps its bytes. Every other is made anew: turned as the camera
was held, out of CMYK or another screen's colours into sRGB, and without place, time and name.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from jianbao.diagnostics import Checked, Finding, Place, error, msg, warning
from jianbao.model import Look, Photo, Story
from jianbao.reading.bounds import is_elsewhere
from jianbao.reading.files import LARGEST_PICTURE, is_file, lies_in, read_bytes, size_of
from jianbao.reading.lookalikes import other_files

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
MOST_PIXELS = 80_000_000
"""More than any camera of an office makes, and as much as a build's memory bears."""
LONGEST_SIDE = 16_000
"""No picture of the web may be longer (WebP: 16,383)."""
_QUALITY = 92
_NOWHERE = Place("")
_ENDINGS = tuple(
    made
    for ending in (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif")
    for made in (ending, ending.upper())
)
_KEPT = {"JPEG": "image/jpeg", "PNG": "image/png"}
_HARMLESS = frozenset(
    "jfif jfif_version jfif_unit jfif_density dpi icc_profile progressive progression adobe "
    "adobe_transform gamma srgb chromaticity interlace aspect".split()
)
_PHONE = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")


Develop = Callable[[bytes], "Checked[Picture | None]"]
"""Makes a picture fit for print: `develop`, or what remembers what that gave."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it is printed, JPEG or PNG, and its size in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def read_pictures(
    root: Path, stories: Mapping[str, Story], developing: Develop | None = None
) -> Checked[Mapping[str, Picture]]:
    """Return the pictures that the stories show, by their path in the bulletin's folder."""
    pictures: dict[str, Picture] = {}
    findings: list[Finding] = []
    for story in stories.values():
        folder = root / PurePosixPath(story.path).parent
        for photo in story.photos:
            if photo.path in pictures:
                continue
            read = _read(folder, photo, developing or develop)
            findings += read.findings
            if read.value:
                pictures[photo.path] = read.value
    return Checked(pictures, tuple(findings))


def read_masthead(root: Path, look: Look) -> Checked[Picture | None]:
    """Return the picture that stands for the publication's name, None where there is none."""
    if not look.masthead:
        return Checked(None)
    return _read(root / "data", Photo(look.masthead, "", "", "", look.place), develop)


def develop(data: bytes) -> Checked[Picture | None]:
    """Return the picture fit for print, None where it cannot be read; findings have no place.

    Findings: photo-broken, photo-pixels, photo-cmyk.
    """
    from PIL import Image, ImageCms

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > MOST_PIXELS:
            return Checked(None, (_too_many(),))
        if max(image.size) > LONGEST_SIDE:
            return Checked(None, (_too_long(),))
        image.load()
        return _developed(image, data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Checked(None, (_too_many(),))
    except (OSError, SyntaxError, ValueError, TypeError, EOFError, ImageCms.PyCMSError):
        hint = msg("Save it as JPEG or PNG.")
        if data[4:12] in _PHONE:
            hint = msg("It is a phone's HEIC picture: save it as JPEG, or have the phone do so.")
        why = msg("The picture cannot be read.")
        return Checked(None, (error("photo-broken", _NOWHERE, why, hint),))


def _developed(image: Image.Image, data: bytes) -> Checked[Picture | None]:
    """Return the picture as it is where nothing has to be done, else made anew."""
    findings = (_printers_colours(),) if image.mode == "CMYK" else ()
    foreign = _profile(image)
    as_is = (
        image.format in _KEPT
        and image.mode in ("L", "RGB")
        and set(image.info) <= _HARMLESS
        and not image.getexif()
        and not foreign
    )
    if as_is:
        return Checked(Picture(data, _KEPT[image.format or ""], *image.size))
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    plain = _in_screen_colours(upright, foreign)
    kind = "PNG" if image.format in ("PNG", "GIF", "BMP") else "JPEG"
    buffer = BytesIO()
    plain.info.clear()
    plain.save(buffer, kind, quality=_QUALITY, subsampling=0)
    return Checked(Picture(buffer.getvalue(), _KEPT[kind], *plain.size), findings)


def _profile(image: Image.Image) -> bytes:
    """Return the picture's colour profile unless it is that of screens, b"" where it has none."""
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes):
        return b""
    from PIL import ImageCms

    name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    return b"" if "srgb" in name.casefold() else profile


def _in_screen_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture in grey or sRGB, on white where it was see-through."""
    from PIL import Image, ImageCms

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
        return image.convert("RGB")
    if profile and image.mode in ("RGB", "CMYK", "L"):
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        fit = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY"}[image.mode]
        if source.profile.xcolor_space == fit:
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
            return turned if turned is not None else image.convert("RGB")
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 257).convert("L")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _too_many() -> Finding:
    return error(
        "photo-pixels",
        _NOWHERE,
        msg("The picture has more than {limit} million pixels.", limit=MOST_PIXELS // 1_000_000),
        msg("Save it smaller; 4000 pixels on the longer side are enough for print."),
    )


def _too_long() -> Finding:
    return error(
        "photo-pixels",
        _NOWHERE,
        msg("One side of the picture has more than {limit} pixels.", limit=LONGEST_SIDE),
        msg("Save it smaller; 4000 pixels on the longer side are enough for print."),
    )


def _printers_colours() -> Finding:
    return warning(
        "photo-cmyk",
        _NOWHERE,
        msg("The picture is in a printer's colours (CMYK); its colours change when it is shown."),
        msg("Use the original picture, in RGB."),
    )


def _read(folder: Path, photo: Photo, developing: Develop) -> Checked[Picture | None]:
    """Return the picture of a photo, with what is wrong with it where the story names it."""
    column = photo.path and photo.place.text.find(photo.path) + 1
    place = photo.place.words(column, column + len(photo.path)) if column else photo.place
    fault = _refusal(folder, photo.path, place)
    if fault:
        return Checked(None, (fault,))
    data = read_bytes(folder, photo.path, LARGEST_PICTURE)
    if data.value is None:
        return Checked(None, tuple(replace(finding, place=place) for finding in data.findings))
    made = developing(data.value)
    return Checked(made.value, tuple(replace(finding, place=place) for finding in made.findings))


def _refusal(folder: Path, path: str, place: Place) -> Finding | None:
    """Return why the file is not opened, or None."""
    if not path or is_elsewhere(path) or not lies_in(folder, path):
        return error(
            "photo-outside",
            place,
            msg("The picture is outside the bulletin's folder."),
            msg("Copy it into photos/ beside the story."),
        )
    if not is_file(folder, path):
        hint = other_files(folder, path, *_ENDINGS)
        return error(
            "photo-missing",
            place,
            msg("There is no picture {name}.", name=path[:100]),
            hint if hint.text else msg("Put it into photos/ beside the story."),
        )
    if size_of(folder, path, LARGEST_PICTURE).value is None:
        limit = LARGEST_PICTURE // 1024 // 1024
        why = msg("The picture's file is larger than {limit} MB.", limit=limit)
        return error(
            "photo-too-large",
            place,
            why,
            msg("Save it smaller; 4000 pixels on the longer side are enough for print."),
        )
    return None
