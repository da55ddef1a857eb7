"""Which file was meant, where the one that is named is not there."""

from difflib import get_close_matches
from pathlib import Path

from jianbao.diagnostics import NOTHING, Message, msg
from jianbao.reading.files import files_in

_MOST = 12


def other_files(folder: Path, path: str, *kinds: str) -> Message:
    """Return the hint that names the file meant: one named alike, or all there, of these endings.

    Names are compared without their endings: 甲.csv and 乙.csv have little in common.
    """
    home, _, name = path.rpartition("/")
    there = (other for other in files_in(folder / home, *kinds) if other != name)
    known = {Path(other).stem: f"{home}/{other}".lstrip("/") for other in there}
    alike = get_close_matches(Path(name).stem, known, n=1, cutoff=0.5)
    if alike:
        return msg("Write {name}.", name=known[alike[0]])
    if not known:
        return NOTHING
    return msg("Known here: {names}.", names="、".join([*known.values()][:_MOST]))
