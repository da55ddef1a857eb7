"""Take the workbook out of an .xls, which is a small file system of its own.

    bytes ──workbook_stream──▶ the records of the workbook, one behind the other

Chains of sectors that lead back into themselves are refused, so that what is
read never grows beyond the file.
"""

from collections.abc import Iterator, Sequence
from struct import unpack_from

_HEADER, _ENTRY = 512, 128
_FIRST_TABLES = 109
_STREAM = 2


def workbook_stream(data: bytes) -> bytes:
    """Return the stream in which the workbook lies; raises on a broken file."""
    shift, small_shift = unpack_from("<HH", data, 30)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("no compound file")
    directory, _, smallest, small_table = unpack_from("<iiIi", data, 48)
    body = memoryview(data)[max(_HEADER, 1 << shift) :]
    table = _table(data, body, 1 << shift)
    entries = _joined(body, 1 << shift, table, directory)
    start, size = _found(entries)
    if size >= smallest:
        return _joined(body, 1 << shift, table, start)[:size]
    sectors = _joined(body, 1 << shift, table, small_table)
    small = unpack_from(f"<{len(sectors) // 4}i", sectors)
    inner = _joined(body, 1 << shift, table, unpack_from("<i", entries, 116)[0])
    return _joined(memoryview(inner), 1 << small_shift, small, start)[:size]


def _table(data: bytes, body: memoryview, size: int) -> Sequence[int]:
    """Return for each sector the one behind it; below 0 where it is the last."""
    places = list(unpack_from(f"<{_FIRST_TABLES}i", data, 76))
    more = unpack_from("<i", data, 68)[0]
    while more >= 0 and len(places) <= len(body) // size + _FIRST_TABLES:
        *some, more = unpack_from(f"<{size // 4}i", body, more * size)
        places += some
    places = [place for place in places if 0 <= place < len(body) // size]
    if len(set(places)) < len(places):
        raise ValueError("a table is used twice")
    parts = (unpack_from(f"<{size // 4}i", body, place * size) for place in places)
    return [sector for part in parts for sector in part]


def _chain(table: Sequence[int], first: int) -> Iterator[int]:
    """Yield the sectors from the first on."""
    count = 0
    while first >= 0:
        if count == len(table):
            raise ValueError("the sectors lead back")
        yield first
        first = table[first]
        count += 1


def _joined(body: memoryview, size: int, table: Sequence[int], first: int) -> bytes:
    return b"".join(body[at * size : (at + 1) * size] for at in _chain(table, first))


def _found(entries: bytes) -> tuple[int, int]:
    """Return the first sector and the size of the workbook, not of one that is embedded in it."""
    found: dict[str, tuple[int, int]] = {}
    waiting, seen = [unpack_from("<i", entries, 76)[0]], set[int]()
    while waiting:
        at = waiting.pop()
        if at < 0 or at in seen:
            continue
        seen.add(at)
        length, kind, left, right = unpack_from("<HBxii", entries, at * _ENTRY + 64)
        start, size = unpack_from("<iI", entries, at * _ENTRY + 116)
        name = entries[at * _ENTRY :][: max(0, min(length, 64) - 2)].decode("utf-16-le")
        if kind == _STREAM:
            found[name.lower()] = (start, size)
        waiting += [left, right]
    return found["workbook"] if "workbook" in found else found["book"]
