"""The memo: gives back what was put in or nothing, keeps to its limit, trusts nobody's bytes."""

import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.delivery.memo import Memo
from jianbao.delivery.packing import digest_of, pack, unpack
from jianbao.press.jobs import Fault, Job, Pressed, Resource, Trouble

KEY = "ab" * 32
PRESSED = Pressed(b"%PDF", 3, (Trouble(Fault.OVERSET, "头条", "a.md:3", 12, 2),))


def test_what_was_put_in_comes_back(tmp_path: Path) -> None:
    """Under its own digest, and under no other."""
    memo = Memo(tmp_path / "cache")
    assert memo.get(KEY) is None
    memo.put(KEY, b"page")

    assert memo.get(KEY) == b"page"
    assert memo.get("cd" * 32) is None


@given(at=st.integers(0, 60), bit=st.integers(0, 7))
def test_a_damaged_entry_is_not_there(
    at: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever bit of an entry turns over, nothing comes back, and the entry goes."""
    memo = Memo(tmp_path_factory.mktemp("memo"))
    memo.put(KEY, b"a page of twenty-nine letters")
    file = memo.folder / "ab" / KEY
    data = bytearray(file.read_bytes())
    data[at] ^= 1 << bit
    file.write_bytes(data)

    assert memo.get(KEY) is None
    assert not file.exists()


def test_what_was_not_asked_for_longest_goes(tmp_path: Path) -> None:
    """Over its limit, the folder is brought back under it, oldest first."""
    memo = Memo(tmp_path, limit=5000)
    keys = [f"{number:064x}" for number in range(10)]
    for age, key in enumerate(keys):
        memo.put(key, bytes(1000))
        os.utime(tmp_path / "00" / key, (age, age))
    memo.get(keys[0])
    memo.tidy()

    kept = [key for key in keys if memo.get(key) is not None]
    assert [keys[0], *keys[8:]] == kept
    assert sum(file.stat().st_size for file in tmp_path.glob("*/*")) <= 5000


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    """Nothing is remembered then, and nothing is said."""
    (tmp_path / "file").write_text("in the way")
    memo = Memo(tmp_path / "file" / "cache")
    memo.put(KEY, b"page")
    memo.tidy()

    assert memo.get(KEY) is None


def test_what_was_pressed_survives_packing() -> None:
    """Troubles with their fault, place and numbers come back as they were."""
    assert unpack(pack(PRESSED), Pressed) == PRESSED


class Bad:
    """What somebody might put into the folder."""

    def __reduce__(self) -> tuple[object, ...]:
        """Ask for a program to be run."""
        return os.system, ("true",)


@pytest.mark.parametrize("data", [b"", b"nonsense", pickle.dumps(Bad()), pickle.dumps(7)])
def test_nothing_but_a_pressed_page_is_unpacked(data: bytes) -> None:
    """Bytes that would run something, or are anything else, count as not there."""
    assert unpack(data, Pressed) is None


def test_any_difference_between_jobs_is_one_between_digests() -> None:
    """HTML, variant, a picture's name, bytes or kind; and who pressed it."""
    job = Job("<p>一", {"a.jpg": Resource(b"1", "image/jpeg")})
    others = [
        replace(job, html="<p>二"),
        replace(job, variant="pdf/a-2b"),
        replace(job, resources={}),
        replace(job, resources={"b.jpg": Resource(b"1", "image/jpeg")}),
        replace(job, resources={"a.jpg": Resource(b"2", "image/jpeg")}),
        replace(job, resources={"a.jpg": Resource(b"1", "image/png")}),
    ]
    digests = {digest_of("one", each) for each in (job, *others)} | {digest_of("two", job)}

    assert len(digests) == 8
    assert digest_of("one", job) == digest_of("one", replace(job))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_texts_that_run_together_differ(one: list[str], other: list[str]) -> None:
    """The digest knows where one value ends and the next begins."""
    assert (digest_of(*one) == digest_of(*other)) == (one == other)


def test_what_is_no_plain_value_is_our_bug() -> None:
    """Nothing gets a digest that says less than all of it."""
    with pytest.raises(TypeError, match="no plain value"):
        digest_of(object())
