"""The index of search: which bulletins hold a pair of characters, or three with digits.

    texts of a block ──block_index──▶ grams by shard
    blocks ──shards──▶ search/index.js, search/00.js …

A block is up to 64 bulletins of one year, so that a new bulletin changes one
block, and a bulletin in it is one character. A shard holds the grams of one
hash, of every block, so that a search loads a file or two for each pair it asks
for, however many bulletins there are. Sentences come from the bulletins' own text.js.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from jianbao.site.folding import folded, grams
from jianbao.site.texts import Text

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ALL = "*"
SHARD_SIZE = 6_000
MOST_BITS = 12
Grams = Mapping[int, str]
"""What each of the 4096 finest shards holds of a block: ` 完成:AB 成率:*`."""


@dataclass(frozen=True, slots=True)
class Block:
    """Bulletins of one year, the earliest first, as the index numbers them."""

    year: str
    addresses: tuple[str, ...]


def blocks(days: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the blocks of bulletins, given with their days as 2026-11-20; the newest block first.

    A year's are filled from its beginning.
    """
    known = sorted((day, address) for address, day in days.items())
    found = []
    for year, group in groupby(known, key=lambda one: one[0][:4]):
        addresses = [address for _, address in group]
        size = len(DIGITS)
        found += [
            Block(year, tuple(addresses[at : at + size])) for at in range(0, len(addresses), size)
        ]
    return tuple(reversed(found))


def block_index(texts: Sequence[Text]) -> Grams:
    """Return the grams of a block's bulletins, given in the block's order, by finest shard."""
    known = [_grams_of(text) for text in texts]
    everywhere = set[str].intersection(*known) if known else set[str]()
    holders = defaultdict[str, str](str)
    for digit, own in zip(DIGITS, known, strict=False):
        for gram in own - everywhere:
            holders[gram] += digit
    parts = defaultdict[int, list[str]](list)
    for gram in sorted({*holders, *everywhere}):
        parts[shard_of(gram)].append(f" {gram}:{holders.get(gram) or ALL}")
    return {number: "".join(found) for number, found in parts.items()}


def _grams_of(text: Text) -> set[str]:
    lines = "\n".join("\n".join(lines) for _, _, lines in text.stories)
    return grams(folded(lines))


@lru_cache(maxsize=65_536)
def shard_of(gram: str, bits: int = MOST_BITS) -> int:
    """Return the number of the shard that a gram is kept in, of 2 to the power of `bits`."""
    mixed = 0
    for char in gram:
        mixed = ((mixed ^ ord(char)) * 0x9E3779B1) & 0xFFFFFFFF
        mixed ^= mixed >> 15
    return (mixed * 0x85EBCA6B & 0xFFFFFFFF) >> (32 - bits) if bits else 0


def shards(known: Sequence[Block], indexes: Sequence[Grams]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the index; as many shards as keep each at a few KB."""
    size = sum(len("".join(index.values()).encode()) for index in indexes)
    bits = min(MOST_BITS, max(0, (size // SHARD_SIZE).bit_length()))
    manifest = {"bits": bits, "blocks": [[*block.addresses] for block in known]}
    yield "search/index.js", _script("jianbaoIndex", manifest)
    held = [[""] * len(indexes) for _ in range(1 << bits)]
    for at, index in enumerate(indexes):
        for fine, part in sorted(index.items()):
            held[fine >> (MOST_BITS - bits)][at] += part
    for number, parts in enumerate(held):
        yield f"search/{number:03x}.js", _script("jianbaoShard", number, parts)


def _script(name: str, *values: object) -> bytes:
    words = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"{name}({','.join(words)});\n".encode()
