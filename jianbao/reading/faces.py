"""Find a face among the machine's fonts, through fontconfig as the press does.

family, weight ──find_face──▶ Face (bytes, place in its file, digest), None where there is none
"""

import subprocess
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

WEIGHTS = {400: 80, 700: 200, 900: 210}
"""CSS weights as fontconfig counts them."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font's file, and which of the fonts in it."""

    path: Path
    number: int
    digest: str

    def read(self) -> bytes:
        """Return the whole file."""
        return self.path.read_bytes()


@lru_cache(maxsize=32)
def find_face(family: str, weight: int) -> Face | None:
    """Return the face of exactly this family and about this weight, None where there is none."""
    asked = f"{family}:weight={WEIGHTS[weight]}:slant=0"
    form = "%{file}\t%{index}\t%{family}"
    try:
        found = subprocess.run(
            ["fc-match", "-f", form, asked], capture_output=True, check=True, encoding="utf-8"
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    path, index, families = found.split("\t")
    if family not in families.split(","):
        return None
    data = Path(path).read_bytes()
    return Face(Path(path), int(index) & 0xFFFF, blake2b(data, digest_size=16).hexdigest())
