"""Pictures in their frames: cut around the focus, with dots enough."""

from io import BytesIO

import pymupdf
import pytest
from PIL import Image

from jianbao.press.engine import press
from jianbao.press.jobs import Fault, Job, Pressed, Resource

STYLE = "@page { size: 100pt 100pt; margin: 0 } body { margin: 0 }"
FRAME = "display: block; width: 100pt; height: 100pt; object-fit: cover"


def stripes(width: int, height: int) -> Resource:
    """Return a picture of ten stripes from left to right, from black to white."""
    image = Image.new("L", (width, height))
    for stripe in range(10):
        box = (stripe * width // 10, 0, (stripe + 1) * width // 10, height)
        image.paste(round(stripe * 255 / 9), box)
    buffer = BytesIO()
    image.convert("RGB").save(buffer, "PNG")
    return Resource(buffer.getvalue(), "image/png")


def pressed(picture: Resource, focus: str) -> Pressed:
    """Press a page that is one square frame."""
    image = f'<img src="a.png" alt="stripes" data-focus="{focus}" style="{FRAME}">'
    html = f"<html lang=zh><title>x</title><style>{STYLE}</style>{image}"
    return press(Job(html, {"a.png": picture}))


def shades(made: Pressed) -> tuple[int, int]:
    """Return how bright the page is at its left and at its right edge."""
    with pymupdf.open(stream=made.pdf) as document:
        pixels = document[0].get_pixmap(dpi=72)
    left, right = pixels.pixel(3, 50), pixels.pixel(96, 50)
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    return left[0], right[0]


@pytest.mark.parametrize(
    ("focus", "first", "last"),
    [("50% 50%", 3, 6), ("0% 50%", 0, 4), ("100% 50%", 5, 9), ("30% 50%", 1, 5)],
    ids=["middle", "left", "right", "third"],
)
def test_a_frame_shows_what_is_at_the_focus(focus: str, first: int, last: int) -> None:
    """A picture twice as wide as its frame loses half; the focus decides which half."""
    left, right = shades(pressed(stripes(1000, 500), focus))

    assert abs(left - first * 255 / 9) <= 30
    assert abs(right - last * 255 / 9) <= 30


@pytest.mark.parametrize(
    ("height", "dots"), [(400, None), (260, 187), (100, 72)], ids=["fine", "few", "blurred"]
)
def test_dots_are_counted_at_the_size_of_the_frame(height: int, dots: int | None) -> None:
    """100 pt are 1.39 inches: 260 pixels over them make 187 dots an inch."""
    troubles = pressed(stripes(2 * height, height), "50% 50%").troubles

    assert [(Fault.COARSE, "a.png", dots)] * bool(dots) == [
        (trouble.fault, trouble.what, trouble.characters) for trouble in troubles
    ]


def test_what_no_eye_sees_is_left_out_of_the_file() -> None:
    """A camera's 24 million pixels are brought down to 360 dots an inch."""
    with pymupdf.open(stream=pressed(stripes(4000, 4000), "50% 50%").pdf) as document:
        (image,) = document[0].get_images()

    assert 498 <= image[2] <= 502
