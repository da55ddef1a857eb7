"""The browsers of a Chinese office are forks of Chromium from 86 on: nothing they lack is needed.

They cannot be run here. What can be held is that style sheets and scripts use no
property, selector, at-rule or name that came later (tests/baseline, from MDN's
table), except behind @supports, or where a browser passes over it without harm.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from jianbao.settings import shipped_templates

TABLE = (Path(__file__).parent / "baseline/chromium-86.txt").read_text(encoding="utf-8")
# Passed over without harm: what they do is finer setting, never layout.
FINER = {"text-underline-offset", "text-wrap", "text-spacing-trim", "text-autospace",
         "forced-color-adjust"}  # fmt: skip
SYNTAX = {
    "a class's static block (94)": r"\bstatic\s*\{",
    "`#name in` (91)": r"#\w+\s+in\s",
    "a regular expression's v or d flag": r"/[gimsuy]*[vd][gimsuy]*[.,;)\s]",
    "an import with attributes": r"\bimport\b.*\bwith\b",
    "await outside a function": r"(?m)^await\b",
}
ELEMENTS = r"<(search|selectlist|fencedframe)\b|\s(popover|inert|closedby|commandfor)(=|[\s>])"


def table() -> Mapping[str, frozenset[str]]:
    """Return what Chromium 86 knows, and the names that came later, by section."""
    parts = re.findall(r"(?ms)^\[(\w+)\]\n(.*?)(?=^\[|\Z)", TABLE)
    return {name: frozenset(words.split()) for name, words in parts}


KNOWN = table()


def refused_css(text: str) -> Iterator[str]:
    """Yield what of a style sheet Chromium 86 does not know and does not pass over unharmed."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", text)
    text = re.sub(r'"[^"]*"', '""', text)
    yield from (f"@{name}" for name in re.findall(r"@([\w-]+)", text) if name not in KNOWN["at"])
    for selector, body in re.findall(r"([^{};]*)\{([^{}]*)\}", text):
        for pseudo in re.findall(r"::?([a-z-]+)", selector if "@" not in selector else ""):
            if pseudo not in KNOWN["sel"]:
                yield f":{pseudo}"
        for name in re.findall(r"(?:^|;)\s*([a-z][\w-]*)\s*:", body):
            if name not in KNOWN["props"] | FINER:
                yield name
        yield from re.findall(r"\b(?:\d+(?:[dsl]v[hw]|cq\w+)|color-mix|oklch)\b", body)


def refused_js(text: str) -> Iterator[str]:
    """Yield what of a script came after Chromium 86."""
    text = re.sub(r"/\*.*?\*/|(?m:(?<!:)//.*$)", "", text, flags=re.DOTALL)
    for name in re.findall(r"\.([a-zA-Z]+)|\b([A-Z][a-zA-Z]+|structuredClone)\b", text):
        word = name[0] or name[1]
        if word in KNOWN["late"] | {"structuredClone"}:
            yield word
    yield from (what for what, form in SYNTAX.items() if re.search(form, text))


def web_files(ending: str) -> list[Path]:
    """Return what of the look goes to browsers."""
    folder = shipped_templates()
    printed = {"print.css"}
    return [file for file in sorted(folder.glob(f"*{ending}")) if file.name not in printed]


@pytest.mark.parametrize("file", web_files(".css"), ids=lambda file: file.name)
def test_style_sheets_need_nothing_later(file: Path) -> None:
    """Every property, selector, at-rule and unit is one that Chromium 86 knows."""
    assert [] == list(refused_css(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", web_files(".js"), ids=lambda file: file.name)
def test_scripts_need_nothing_later(file: Path) -> None:
    """No name and no syntax that came after Chromium 86."""
    assert [] == list(refused_js(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", web_files(".html"), ids=lambda file: file.name)
def test_pages_need_nothing_later(file: Path) -> None:
    """No element or attribute that would do nothing there; no script in the page."""
    text = file.read_text(encoding="utf-8")

    assert [] == re.findall(ELEMENTS, text)
    assert [] == re.findall(r"<script(?![^>]*\bsrc=)", text)
    assert [] == re.findall(r"\son[a-z]+=|javascript:", text)


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p:has(a) { color: red }", [":has"]),
        ("p { aspect-ratio: 1 }", ["aspect-ratio"]),
        ("p { inset: 0 }", ["inset"]),
        ("@container (width > 9em) { p { color: red } }", ["@container"]),
        ("@layer base { p { color: red } }", ["@layer"]),
        ("p { height: 100dvh }", ["100dvh"]),
        ("@supports (inset: 0) { p { inset: 0 } }", []),
        ("p { text-wrap: balance; gap: 1em; color: red }", []),
    ],
)
def test_the_check_of_style_sheets_finds(css: str, expected: list[str]) -> None:
    """It refuses what it should, and lets guarded and harmless things through."""
    assert expected == list(refused_css(css))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("x.at(-1)", ["at"]),
        ("const y = structuredClone(x)", ["structuredClone"]),
        ("list.findLast(f)", ["findLast"]),
        ("box.showPopover()", ["showPopover"]),
        ("// x.at(-1)\nlist.find(f)?.name ?? ''", []),
        ("class A { static { x() } }", ["a class's static block (94)"]),
    ],
)
def test_the_check_of_scripts_finds(script: str, expected: list[str]) -> None:
    """It refuses what it should, and nothing in comments."""
    assert expected == list(refused_js(script))
