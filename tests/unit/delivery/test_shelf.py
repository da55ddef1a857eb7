"""Pictures that were made fit for print before: not decoded again, and never another's."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jianbao.delivery import shelf as shelves
from jianbao.delivery.memo import Memo
from jianbao.delivery.shelf import Shelf
from jianbao.reading.pictures import develop


def photo(colour: str, kind: str = "JPEG") -> bytes:
    """Return a small picture; see-through ones are made anew for print."""
    buffer = BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", (30, 20), colour).save(buffer, kind)
    return buffer.getvalue()


def never(_: bytes) -> None:
    """Fail: nothing is to be decoded."""
    raise AssertionError


@pytest.mark.parametrize("data", [photo("red"), photo("#ff000080", "PNG")])
def test_a_picture_is_developed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """As it is or made anew, the second time it comes from the folder, the same byte for byte."""
    shelf = Shelf(Memo(tmp_path), "program")
    first = shelf.developed(data)
    monkeypatch.setattr(shelves, "develop", never)

    assert first == develop(data)
    assert first == shelf.developed(data)


def test_another_picture_or_program_is_developed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is the whole content, and the program's."""
    Shelf(Memo(tmp_path), "program").developed(photo("red"))
    monkeypatch.setattr(shelves, "develop", never)
    for made_by, data in (("program", photo("blue")), ("other", photo("red"))):
        with pytest.raises(AssertionError):
            Shelf(Memo(tmp_path), made_by).developed(data)


def test_what_is_wrong_is_found_again(tmp_path: Path) -> None:
    """A broken picture has its finding each time."""
    shelf = Shelf(Memo(tmp_path), "program")
    for _ in range(2):
        assert ["photo-broken"] == [one.rule for one in shelf.developed(b"no picture").findings]
