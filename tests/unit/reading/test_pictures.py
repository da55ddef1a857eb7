"""Pictures as they come from cameras and chats, and what is printed of them."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from jianbao.diagnostics import Severity
from jianbao.reading import pictures
from jianbao.reading.pictures import Picture, develop

GPS, ORIENTATION, ARTIST = 0x8825, 0x0112, 0x013B


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """Return the picture as a file."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def halves(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Return a picture that is red on its left half and blue on its right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def developed(data: bytes) -> Picture:
    """Return the developed picture, which must be without findings."""
    made = develop(data)

    assert () == made.findings
    assert made.value is not None
    return made.value


def opened(picture: Picture) -> Image.Image:
    """Return the developed picture's pixels."""
    return Image.open(BytesIO(picture.data))


def test_a_plain_picture_keeps_its_bytes() -> None:
    """Nothing is coded anew that need not be: that would cost sharpness."""
    data = saved(halves(), quality=90)

    assert Picture(data, "image/jpeg", 40, 20) == developed(data)


def test_a_picture_held_upright_is_turned() -> None:
    """EXIF says how the camera was held; the pixels are turned for it."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # turn to the right
    made = developed(saved(halves(), exif=exif, quality=95))

    assert (20, 40) == (made.width, made.height)
    red, _, blue = opened(made).convert("RGB").getpixel((10, 5))  # type: ignore[misc]
    assert red > 200
    assert blue < 60


def test_place_and_name_are_taken_out() -> None:
    """Where a picture was taken, and by whom, is nobody's business on the intranet."""
    exif = Image.Exif()
    exif[ARTIST] = "somebody"
    exif.get_ifd(GPS)[1] = "N"
    data = saved(halves(), exif=exif, comment=b"taken at home")

    made = developed(data)

    assert b"somebody" in data
    assert b"somebody" not in made.data
    assert b"taken at home" not in made.data
    assert {} == dict(opened(made).getexif())


@pytest.mark.parametrize(
    ("image", "kind", "mime"),
    [
        (halves().convert("RGBA"), "PNG", "image/png"),
        (halves().convert("P"), "GIF", "image/png"),
        (halves(), "WEBP", "image/jpeg"),
        (halves(), "TIFF", "image/jpeg"),
        (halves(), "BMP", "image/png"),
    ],
    ids=["see-through", "gif", "webp", "tiff", "bmp"],
)
def test_other_kinds_become_jpeg_or_png(image: Image.Image, kind: str, mime: str) -> None:
    """Whatever a colleague sends is set; the press knows JPEG and PNG."""
    made = developed(saved(image, kind))

    assert (mime, 40, 20) == (made.mime, made.width, made.height)
    assert opened(made).mode == "RGB"


def test_what_is_see_through_lies_on_white() -> None:
    """A seal cut out of its background does not turn black."""
    made = developed(saved(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG"))

    assert (255, 255, 255) == opened(made).getpixel((0, 0))


def test_deep_grey_keeps_its_brightness() -> None:
    """A scan with 16 bits of grey is not printed white."""
    made = developed(saved(Image.new("I;16", (4, 4), 0x8000), "PNG"))

    assert opened(made).getpixel((0, 0)) in range(126, 131)


def test_a_printers_picture_is_turned_back_with_a_warning() -> None:
    """CMYK is shown, and somebody is told that its colours change."""
    made = develop(saved(Image.new("CMYK", (4, 4), (0, 255, 255, 0))))

    assert [("photo-cmyk", Severity.WARNING)] == [(f.rule, f.severity) for f in made.findings]
    assert made.value is not None
    assert opened(made.value).mode == "RGB"


def test_another_screens_colours_are_converted() -> None:
    """A profile other than sRGB is applied, not dropped."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    grey = saved(halves(), icc_profile=profile)  # for another kind of colours: ignored

    assert opened(developed(grey)).info.get("icc_profile") is None


@pytest.mark.parametrize("cut", [10, 200, 600], ids=["head", "tables", "scan"])
def test_a_picture_cut_short_is_refused(cut: int) -> None:
    """Half a picture over the chat is not half printed."""
    data = saved(halves((200, 200)))[:cut]

    assert ["photo-broken"] == [f.rule for f in develop(data).findings]


def test_a_phones_picture_says_what_to_do() -> None:
    """HEIC is named, since the phone shows no sign of it."""
    (finding,) = develop(b"\0\0\0\x18ftypheic\0\0\0\0").findings

    assert "HEIC" in finding.hint.text


@pytest.mark.parametrize("size", [(1, 60_000), (16_001, 20)])
def test_a_picture_longer_than_the_webs_is_refused(size: tuple[int, int]) -> None:
    """No size of it could be made for the web pages."""
    buffer = BytesIO()
    Image.new("RGB", size).save(buffer, "PNG")

    assert ["photo-pixels"] == [f.rule for f in develop(buffer.getvalue()).findings]


def test_a_picture_bomb_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may unfold to a wall; its size is read before its pixels."""
    monkeypatch.setattr(pictures, "MOST_PIXELS", 700)

    assert ["photo-pixels"] == [f.rule for f in develop(saved(halves())).findings]
    assert ["photo-pixels"] == [
        f.rule for f in develop(saved(Image.new("1", (30000, 30000)), "PNG")).findings
    ]
