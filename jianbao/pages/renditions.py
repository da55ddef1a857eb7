"""A picture for the web: in several sizes, so that a phone does not load what a wall would show.

    Picture ──▶ WebP at each width that is smaller, JPEG or PNG for all others ──▶ files by name

The names hold a digest of the bytes: a page that is half replaced never shows another's picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from jianbao.reading.pictures import Picture

if TYPE_CHECKING:
    from PIL import Image

WIDTHS = (480, 960, 1600)
_WEBP = 80
_JPEG = 85
_APART = 0.8
_REMEMBERED = 16  # those of a bulletin or two, for the preview, which makes them again and again


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture's files for the web.

    Attributes:
        src: The one that every browser shows.
        width: Its width in pixels, as is
        height: its height.
        sizes: The same as WebP, (name, width), small to large.
        files: All of them by name.
    """

    src: str
    width: int
    height: int
    sizes: tuple[tuple[str, int], ...]
    files: Mapping[str, bytes]


@lru_cache(maxsize=_REMEMBERED)
def render(path: str, picture: Picture) -> Rendition:
    """Return the web's files of the picture at `path` in the bulletin's folder."""
    from PIL import Image

    with Image.open(BytesIO(picture.data)) as opened:
        image = opened.convert("RGB") if opened.mode != "L" else opened.copy()
    kind = "PNG" if picture.mime == "image/png" else "JPEG"
    largest = _scaled(image, WIDTHS[-1])
    src, data = _named(path, largest, kind)
    if largest.size == image.size and len(picture.data) <= len(data):
        src, data = _name(path, picture.data, kind), picture.data
    files = {src: data}
    sizes: list[tuple[str, int]] = []
    for width in (*(width for width in WIDTHS if width < _APART * largest.width), largest.width):
        name, small = _named(path, _scaled(largest, width), "WEBP", width)
        files[name] = small
        sizes.append((name, width))
    return Rendition(src, *largest.size, tuple(sizes), files)


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    from PIL.Image import Resampling

    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Resampling.LANCZOS, reducing_gap=3)


def _named(path: str, image: Image.Image, kind: str, width: int = 0) -> tuple[str, bytes]:
    buffer = BytesIO()
    if kind == "WEBP":
        image.save(buffer, "WEBP", quality=_WEBP, method=3)
    elif kind == "JPEG":
        image.save(buffer, "JPEG", quality=_JPEG, progressive=True, optimize=True)
    else:
        image.save(buffer, "PNG", optimize=True)
    data = buffer.getvalue()
    return _name(path, data, kind, width), data


def _name(path: str, data: bytes, kind: str, width: int = 0) -> str:
    """Return the file's name: photos/flood.3f2a9c01.jpg, photos/flood-480.77b0e1d2.webp."""
    size = f"-{width}" if width else ""
    ending = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[kind]
    digest = sha256(data).hexdigest()[:8]
    return str(PurePosixPath(path).with_suffix("")) + f"{size}.{digest}.{ending}"
