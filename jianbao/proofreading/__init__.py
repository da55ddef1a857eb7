"""Proofreading: one file a family of rules; a rule is a function from values to findings.

    Book ──check_book──▶ findings        Story ──check_story──▶ findings

A rule reads values and says what it sees; it changes nothing and opens no
file. It says nothing rather than something doubtful: 宁可漏报，不可误报. Each
rule's id has a section in docs/rules.md.
"""

from collections.abc import Collection, Iterable, Iterator

from jianbao.diagnostics import Finding
from jianbao.figures.book import Book
from jianbao.model import Bulletin, Story
from jianbao.proofreading import bulletins, numerals, ratios, series, texts, totals


def check_book(book: Book, quoted: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong between the figures of one bulletin that quotes these datasets."""
    yield from totals.totals_agree(book)
    yield from totals.parts_are_reported(book)
    yield from totals.limits_hold(book)
    yield from ratios.stated_ratios_agree(book)
    yield from series.cumulative_never_falls(book)
    yield from series.members_keep_reporting(book)
    yield from series.values_keep_moving(book)
    yield from series.values_do_not_jump(book)
    yield from series.figures_are_fresh(book, quoted)


def check_story(story: Story, units: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong in the words of one story; `units` are those of the figures."""
    yield from texts.captions_have_no_full_stop(story)
    yield from texts.photos_are_described(story)
    yield from texts.headlines_have_no_full_stop(story)
    yield from texts.deadline_words(story)
    yield from numerals.ranges_use_the_wave(story)
    yield from numerals.numbers_are_bound(story, frozenset(units))


def check_bulletin(bulletin: Bulletin, others: Iterable[Bulletin]) -> Iterator[Finding]:
    """Yield what is wrong with a bulletin's number and date beside the campaign's others."""
    yield from bulletins.numbers_are_unique(bulletin, tuple(others))
    yield from bulletins.as_of_is_not_later(bulletin)
