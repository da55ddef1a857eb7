"""How long does the web edition of a thousand bulletins take, and how quick is search in it?

    python -m tests.bench.websites [HOW_MANY] [--tools FOLDER]

Writes a site of made-up weeks (figures as of every week, a story of about 2,500 characters that
quotes them, sentences drawn from tests/bench/texts with numbers of their own), then measures: the
whole site without PDF and fonts, once more without a change and with one sentence changed, the size of the index, the first and the next
searches in Chromium, by time and by bytes, and 200 random pieces of the text. FOLDER is a virtual
environment with Pelican and Hugo, which set the same stories as plain pages in the same run.
"""

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

from playwright.sync_api import Page, Request, sync_playwright

from jianbao.site.folding import folded, grams
from jianbao.site.texts import read_script

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CODE = """
import sys
from datetime import date
from pathlib import Path
from jianbao import pipeline
from jianbao.settings import Settings
root, output, *targets = sys.argv[1:]
day = date(2026, 11, 22)
asked = Settings(
    Path(root), Path(output), day, tuple(targets), pdf=False, fonts=False, remember=True
)
made = pipeline.build(asked)
assert made.made or made.fresh, made.findings[:5]
"""
CAMPAIGN = """title: 民生实事
organisation: 云溪区
datasets:
  实事:
    name: 实事项目
    dimensions: {级别: [区级, 乡镇级]}
    measures:
      项目: {unit: 件}
      已完成: {unit: 件, at_most: 项目, cumulative: true}
    ratios:
      完成率: {of: 已完成 / 项目}
    cadence: week
"""
PLAN = """number: {number}
date: {day}
paper: 四开
profile: jianbao
pages:
  - {{layout: feature, name: 要闻, number: 1, stories: {{lead: lead.md}}}}
"""
STORY = """主题：{head}
供稿：区督查室
---
截至{{{{ 实事.截至 }}}}，全区共有{{{{ 实事.项目 }}}}，已完成{{{{ 实事.已完成 }}}}，完成率{{{{ 实事.完成率 }}}}；区级完成{{{{ 实事.区级.已完成 }}}}。
{body}
"""
SITE = "title: 基准\nlanguage: zh\norganisation: 云溪区\nseverities: {number-typed: note}\n"


def sentences() -> Sequence[str]:
    """Return the sentences of the bench texts that hold no number, which a story would bind."""
    texts = "".join(file.read_text(encoding="utf-8") for file in sorted((HERE / "texts").glob("*.txt")))  # fmt: skip
    found = re.findall(
        r"[^。！？\n]{8,60}[。！？]", re.sub(r"\{\{.*?\}\}|[{}|*#/<>\[\]]", "", texts)
    )
    spoken = (said.strip() for said in found if not re.search(r"[0-9０-９%]", said))
    return tuple(dict.fromkeys(spoken))


