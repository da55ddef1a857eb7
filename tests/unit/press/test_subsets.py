"""A font that is cut often is cut from a smaller one, and comes out the same to the last byte."""

from collections.abc import Callable
from random import Random

import pytest

from jianbao.pages.typefaces import HEI, SONG, Typeface
from jianbao.press import subsets
from jianbao.reading.faces import find_face

TEXT = "截至目前，全区共办结实事２件·“AVToWAfi”——1/2、３．５％〇々ゝ（㊀）……"
RARE = "㐂龘"  # of no list of common characters


@pytest.mark.parametrize("typeface", [SONG, HEI], ids=lambda each: each.key)
def test_cutting_from_what_most_pages_need_gives_the_same(
    typeface: Typeface, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters, marks, kana, characters by chance; each page as if it were the only one."""
    face = find_face(typeface.family, typeface.weight)
    assert face
    chance = Random(typeface.key)
    pages = ["件", TEXT, *("".join(chance.sample(subsets._common(), 300)) for _ in range(12))]
    alone = [subsets._Whole(face.path, face.number).cut(page) for page in pages]
    monkeypatch.setattr(subsets, "_WORTH", 1)
    often = subsets._Whole(face.path, face.number)
    often.cut("一")
    often.cut("龘")  # not among the commoner half: all are wanted from now on
    used: list[int] = []
    cut = subsets._cut

    def watched(face: int, fill: Callable[[int], None], name: object) -> bytes:
        used.append(face)
        return cut(face, fill, name)

    monkeypatch.setattr(subsets, "_cut", watched)

    assert alone == [often.cut(page) for page in pages]
    assert often._small
    assert len(pages) == used.count(often._small[0])


def test_a_rare_character_is_cut_from_the_whole_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in the page's font all the same, and the next time among what most pages need."""
    face = find_face(SONG.family, SONG.weight)
    assert face
    alone = subsets._Whole(face.path, face.number).cut(RARE)
    monkeypatch.setattr(subsets, "_WORTH", 1)
    often = subsets._Whole(face.path, face.number)
    often.cut("一")

    assert alone == often.cut(RARE) == often.cut(RARE)
    assert often._small
    assert often._small[2] >= set(RARE)
