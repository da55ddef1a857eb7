"""From screen colours to printing inks: letters and lines by rule, pictures by ICC profile.

    red, green, blue 0–1 ──Inks.of──▶ cyan, magenta, yellow, black 0–1
    picture ──Inks.picture──▶ picture in CMYK, nowhere more ink than the press can take

Black and grey are set in black ink alone, for four plates never meet exactly. The red head is the
red the printer knows. Every other colour goes through the profile: relative colorimetric, with
black point compensation.
"""

from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageMath

Ink = tuple[float, float, float, float]
RGB = tuple[float, float, float]
_GREY = 0.012
_RED_LEAST, _RED_OTHERS_MOST = 0.5, 0.25
_QUALITY = 95
_TRIES = 6
_VERSION, _MADE = slice(8, 12), slice(24, 36)


@dataclass(frozen=True)
class Inks:
    """How colours are printed.

    Attributes:
        profile: The printing condition's ICC profile, for four inks.
        limit: Most ink on one spot, in percent of the four together.
        red: The inks of the red head, 0–1.
        black: Whether everything is printed in black alone.
        grey: Whether black is written as grey: the drivers of an office's machine make of black ink
            what a screen shows of it, a dark grey, and print letters in dots.
    """

    profile: bytes = b""
    limit: int = 300
    red: Ink = (0.0, 1.0, 1.0, 0.0)
    black: bool = False
    grey: bool = False
    _known: dict[RGB, Ink] = field(default_factory=dict, repr=False)

    def of(self, colour: RGB) -> Ink:
        """Return the inks of a colour."""
        if colour not in self._known:
            self._known[colour] = self._mixed(colour)
        return self._known[colour]

    def _mixed(self, colour: RGB) -> Ink:
        red, green, blue = colour
        if max(colour) - min(colour) <= _GREY:
            return 0.0, 0.0, 0.0, round(1 - sum(colour) / 3, 4)
        if red > _RED_LEAST and max(green, blue) < _RED_OTHERS_MOST:
            return (0.0, 0.0, 0.0, 1.0) if self.black else self.red
        if self.black:
            return 0.0, 0.0, 0.0, round(1 - luminance(colour), 4)
        spot = Image.new("RGB", (1, 1), tuple(round(255 * part) for part in colour))
        found: Any = self._converted(spot).getpixel((0, 0))
        cyan, magenta, yellow, key = (round(part / 255, 4) for part in found)
        return cyan, magenta, yellow, key

    def picture(self, image: Image.Image) -> Image.Image:
        """Return a picture as it is printed: CMYK, or grey where all is printed in black."""
        if self.black:
            return image.convert("L")
        return self._converted(image.convert("RGB"))

    def as_jpeg(self, image: Image.Image) -> bytes:
        """Return a picture as JPEG that keeps to the limit after it was packed too."""
        limit = float(self.limit)
        for _ in range(_TRIES):
            out = BytesIO()
            shown = image if image.mode == "L" else held(image, limit)
            shown.save(out, "JPEG", quality=_QUALITY, subsampling=0)
            over = 0.0 if image.mode == "L" else most_ink(_read(out)) - self.limit
            if over <= 0:
                break
            limit -= over + 1
        return out.getvalue()

    def _converted(self, image: Image.Image) -> Image.Image:
        inked = ImageCms.applyTransform(image, self._transform)
        assert inked is not None
        return held(inked, self.limit)

    @cached_property
    def _transform(self) -> ImageCms.ImageCmsTransform:
        return ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(BytesIO(self.profile)),
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )


def luminance(colour: RGB) -> float:
    """Return how light a colour is to the eye, 0–1: weights of ITU-R BT.709 on coded values."""
    red, green, blue = colour
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _read(jpeg: BytesIO) -> Image.Image:
    return Image.open(BytesIO(jpeg.getvalue()))


def held(image: Image.Image, limit: float) -> Image.Image:
    """Return a picture in CMYK with no spot over `limit` percent: the three colours give way."""
    if most_ink(image) <= limit:
        return image
    names = dict(zip("CMYK", image.split(), strict=True))
    most = int(limit * 255 / 100)

    def band(name: str) -> Image.Image:
        def of(bands: dict[str, Any]) -> Any:
            colours = bands["C"] + bands["M"] + bands["Y"]
            room = bands["max"](most - bands["K"], 0)
            fits = colours <= room
            some = bands["max"](colours, 1)
            cut = bands[name] * room / some
            return bands["convert"](bands[name] * fits + cut * (1 - fits), "L")

        made: Image.Image = ImageMath.lambda_eval(of, **names)
        return made

    return Image.merge("CMYK", [band("C"), band("M"), band("Y"), names["K"]])


def most_ink(image: Image.Image) -> float:
    """Return the most ink on one spot of a picture in CMYK, in percent."""

    def total(bands: dict[str, Any]) -> Any:
        return bands["C"] + bands["M"] + bands["Y"] + bands["K"]

    summed = ImageMath.lambda_eval(total, **dict(zip("CMYK", image.split(), strict=True)))
    extremes: Any = summed.getextrema()
    return float(extremes[1]) * 100 / 255


def name_of(profile: bytes) -> str:
    """Return what an ICC profile calls itself."""
    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).strip()


def screen_profile() -> bytes:
    """Return the sRGB profile, the same bytes every day: without the moment it was made.

    It is marked as version 4.2 of the format, which PDF 1.7 knows; it uses nothing newer.
    """
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_VERSION] = b"\x04\x20\x00\x00"
    made[_MADE] = b"\x07\xe8\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00"
    return bytes(made)
