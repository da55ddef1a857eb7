"""How soon a changed sentence is on the screen, in the sample's largest bulletin.

    python -m tests.bench.serving [TIMES]

A copy of the site is served, a sentence of its lead changed again and again, and a real browser
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

import click
from playwright.sync_api import Page, sync_playwright

from jianbao.serving.server import open_port

ROOT = Path(__file__).parent.parent.parent
ADDRESS, STORY, WORDS = "yunxi/2026-48", "lead.md", "再过一个月"
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


def measured(root: Path, address: str, times: int) -> list[tuple[float, float]]:
    """Return seconds until the page lies there, and until the sentence is on the screen."""
    story = root / "content" / ADDRESS / STORY
    text = story.read_text(encoding="utf-8")
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        watching, ear = browser.new_page(), browser.new_page()
        watching.goto(f"{address}{ADDRESS}/")
        ear.goto(f"{address}.preview/preview.css")
        for number in range(times + 1):
            found.append(_changed(watching, ear, story, text, f"再过{number + 2}个月"))
            time.sleep(1)
        browser.close()
    return found[1:]


def _changed(watching: Page, ear: Page, story: Path, text: str, words: str) -> tuple[float, float]:
    ear.evaluate(NEWS)
    ear.wait_for_function("document.title === 'listening'")
    start = time.time()
    story.write_text(text.replace(WORDS, words), encoding="utf-8")
    watching.get_by_text(words).first.wait_for(timeout=30_000)
    shown = time.time() - start
    return float(ear.evaluate("window.turned")) - start, shown


def main() -> None:
    """Measure, and print medians and the worst."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("data", "content"):
            shutil.copytree(ROOT / part, root / part)
        with open_port("127.0.0.1", 19760) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "jianbao.cli", "serve", ADDRESS, "--site", folder]
        process = subprocess.Popen(
            [*command, "--port", str(port)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            found = measured(root, address, times)
        finally:
            process.terminate()
            process.wait()
    for index, name in enumerate(("page", "screen")):
        values = sorted(each[index] for each in found)
        click.echo(f"{name}: median {statistics.median(values):.2f} s, worst {values[-1]:.2f} s")
    click.echo(f"load: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
