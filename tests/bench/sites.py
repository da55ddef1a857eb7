"""Sites to build for a bench: so many bulletins of one text, for Jianbao, Hugo and Pelican.

The text is seed A, 2,585 characters, with its numbers in words, so that no rule has anything to
say about it; the one paragraph of figures is added for Jianbao only, which looks them up.
"""

import re
from datetime import date, timedelta
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
CAMPAIGN = """title: 办实事
organisation: 云溪区
datasets:
  实事:
    measures:
      项目: {unit: 件}
      已完成: {unit: 件, at_most: 项目}
    ratios: {完成率: {of: 已完成 / 项目}}
    cadence: week
"""
PAGE = "  - {{layout: feature, name: 第{number}版, number: {number}, stories: {{lead: {file}}}}}\n"
HEAD = "引题：云溪区\n主题：第{number}期办实事\n供稿：区委宣传部\n---\n"
FIGURES = (
    "截至{{ 实事.截至 }}，共{{ 实事.项目 }}，已完成{{ 实事.已完成 }}，完成率{{ 实事.完成率 }}。\n"
)


def text(number: int) -> str:
    """Return the paragraphs of seed A without a figure in them, each marked with `number`.

    No two articles have a paragraph in common, or what is remembered of one served another.
    """
    mark = str(number).translate(str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸"))
    plain = (TEXTS / "seed-a.txt").read_text(encoding="utf-8")
    plain = re.sub(r"[0-9.]+%?", "若干", plain).replace("~", "至").replace("截至目前", "目前")
    plain = plain.replace("（", "").replace("）", "")
    return "".join(f"{line}{mark}。\n" for line in plain.splitlines() if line)


def jianbao(root: Path, bulletins: int, pages: int = 1) -> None:
    """Write a site of weekly bulletins; those of more pages have a story on each."""
    home = root / "data" / "yunxi"
    home.mkdir(parents=True)
    (root / "data/site.yaml").write_text(
        "title: 云溪区简报\norganisation: 云溪区委宣传部\n", encoding="utf-8"
    )
    (home / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    for week in range(60):
        day = date(2021, 1, 1) + timedelta(weeks=week)
        (home / f"{day}.yaml").write_text(
            f"实事: {{as_of: {day}, 项目: 882, 已完成: {600 + week}}}\n", encoding="utf-8"
        )
    for index in range(bulletins):
        # All of one year, so that the latest figures are never old; three a day.
        number, day = index + 1, date(2021, 1, 1) + timedelta(days=index * 364 // bulletins)
        folder = root / "content" / "yunxi" / f"2021-{number}"
        folder.mkdir(parents=True)
        plan = f"number: {number}\ntotal: {number}\ndate: {day}\npaper: 四开\npages:\n"
        for page in range(1, pages + 1):
            body = text(number * 10 + page)
            plan += PAGE.format(number=page, file=f"story{page}.md")
            story = HEAD.format(number=number) + FIGURES + body
            (folder / f"story{page}.md").write_text(story, encoding="utf-8")
        (folder / "bulletin.yaml").write_text(plan, encoding="utf-8")


def hugo(root: Path, articles: int) -> None:
    """Write the same text for Hugo, with the least of layouts."""
    _write(
        root / "hugo.toml", 'title = "简报"\nbaseURL = "/"\ndisableKinds = ["taxonomy", "rss"]\n'
    )
    page = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}"
    links = "{{ range .Site.RegularPages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}"
    _write(root / "layouts/_default/single.html", page)
    _write(root / "layouts/_default/list.html", f"<!doctype html>{links}")
    for number in range(1, articles + 1):
        body = text(number).replace("\n", "\n\n")
        head = f"---\ntitle: 第{number}期办实事\ndate: 2021-01-01\n---\n"
        _write(root / f"content/posts/{number}.md", head + body)


def pelican(root: Path, articles: int) -> None:
    """Write the same text for Pelican, with its simple theme and no feeds."""
    settings = (
        "SITENAME='x'\nSITEURL=''\nPATH='content'\nTIMEZONE='Asia/Shanghai'\nTHEME='simple'\n"
        "DEFAULT_LANG='zh'\nFEED_ALL_ATOM=None\nCATEGORY_FEED_ATOM=None\n"
        "TRANSLATION_FEED_ATOM=None\nAUTHOR_FEED_ATOM=None\nAUTHOR_FEED_RSS=None\n"
    )
    _write(root / "pelicanconf.py", settings)
    for number in range(1, articles + 1):
        body = text(number).replace("\n", "\n\n")
        head = f"Title: 第{number}期办实事\nDate: 2021-01-01\nSlug: a{number}\n\n"
        _write(root / f"content/{number}.md", head + body)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
