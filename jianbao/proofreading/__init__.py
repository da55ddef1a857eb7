"""Proofreading: one file a family of rules; a rule is a function from values to findings.

    Book ──check_book──▶ findings        Story ──check_story──▶ findings

A rule reads values and says what it sees; it changes nothing and opens no
file. It says nothing rather than something doubtful: 宁可漏报，不可误报. Each
rule's id has a section in docs/rules.md.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from jianbao.diagnostics import Finding
from jianbao.figures.book import Book
from jianbao.figures.language import Written
from jianbao.model import Bulletin, Story
from jianbao.model.editions import Edition
from jianbao.proofreading import (
    beside,
    bulletins,
    editions,
    ledgers,
    moments,
    naming,
    numerals,
    omissions,
    personal,
    plans,
    profiles,
    ratios,
    series,
    shares,
    sums,
    texts,
    totals,
)
from jianbao.proofreading.matching.catalogue import Catalogue
from jianbao.proofreading.matching.deciding import match_lines
from jianbao.reading.sites import Office, Reported


def check_book(book: Book, quoted: Collection[str]) -> Iterator[Finding]:
    """Yield what is wrong between the figures of one bulletin that quotes these datasets."""
    yield from totals.totals_agree(book)
    yield from totals.parts_are_reported(book)
    yield from totals.limits_hold(book)
    yield from totals.things_are_whole(book)
    yield from shares.shares_lie_within(book)
    yield from shares.counts_are_not_negative(book)
    yield from ratios.stated_ratios_agree(book)
    yield from series.cumulative_never_falls(book)
    yield from series.members_keep_reporting(book)
    yield from series.values_keep_moving(book)
    yield from series.values_do_not_jump(book)
    yield from series.figures_are_fresh(book, quoted)


def check_quotes(
    book: Book, stories: Mapping[str, Story], writings: Mapping[str, Sequence[Written]]
) -> Iterator[Finding]:
    """Yield what is wrong between the figures that one bulletin prints."""
    yield from sums.printed_parts_add_up(book, stories, writings)
    printed = [
        (quote.place, written.figure, written.text)
        for path, story in stories.items()
        for quote, written in zip(story.quotes, writings[path], strict=True)
        if written.figure and not written.phrase
    ]
    yield from ratios.ratios_have_the_same_decimals(printed)
    for path, story in stories.items():
        yield from beside.units_stand_once(story, writings[path])
        yield from beside.approximations_come_from_the_figure(story, writings[path])


def check_ledgers(reported: Reported) -> Iterator[Finding]:
    """Yield what is wrong within the ledgers of a campaign."""
    for table in reported.ledgers:
        yield from ledgers.totals_agree(table)
        yield from ledgers.keys_are_unique(table, reported.campaign.datasets[table.dataset])


def check_story(story: Story, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is wrong in the words of one story; `catalogue` has the bulletin's figures."""
    yield from texts.nothing_is_left_to_write(story)
    yield from texts.captions_have_no_full_stop(story)
    yield from texts.photos_are_described(story)
    yield from texts.headlines_have_no_full_stop(story)
    yield from texts.deadline_words(story)
    yield from naming.names_stand_in_braces(story.lines, catalogue.book)
    yield from personal.nothing_names_a_person(story)
    yield from numerals.ranges_use_the_wave(story)
    matches = match_lines(story.path, tuple(place.text for place in story.lines), catalogue)
    yield from moments.as_ofs_agree(story.lines, matches, catalogue)
    yield from numerals.numbers_are_bound(matches)


def check_bulletin(bulletin: Bulletin, others: bulletins.Numbering) -> Iterator[Finding]:
    """Yield what is wrong with a bulletin's number, date and imprint, also beside the others."""
    yield from bulletins.numbers_are_unique(bulletin, others)
    yield from bulletins.numbers_run_on(bulletin, others)
    yield from bulletins.as_of_is_not_later(bulletin)
    yield from profiles.imprint_is_complete(bulletin)
    yield from profiles.run_is_the_lists_sum(bulletin)
    yield from profiles.receivers_stand_once(bulletin)


def check_plan(
    bulletin: Bulletin,
    reported: Reported,
    stories: Mapping[str, Story],
    office: Office,
    chosen: Collection[Edition] = (),
) -> Iterator[Finding]:
    """Yield what is wrong between a bulletin's plan, its stories and what the office has."""
    yield from editions.profile_is_named(office.site.printing, chosen)
    yield from editions.copies_can_be_read(office.site.copying, bulletin, chosen)
    masthead = profiles.masthead_of(office.site, reported.campaign)
    yield from plans.plan_fits(bulletin, office.layouts)
    yield from plans.photos_are_enough(bulletin, stories, office.layouts)
    yield from omissions.nothing_is_left_out(bulletin, stories, office.layouts)
    yield from profiles.masthead_is_allowed(bulletin, masthead)
    yield from profiles.words_are_allowed(bulletin.imprint, stories.values())
