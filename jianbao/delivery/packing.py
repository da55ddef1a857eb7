"""Values of the press as bytes, and back, without trusting the bytes.

Job ──digest──▶ key        Pressed ──pack──▶ bytes ──unpack──▶ Pressed, or None

Bytes that were kept in a folder may have been written by anybody: only the plain values named
here can come out of them, and making one of these does nothing else.
"""

import pickle
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from io import BytesIO
from typing import TypeVar

from jianbao import diagnostics
from jianbao.model import (
    editions,
    imprint,
    planned,
    publishing,
    reported,
    reviewed,
    rounds,
)
from jianbao.pages import renditions
from jianbao.pages.charts import drawing
from jianbao.press import jobs
from jianbao.reading import sites, slots

Value = TypeVar("Value")
_ROOMS = (
    jobs, renditions, drawing, planned, editions, imprint, publishing, reported, reviewed, rounds,
    diagnostics, sites, slots,
)  # fmt: skip
_PLAIN: dict[tuple[str, str], type] = {
    (module.__name__, name): kind
    for module in _ROOMS
    for name, kind in vars(module).items()
    if isinstance(kind, type)
    and kind.__module__ == module.__name__
    and (is_dataclass(kind) or issubclass(kind, Enum))
} | {("datetime", "date"): date, ("decimal", "Decimal"): Decimal}


class _Plain(pickle.Unpickler):
    """Knows the press's own values, pictures and what is planned, and nothing else."""

    def find_class(self, module: str, name: str) -> type:
        """Return one of these classes."""
        if (module, name) not in _PLAIN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _PLAIN[module, name]


def pack(value: object) -> bytes:
    """Return what was pressed or read as bytes."""
    return pickle.dumps(value, protocol=5)


def unpack(data: bytes, kind: type[Value]) -> Value | None:
    """Return what was packed, None where the bytes do not say."""
    try:
        value = _Plain(BytesIO(data)).load()
    except Exception:  # noqa: BLE001  (damaged bytes can go wrong in any way)
        return None
    return value if isinstance(value, kind) else None


def digest_of(*values: object) -> str:
    """Return the digest of plain values; two that differ anywhere have two digests."""
    found = sha256()
    for part in _parts(values):
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def _parts(value: object) -> list[bytes]:
    if isinstance(value, bytes):
        return [b"b", value]
    if value is None or isinstance(value, (str, int, float, Decimal, date)):
        return [type(value).__name__.encode(), str(value).encode("utf-8", "surrogatepass")]
    if isinstance(value, Mapping):
        pairs = sorted(value.items())
        return [b"m%d" % len(pairs), *(p for pair in pairs for one in pair for p in _parts(one))]
    if isinstance(value, frozenset):
        return [b"s%d" % len(value), *(part for one in sorted(value) for part in _parts(one))]
    if isinstance(value, (tuple, list)):
        return [b"t%d" % len(value), *(part for one in value for part in _parts(one))]
    if is_dataclass(value) and not isinstance(value, type):
        named = [(each.name, getattr(value, each.name)) for each in fields(value)]
        return [type(value).__name__.encode(), *_parts(named)]
    raise TypeError(f"no plain value: {type(value).__name__}")
