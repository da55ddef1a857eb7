"""How soon a changed sentence is on the screen, in the sample's largest bulletin or among many.

    python -m tests.bench.serving [TIMES [BULLETINS]]

A copy of the sample is served, or, where a number of BULLETINS is given, a site of so many, a sentence of its lead changed again and again, and a real browser
watched: `page` is when the new page lies there (the news say so), `screen` when the browser shows
the sentence. Both count from the moment before the file is written; half of 30 ms is the wait for
quiet. The first change is not counted. The load of the machine stands beside the numbers.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import click
from playwright.sync_api import Page, sync_playwright

from jianbao.serving.server import open_port
from tests.bench import sites

ROOT = Path(__file__).parent.parent.parent


class Changing(NamedTuple):
    """The sentence that is changed: its bulletin, its story there, and words in it."""

    address: str
    story: str
    words: str


NEWS = """() => { window.turned = new Promise(done => {
  const news = new EventSource('/.preview/news');
  let first = '';
  news.onmessage = event => {
    const version = JSON.parse(event.data).version;
    first = first || version;
    if (version !== first) { news.close(); done(Date.now() / 1000); }
  };
  news.onopen = () => { document.title = 'listening'; };
}) }"""


def written(root: Path, bulletins: int) -> Changing:
    """Write a site, the sample where `bulletins` is 0; return what is to be changed."""
    if bulletins:
        sites.jianbao(root, bulletins)
        number = bulletins // 2
        return Changing(f"yunxi/2021-{number}", "story1.md", f"第{number}期办实事")
    for part in ("data", "content"):
        shutil.copytree(ROOT / part, root / part)
    return Changing("yunxi/2026-48", "lead.md", "再过一个月")


def measured(root: Path, address: str, what: Changing, times: int) -> list[tuple[float, float]]:
    """Return seconds until the page lies there, and until the sentence is on the screen."""
    story = root / "content" / what.address / what.story
    text = story.read_text(encoding="utf-8")
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        watching, ear = browser.new_page(), browser.new_page()
        watching.goto(f"{address}{what.address}/")
        ear.goto(f"{address}.preview/preview.css")
        for number in range(times + 1):
            words = f"再过{number + 2}个月"
            found.append(_changed((watching, ear), story, text.replace(what.words, words), words))
            time.sleep(1)
        browser.close()
    return found[1:]


def _changed(pages: tuple[Page, Page], story: Path, text: str, words: str) -> tuple[float, float]:
    watching, ear = pages
    ear.evaluate(NEWS)
    ear.wait_for_function("document.title === 'listening'")
    start = time.time()
    story.write_text(text, encoding="utf-8")
    watching.get_by_text(words).first.wait_for(timeout=30_000)
    shown = time.time() - start
    return float(ear.evaluate("window.turned")) - start, shown


def main() -> None:
    """Measure, and print medians and the worst."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    bulletins = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        what = written(root, bulletins)
        with open_port("127.0.0.1", 19760) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "jianbao.cli", "serve", what.address, "--site", folder]
        process = subprocess.Popen(
            [*command, "--port", str(port)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            found = measured(root, address, what, times)
        finally:
            process.terminate()
            process.wait()
    for index, name in enumerate(("page", "screen")):
        values = sorted(each[index] for each in found)
        click.echo(f"{name}: median {statistics.median(values):.2f} s, worst {values[-1]:.2f} s")
    click.echo(f"load: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