def write_site(root: Path, many: int) -> list[tuple[str, str, str]]:
    """Write a site of `many` weekly bulletins; return each story's day, headline and text."""
    dice, pool = random.Random(2026), sentences()
    names = [chr(0x4E00 + dice.randrange(3500)) for _ in range(900)]
    (root / "data/yunxi").mkdir(parents=True)
    (root / "data/site.yaml").write_text(SITE, encoding="utf-8")
    (root / "data/yunxi/campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    stories: list[tuple[str, str, str]] = []
    done, last, number = 0, 0, 0
    day = date(2026, 11, 19) - timedelta(weeks=many)
    for count in range(many):
        day += timedelta(weeks=1)
        number = 1 if day.year != last else number + 1
        last = day.year
        done += dice.randrange(3)
        values = f"实事:\n  截至: {day}\n  区级: {{项目: {2 * many}, 已完成: {done}}}\n  乡镇级: {{项目: {3 * many}, 已完成: {done + count}}}\n"
        (root / f"data/yunxi/{day}.yaml").write_text(values, encoding="utf-8")
        head = f"云溪区{dice.choice(pool)[:9].rstrip('，。')}"
        body, size = [], 0
        while size < 2_400:
            words = dice.choice(pool)
            at = dice.randrange(len(words))
            said = words[:at] + "".join(dice.choices(names, k=2)) + words[at:]
            body.append(said)
            size += len(said)
        text = "\n".join("".join(body[at : at + 4]) for at in range(0, len(body), 4))
        folder = root / f"content/yunxi/{day.year}-{number:02d}"
        folder.mkdir(parents=True)
        (folder / "bulletin.yaml").write_text(PLAN.format(number=number, day=day), encoding="utf-8")
        (folder / "lead.md").write_text(STORY.format(head=head, body=text), encoding="utf-8")
        stories.append((day.isoformat(), head, text))
    return stories


def timed(command: Sequence[object], folder: Path) -> tuple[float, int]:
    """Run a command in a folder; return its seconds and its largest memory in MB."""
    start = perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stderr
    said = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.stderr.write(said[-2000:])
    return perf_counter() - start, usage.ru_maxrss // 1024


def searches(output: Path) -> None:
    """Measure searches in Chromium, from file://: time, and bytes of what was loaded."""
    dice = random.Random(7)
    texts = [read_script(file.read_bytes()) for file in sorted(output.glob("*/*/text.js"))]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for words in ("完成率", dice.choice(texts).stories[0][2][9][:6], "２００件"):
            page = chromium.new_page()
            loaded: list[str] = []
            page.on("request", partial(note, loaded))
            page.goto((output / "search.html").as_uri())
            size, pause = len(loaded), ask(page, words)
            total = sum(Path(url.removeprefix("file://")).stat().st_size for url in loaded)
            after = len(loaded)
            again = ask(page, dice.choice(texts).stories[0][2][5][:4])
            show(f"first search “{words}”", f"{total / 1024:.0f} KB in {after} files ({size} before), {1000 * pause:.0f} ms; the next {1000 * again:.0f} ms")  # fmt: skip
            page.close()
        page = chromium.new_page()
        page.goto((output / "search.html").as_uri())
        times: list[float] = []
        missed: list[str] = []
        while len(times) < 200:
            line = dice.choice(dice.choice(texts).stories[0][2])
            start = dice.randrange(max(1, len(line) - 2))
            words = line[start : start + dice.randint(2, 8)]
            if re.search(r"\s", words) or not grams(folded(words)):
                continue
            times.append(ask(page, words))
            missed += [] if page.locator("mark").count() else [words]
        show("200 pieces of the text", f"{len(missed)} missed {missed[:3]}; median {1000 * sorted(times)[100]:.0f} ms, slowest {1000 * max(times):.0f} ms")  # fmt: skip
        chromium.close()


def note(loaded: list[str], request: Request) -> None:
    """Keep what the page asks for."""
    loaded.append(request.url)


def ask(page: Page, words: str) -> float:
    """Search, and return the seconds until the page says what it found."""
    page.fill("#words", words)
    start = perf_counter()
    page.press("#words", "Enter")
    page.wait_for_function("() => /期|没有/.test(document.getElementById('state').textContent)")
    return perf_counter() - start


def others(folder: Path, tools: Path, stories: Sequence[tuple[str, str, str]]) -> None:
    """Let Pelican and Hugo make plain pages of the same stories."""
    content = folder / "pelican/content"
    content.mkdir(parents=True)
    posts = folder / "hugo/content/posts"
    posts.mkdir(parents=True)
    layouts = folder / "hugo/layouts/_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text("<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}{{ range .Pages }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}")  # fmt: skip
    (folder / "hugo/hugo.toml").write_text('title = "x"\nbaseURL = "/"\n', encoding="utf-8")
    for at, (day, head, text) in enumerate(stories):
        words = text.replace("\n", "\n\n")
        (content / f"{at}.md").write_text(f"Title: {head}\nDate: {day}\nSlug: s{at}\n\n{words}\n", encoding="utf-8")  # fmt: skip
        (posts / f"{at}.md").write_text(f"---\ntitle: {head}\ndate: {day}\n---\n{words}\n", encoding="utf-8")  # fmt: skip
    (folder / "pelican/conf.py").write_text("SITEURL=''\nPATH='content'\nTIMEZONE='UTC'\nDEFAULT_LANG='zh'\n")  # fmt: skip
    seconds, memory = timed([tools / "bin/pelican", "content", "-s", "conf.py", "-o", "out"], folder / "pelican")  # fmt: skip
    show("Pelican, its default theme", f"{seconds:.2f} s, {memory} MB")
    seconds, memory = timed([tools / "bin/hugo", "--quiet"], folder / "hugo")
    show("Hugo, bare pages", f"{seconds:.2f} s, {memory} MB")


def show(name: str, value: str) -> None:
    """Write a row of the table."""
    sys.stdout.write(f"| {name} | {value} |\n")
    sys.stdout.flush()


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("many", type=int, nargs="?", default=1_000)
    parser.add_argument("--tools", type=Path)
    asked = parser.parse_args()
    folder = Path(mkdtemp(prefix="jianbao-bench-"))
    root, output = folder / "site", folder / "output"
    stories = write_site(root, asked.many)
    build = [sys.executable, "-P", "-c", CODE, root, output]
    seconds, memory = timed(build, folder)
    show(f"{asked.many} bulletins, whole site", f"{seconds:.1f} s, {memory} MB")
    seconds, memory = timed(build, folder)
    show("nothing changed", f"{seconds:.1f} s, {memory} MB")
    last = max(folder.glob("site/content/yunxi/*/lead.md"))
    last.write_text(last.read_text(encoding="utf-8") + "又一句话。\n", encoding="utf-8")
    seconds, memory = timed(build, folder)
    show("one sentence changed", f"{seconds:.1f} s, {memory} MB")
    index = [file.stat().st_size for file in (output / "search").iterdir()]
    show("index", f"{sum(index) / 1e6:.1f} MB in {len(index)} files, the largest {max(index) / 1024:.0f} KB")  # fmt: skip
    searches(output)
    if asked.tools:
        others(folder, asked.tools, stories)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
