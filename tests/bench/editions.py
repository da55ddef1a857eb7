"""How long does one warm bulletin take, to HTML and to PDF, against plain WeasyPrint?

    python -m tests.bench.editions

For each sample bulletin on its first paper: checking and web page, what the press is asked while
pages arrange their stories (nothing remembered of the answers), pressing with composition, how
often that laid the pages out, and WeasyPrint as it is on the same HTML. In turns, each the median of
seven after one, of processor time; the ratio is the median of those of each turn.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from unittest.mock import patch

from weasyprint import HTML

from jianbao.model import Bulletin
from jianbao.pages.charts.blocks import set_all
from jianbao.pages.editions import Shown, print_html, web_html
from jianbao.pages.viewing import view
from jianbao.pipeline.arranging import arrange_pages, job_of
from jianbao.pipeline.drafting import make_draft
from jianbao.pipeline.runs import Draft, Run, untold
from jianbao.press.engine import BASE, _JobFetcher, press
from jianbao.press.jobs import Job
from jianbao.press.layouts import Layouts
from jianbao.reading.sites import Reported, read_bulletins, read_office, read_reported
from jianbao.settings import Settings, shipped_templates

ROOT = Path(__file__).parent.parent.parent
ADDRESSES = (
    "zhongyuan/2021-47",
    "huiji/2021-43",
    "yunxi/2026-47",
    "yunxi/2026-46",  # an A4 brief, whose photo is moved and whose foot is tried
    "yunxi/2026-48",  # a newspaper of four pages
)
RUNS = 7


def in_turns(*works: Callable[[], object]) -> list[list[float]]:
    """Return the seconds of processor time that each took, run after run; the first is left out.

    One after the other in each run: whatever else goes on in the machine hits all alike.
    """
    times: list[list[float]] = [[] for _ in works]
    for run in range(RUNS + 1):
        for work, known in zip(works, times, strict=True):
            start = process_time()
            work()
            if run:
                known.append(process_time() - start)
    return times


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sample bulletin, read and made up, and what the press is given of it."""

    run: Run
    reported: Reported
    bulletin: Bulletin
    draft: Draft
    job: Job


def prepared(address: str) -> Prepared:
    """Return a sample bulletin ready to be pressed on its first paper."""
    settings = Settings(ROOT, ROOT / "output", date(2026, 11, 22))
    office = read_office(ROOT, shipped_templates()).value
    reported = read_reported(ROOT, address.split("/", maxsplit=1)[0]).value
    bulletin = read_bulletins(ROOT, [address])[address].value
    assert office
    assert reported
    assert bulletin
    run = Run(settings, office, untold, delivering=False)
    draft = make_draft(run, reported, bulletin).value
    assert draft
    material = replace(
        draft.material, charts=set_all(draft.material.panels, draft.material.writings)
    )
    draft = replace(draft, material=material)
    material = arrange_pages(run, draft).value
    paper = bulletin.papers[0]
    html = str(print_html(office.site, material, draft.book, office.templates, paper))
    return Prepared(run, reported, bulletin, draft, job_of(html, material))


def layouts_of(job: Job) -> int:
    """Return how often a job is laid out before it is printed, attempts that were given up too."""
    with patch.object(Layouts, "render", autospec=True, side_effect=Layouts.render) as render:
        press(job)
    return render.call_count


def measure(address: str) -> str:
    """Return one row of the table."""
    made = prepared(address)
    site, looks, job = made.run.office.site, made.run.office.templates, made.job

    def web() -> object:
        known = make_draft(made.run, made.reported, made.bulletin).value
        assert known
        shown = Shown(view(known.material, web=True))
        return web_html(site, known.material, known.book, looks, shown)

    def plain() -> object:
        fetcher = _JobFetcher(job.resources)
        return HTML(string=job.html, base_url=BASE, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1"
        )

    times = in_turns(web, lambda: arrange_pages(made.run, made.draft), lambda: press(job), plain)
    shown = " | ".join(f"{1000 * median(each):.0f} ms" for each in times)
    ratio = median(ours / theirs for ours, theirs in zip(*times[-2:], strict=True))
    return f"| {address} | {shown} | {ratio:.2f} | {layouts_of(job)} |"


if __name__ == "__main__":
    sys.stdout.write(
        "| bulletin | read, check, web | arrange | press | plain WeasyPrint | ratio | laid out |\n"
        "|---|---|---|---|---|---|---|\n"
    )
    for name in ADDRESSES:
        sys.stdout.write(measure(name) + "\n")
