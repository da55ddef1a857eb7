"""Which file was meant, where the one that is named is not there."""

from difflib import get_close_matches
from pathlib import Path

from jianbao.diagnostics import NOTHING, Message, msg
from jianbao.reading.files import files_in

_MOST = 12


def other_files(folder: Path, path: str) -> Message:
    """Return the hint that names the file meant: one named alike, of whatever kind, or all there.

    Names are compared without their endings: 甲.csv and 乙.csv have little in common.
    """
    home, _, name = path.rpartition("/")
    known = {Path(there).stem: there for there in files_in(folder / home)}
    alike = get_close_matches(Path(name).stem, known, n=1, cutoff=0.5)
    if alike:
        return msg("Write {name}.", name=f"{home}/{known[alike[0]]}".lstrip("/"))
    if not known:
        return NOTHING
    return msg("Known here: {names}.", names="、".join([*known.values()][:_MOST]))
