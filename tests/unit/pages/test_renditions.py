"""A picture's files for the web."""

from io import BytesIO

from PIL import Image

from jianbao.pages.renditions import render
from jianbao.reading.pictures import Picture


def picture(width: int, height: int, kind: str = "JPEG") -> Picture:
    """Return a picture of this size."""
    buffer = BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(buffer, kind)
    return Picture(buffer.getvalue(), f"image/{kind.lower()}", width, height)


def test_a_large_picture_has_every_size() -> None:
    """A phone loads 480 pixels, a wide screen 1600, and no one more."""
    made = render("photos/flood.jpg", picture(3000, 1500))

    assert [480, 960, 1600] == [width for _, width in made.sizes]
    assert (1600, 800) == (made.width, made.height)
    for name, width in made.sizes:
        with Image.open(BytesIO(made.files[name])) as small:
            assert ("WEBP", width, width // 2) == (small.format, *small.size)
    assert len(made.files) == 4


def test_a_small_picture_is_not_blown_up() -> None:
    """It keeps its own bytes for browsers without WebP."""
    small = picture(300, 200)
    made = render("photos/flood.jpg", small)

    assert [300] == [width for _, width in made.sizes]
    assert small.data == made.files[made.src]


def test_names_follow_the_bytes() -> None:
    """The same picture has the same names, another has others, and kinds of one stem differ."""
    one, other = picture(500, 300), picture(500, 310)

    assert render("photos/a.jpg", one) == render("photos/a.jpg", one)
    assert not set(render("photos/a.jpg", one).files) & set(render("photos/a.jpg", other).files)
    assert render("photos/a.png", picture(9, 9, "PNG")).src.endswith(".png")
