"""What search holds of a text: every character that is sought, alone and beside its neighbour."""

from itertools import pairwise
from random import Random

from jianbao.site.folding import folded, grams, is_sought
from jianbao.site.searching import ALL, DIGITS, block_index, shard_of
from jianbao.site.texts import Text

LETTERS = "一二云溪A1２３.,，。％ 5%9'\u2009万件é𠮷İ×→\u3000ｚ"


def sought(text: str) -> set[str]:
    """Return the grams of a folded text, found character by character."""
    kept = [char if is_sought(char) else " " for char in text]
    pairs = ["".join(pair) for pair in pairwise(kept)]
    triples = ["".join(three) for three in zip(kept, kept[1:], kept[2:], strict=False)]
    numbered = [three for three in triples if sum(char in "0123456789.%" for char in three) > 1]
    return {gram for gram in (*kept, *pairs, *numbered) if " " not in gram}


def test_grams_are_all_neighbours_that_are_sought() -> None:
    """However letters, digits and marks follow each other."""
    chance = Random(7)
    for _ in range(2000):
        text = folded("".join(chance.choices(LETTERS, k=12)))

        assert sought(text) == grams(text)


def test_every_character_is_sought_or_breaks() -> None:
    """As it stands in a folded text."""
    codes = (*range(0xD800), *range(0xE000, 0x10000), *range(0x1F5F0, 0x1F600), 0x20BB7)
    whole = (chr(code) for code in codes)

    assert [] == [c for c in whole if c.lower() == c and bool(grams(c)) != is_sought(c)]


def test_full_width_and_thousands_are_folded() -> None:
    """Marks between digits go where they part thousands, and nowhere else."""
    assert "1234567,89 1,2345 项,345 a" == folded("１,２３４，567,89 1,2345 项,345 Ａ")


def test_a_block_says_who_holds_a_gram() -> None:
    """Each bulletin is a digit; what all of them hold is marked so."""
    texts = [
        Text("", (("", "", lines),), ()) for lines in (("云溪区",), ("云溪县", "区"), ("云溪",))
    ]
    known = block_index(texts)
    found = dict(one.split(":") for part in known.values() for one in part.split(" ") if one)

    assert {"云": ALL, "溪": ALL, "云溪": ALL} == {g: h for g, h in found.items() if h == ALL}
    assert {"区": DIGITS[:2], "溪区": DIGITS[0], "县": DIGITS[1], "溪县": DIGITS[1]} == {
        gram: held for gram, held in found.items() if held != ALL
    }
    assert all(f" {gram}:" in known[shard_of(gram)] for gram in found)
