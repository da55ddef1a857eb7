"""How long does one warm bulletin take, to HTML and to PDF, against plain WeasyPrint?

    python -m tests.bench.editions

For each sample bulletin: checking and web page, print HTML, pressing with composition, and
WeasyPrint as it is on the same HTML, in one run; each the median of five after one.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from weasyprint import HTML

from jianbao.model import Bulletin
from jianbao.pages.editions import Shown, print_html, web_html
from jianbao.pages.viewing import view
from jianbao.pipeline.drafting import make_draft
from jianbao.pipeline.runs import Draft, Run, untold
from jianbao.press.engine import BASE, _JobFetcher, press
from jianbao.press.jobs import Job, Resource
from jianbao.reading.sites import Reported, read_bulletins, read_office, read_reported
from jianbao.settings import Settings, shipped_templates

ROOT = Path(__file__).parent.parent.parent
ADDRESSES = ("zhongyuan/2021-47", "huiji/2021-43")


def seconds(work: Callable[[], object]) -> float:
    """Return the median seconds of five runs after one that is not counted."""
    work()
    times = []
    for _ in range(5):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sample bulletin, read and made up, and what the press is given of it."""

    run: Run
    reported: Reported
    bulletin: Bulletin
    draft: Draft
    job: Job


def prepared(address: str) -> Prepared:
    """Return a sample bulletin ready to be pressed at 四开."""
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
    html = str(print_html(office.site, draft.material, draft.book, office.templates, "四开"))
    pictures = {n: Resource(p.data, p.mime) for n, p in draft.material.pictures.items()}
    return Prepared(run, reported, bulletin, draft, Job(html, pictures))


def measure(address: str) -> str:
    """Return one row of the table."""
    made = prepared(address)
    site, looks, job = made.run.office.site, made.run.office.templates, made.job

    def web() -> object:
        known = make_draft(made.run, made.reported, made.bulletin).value
        assert known
        shown = Shown(view(known.material, web=True))
        return web_html(site, known.material, known.book, looks, shown)

    def printed() -> object:
        return print_html(site, made.draft.material, made.draft.book, looks, "四开")

    def plain() -> object:
        fetcher = _JobFetcher(job.resources)
        return HTML(string=job.html, base_url=BASE, url_fetcher=fetcher).write_pdf(
            pdf_variant="pdf/ua-1"
        )

    times = [
        seconds(web),
        seconds(printed),
        seconds(lambda: press(job)),
        seconds(plain),
    ]
    shown = " | ".join(f"{1000 * value:.0f} ms" for value in times)
    return f"| {address} | {shown} | {times[2] / times[3]:.2f} |"


if __name__ == "__main__":
    sys.stdout.write(
        "| bulletin | read, check, web | print HTML | press | plain WeasyPrint | ratio |\n"
        "|---|---|---|---|---|---|\n"
    )
    for name in ADDRESSES:
        sys.stdout.write(measure(name) + "\n")
