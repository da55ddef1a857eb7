"""Garbage is left lying while pages are made, and only then."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from jianbao.press.engine import laid_out, press
from jianbao.press.garbage import undisturbed
from jianbao.press.jobs import Job

PAGES = Job("<title>简报</title>" + "<p>全区共有各类实事项目，件件有着落。</p>" * 200, {})


@contextmanager
def _searches() -> Iterator[list[str]]:
    """Note each search for garbage made while the block runs."""
    seen: list[str] = []

    def note(phase: str, _about: dict[str, int]) -> None:
        seen.append(phase)

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def test_nothing_is_searched_while_pages_are_pressed() -> None:
    """One search at most remains, when all is done; pressed without this there are dozens."""
    press(PAGES)
    with _searches() as seen:
        press(PAGES)

    assert seen.count("start") <= 1
    assert gc.isenabled()


def test_nothing_is_searched_while_pages_are_laid_out() -> None:
    """Nor when pages are only measured."""
    with laid_out(PAGES) as pages, _searches() as seen:
        assert pages
        junk = [[n] for n in range(10_000)]

    assert junk
    assert seen == []


@pytest.mark.parametrize("wanted", [True, False])
def test_searching_goes_on_after_a_fault(wanted: bool) -> None:
    """Whatever happens in the block, the next one is as before it."""
    searched = []
    with suppress(ZeroDivisionError), undisturbed(wanted):
        searched.append(gc.isenabled())
        raise ZeroDivisionError

    assert searched == [not wanted]
    assert gc.isenabled()


def test_a_block_within_a_block_does_not_begin_again() -> None:
    """The inner one must not wake what the outer one wants quiet."""
    with undisturbed():
        with undisturbed():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()
