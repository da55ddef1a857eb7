"""Books for tests, read from the same files a clerk would write."""

from pathlib import Path

from jianbao.diagnostics import Finding, Place
from jianbao.figures.book import Book, open_book
from jianbao.figures.language import evaluate
from jianbao.model import AsOf, Quote
from jianbao.reading.campaigns import read_campaign
from jianbao.reading.reports import read_reports
from jianbao.reading.scalars import read_as_of


def book_of(folder: Path, campaign: str, days: dict[str, str], as_of: str) -> Book:
    """Return the book of a campaign with these day files; all of them must be right."""
    home = folder / "data" / "yunxi"
    home.mkdir(parents=True, exist_ok=True)
    (home / "campaign.yaml").write_text(
        "title: 实事\norganisation: 云溪区\ndatasets:\n" + campaign, encoding="utf-8"
    )
    for day, text in days.items():
        (home / f"{day}.yaml").write_text(text, encoding="utf-8")
    known = read_campaign(folder, "yunxi")
    assert known.value is not None, known.findings
    reports = read_reports(folder, known.value)
    moment = read_as_of(as_of)
    assert isinstance(moment, AsOf)
    book = open_book(known.value, reports.value.observations, moment, {})

    assert () == (*known.findings, *reports.findings, *book.findings)
    return book.value


def say(book: Book, quote: str) -> str:
    """Return what a quote prints, or the rule that refuses it behind a !."""
    written = evaluate(book, Quote(quote, Place("x.md", 1, 1, 2, quote)), book.as_of.day.year)
    return f"!{written.rule}" if isinstance(written, Finding) else written.text
