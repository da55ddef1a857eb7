"""Remember what was made of what, by the digest of all that went in.

make(input) ──once──▶ bytes, in a folder that may be deleted at any time

An entry carries its own digest: one that is cut short or damaged counts as not there. Two builds
may write the same entry at once; each writes a file of its own and puts it into place. When the
folder grows over its limit, what was not asked for longest goes.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from jianbao.reading.noting import open_regular

LIMIT = 512 * 1024 * 1024
_ROOM = 0.8
_MARK = 32


@dataclass(frozen=True, slots=True)
class Memo:
    """A folder of remembered results.

    Attributes:
        folder: Where they are kept; made when there is something to keep.
        limit: How many bytes they may take up.
    """

    folder: Path
    limit: int = LIMIT

    def get(self, key: str) -> bytes | None:
        """Return what was remembered under a digest, None where there is nothing sound."""
        file = self._file(key)
        try:
            with open_regular(file) as stream:
                data = stream.read()
            os.utime(file)
        except OSError:
            return None
        if sha256(data[_MARK:]).digest() != data[:_MARK]:
            with suppress(OSError):
                file.unlink()
            return None
        return data[_MARK:]

    def put(self, key: str, data: bytes) -> None:
        """Remember a result; where there is no room or no leave to write, nothing happens."""
        file = self._file(key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = mkstemp(dir=file.parent, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(sha256(data).digest() + data)
                Path(name).replace(file)
            finally:
                Path(name).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Keep to the limit, with some room to spare, so that this is not done each time."""
        known = []
        for file in self.folder.glob("*/*"):
            with suppress(OSError):
                found = file.stat()
                known.append((found.st_mtime_ns, found.st_size, file))
        total = sum(size for _, size, _ in known)
        if total <= self.limit:
            return
        for _, size, file in sorted(known):
            if total <= _ROOM * self.limit:
                return
            with suppress(OSError):
                file.unlink()
                total -= size

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key
