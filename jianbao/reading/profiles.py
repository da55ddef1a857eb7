"""Read the printer's ICC profile: the description of a press, its paper and its inks.

Printing ──read_profile──▶ bytes of a profile for four inks
"""

from io import BytesIO
from pathlib import Path

from jianbao.diagnostics import Checked, Message, error, msg
from jianbao.model.editions import Printing
from jianbao.reading.files import is_file, lies_in, read_bytes

HINT = msg(
    "Ask the printer for the .icc file of the press and paper, put it into data/ and write "
    "under print: in data/site.yaml profile: data/its-name.icc."
)
_LARGEST = 16 * 1024 * 1024
_CLASS, _SPACE, _SIGNATURE = slice(12, 16), slice(16, 20), slice(36, 40)


def read_profile(root: Path, printing: Printing) -> Checked[bytes | None]:
    """Return the profile's bytes, or None where none is named or it is not one (ICC.1, 7.2)."""
    if not printing.profile:
        return Checked(None)
    data = read_bytes(root, printing.profile, _LARGEST)
    why = _fault(root, printing.profile, data.value or b"")
    return Checked(None, (error("print-profile", printing.place, why, HINT),)) if why else data


def _fault(root: Path, path: str, data: bytes) -> Message | None:
    if not lies_in(root, path):
        return msg("The profile lies outside the site.")
    if not is_file(root, path):
        return msg("There is no profile {name}.", name=path)
    if data and data[_SIGNATURE] != b"acsp":
        return msg("This is not an ICC profile.")
    if data and (data[_CLASS], data[_SPACE]) != (b"prtr", b"CMYK"):
        return msg("This profile is not one of a press with four inks.")
    return msg("This is not an ICC profile.") if data and not _works(data) else None


def _works(profile: bytes) -> bool:
    """Say whether colours of the screen can be turned by the profile."""
    from PIL import ImageCms

    try:
        ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            "RGB",
            "CMYK",
        )
    except (OSError, ImageCms.PyCMSError):
        return False
    return True
