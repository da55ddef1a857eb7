"""A zip as a target: written whole beside its place, then moved there."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jianbao.delivery.publishing.sending import COMING

_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class ZipRemote:
    """A zip's files by name; what is changed is written when all is done."""

    files: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def at(cls, place: Path) -> Iterator["ZipRemote"]:
        """Open the zip at `place`, there or not; it is replaced when the block ends well."""
        files = {}
        if place.is_file():
            with zipfile.ZipFile(place) as packed:
                files = {name: packed.read(name) for name in packed.namelist()}
        remote = cls(dict(files))
        yield remote
        if remote.files != files:
            remote.save(place)

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, None where there is none."""
        return self.files.get(path)

    def write(self, path: str, data: bytes, _token: str) -> None:
        """Replace a file."""
        self.files[path] = data

    def delete(self, path: str) -> None:
        """Take a file away, if it is there."""
        self.files.pop(path, None)

    def save(self, place: Path) -> None:
        """Write the zip in one step; the same files give the same bytes."""
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
            for name in sorted(self.files):
                if name != COMING:
                    info = zipfile.ZipInfo(name, _STAMP)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    packed.writestr(info, self.files[name])
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(place)
