"""docs/rules.md against the code: a section for each rule, and examples that do what they say.

The page's own sample bulletin is written over a copy of the small site. Below
`<!-- run: kind -->`, the wrong example must give the finding and the right one
must give nothing; a kind says which file of the sample the example stands in.
"""

import ast
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from PIL import Image

from jianbao import pipeline
from jianbao.settings import Settings
from tests.conftest import copy_of_small

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
WORDS = {"error": "差错", "warning": "疑似", "note": "提示"}
GIVES = {**WORDS, "Refused": "差错"}
STORY = "content/yunxi/2026-47/lead.md"
PLAN = "content/yunxi/2026-47/bulletin.yaml"
DAY = "data/yunxi/2026-11-20.yaml"
CAMPAIGN = "data/yunxi/campaign.yaml"
LEDGER = "data/yunxi/ledgers/诉求.csv"
HEAD = "引题：云溪区办实事\n主题：实事项目加快推进\n供稿：区委宣传部\n"
FILES = {
    "story": "lead.md", "press": "lead.md", "whole": "whole", "head": "head",
    "day": "2026-11-20.yaml", "bulletin": "bulletin.yaml", "campaign": "campaign.yaml",
    "parts": "lead.md", "site": "site.yaml", "template": "web.html", "ledger": "诉求.csv",
    "rounds": "rounds",
}  # fmt: skip
_RULE = re.compile(r"(?ms)^### `(?P<id>[^`\n]+)` (?P<severity>\S+)\n(?P<text>.*?)(?=^##|\Z)")
_RUN = re.compile(r"^<!-- run: (\w+) ?(.*) -->$", re.MULTILINE)
_SAMPLE = re.compile(r"(?s)\n\*\*`([^`\n]+)`\*\*[^\n]*\n\n```\w+\n(.*?)```")
_PART = re.compile(r"(?m)^# (\S+\.\w+)\n")


@dataclass(frozen=True)
class Rule:
    """A rule's section; `run` is the kind of its examples and what was done to the wrong one."""

    id: str
    severity: str
    text: str
    run: tuple[str, ...] = ()

    def example(self, word: str) -> str:
        """Return what stands behind 误 or 正: its fenced lines, or its first words in code."""
        item = re.search(rf"(?ms)^- {word}：(.*?)(?=^- )", self.text)
        assert item, f"{self.id} has no {word}"
        fence = re.search(r"(?ms)^  ```\w+\n(.*?)^  ```", item[1])
        code = fence[1] if fence else re.search(r"`([^`]+)`", item[1])[1]  # type: ignore[index]
        typed = re.sub(r"⟨U\+(\w+)⟩", lambda match: chr(int(match[1], 16)), code)
        return re.sub(r"(?m)^  ", "", typed)


def rules() -> list[Rule]:
    """Return every section of the page, in its order."""
    sections = []
    for match in _RULE.finditer(PAGE):
        run = _RUN.search(match["text"])
        words = (run[1], *run[2].split()) if run else ()
        sections.append(Rule(match["id"], match["severity"], match["text"], words))
    return sections


def either(node: ast.expr) -> tuple[ast.expr, ...]:
    """Return both ends of `one if … else other`, or the one that is there."""
    return (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)


def named_in_code() -> dict[str, set[str]]:
    """Return each rule the code names, with the severities it is given there."""
    known: dict[str, set[str]] = {}
    for file in (ROOT / "jianbao").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or file.name == "diagnostics.py":
                continue
            severity = GIVES.get(ast.unparse(node.func))
            if severity is None or ast.unparse(node.args[0]).endswith(".rule"):
                continue  # the rule was named where it was refused
            for rule in either(node.args[0]):
                assert isinstance(rule, ast.Constant), f"{file}:{node.lineno}: write the rule out"
                known.setdefault(str(rule.value), set()).add(severity)
    return known


RULES, CODE = rules(), named_in_code()
RUN = [rule for rule in RULES if rule.run]


def test_every_rule_has_one_section_with_its_severity() -> None:
    """Code and page know the same rules, each once, with the same severity."""
    headings = re.findall(r"(?m)^### .*$", PAGE)

    assert len(headings) == len(RULES), "a heading is written otherwise"
    assert len(RULES) == len({rule.id for rule in RULES})
    assert CODE == {rule.id: {rule.severity} for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_section_is_complete(rule: Rule) -> None:
    """A section has a sentence in Chinese and in English, 误, 正 and 来源, in words for a clerk."""
    chinese, _, english = rule.text.split("\n")[0].partition(" *")

    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.id)
    assert re.fullmatch(r".*[\u4e00-\u9fff].*[。？]", chinese)
    assert re.fullmatch(r"[A-Z].*\.\*", english)
    assert ["误", "正", "来源"] == re.findall(r"(?m)^- (误|正|来源)：", rule.text)
    assert re.search(r"(?m)^- 来源：\S+", rule.text)
    assert not re.search("键|语法|undefined", rule.text)


@pytest.mark.parametrize("rule", RUN, ids=lambda rule: rule.id)
def test_the_examples_do_what_they_say(rule: Rule, tmp_path: Path) -> None:
    """The wrong example gives the finding with its severity; the right one gives none at all."""
    wrong = found(tmp_path / "wrong", rule.run, rule.example("误"))
    right = found(tmp_path / "right", rule.run[:2], rule.example("正"))

    assert (rule.id, rule.severity) in wrong
    assert [] == [name for name, severity in right if severity != "提示" or name == rule.id]


def test_the_sample_has_no_findings(tmp_path: Path) -> None:
    """What all examples stand in is right as it is."""
    assert [] == found(tmp_path, ("target",), "check yunxi")


def found(folder: Path, run: tuple[str, ...], example: str) -> list[tuple[str, str]]:
    """Return the rules and severities found in the sample with an example put in."""
    settings = sample(folder)
    kind, target = run[0], "yunxi"
    if kind == "file":
        put_file(settings.root, example.strip())
    elif kind == "sheet":
        put_sheet(settings.root, example, run[1:])
    elif kind == "target":
        target = example.rsplit(maxsplit=1)[-1]
    else:
        for name, text in parts(FILES[kind], example):
            put(settings.root, name, text)
    asked = replace(settings, targets=(target,), pdf=kind == "press")
    outcome = pipeline.check(replace(asked, fast=kind not in ("press", "template")))
    return [(finding.rule, WORDS[finding.severity]) for finding in outcome.findings]


def sample(folder: Path) -> Settings:
    """Return a site that holds what the page shows, the bulletin before, and a photo."""
    settings = copy_of_small(folder)
    written = dict(_SAMPLE.findall(PAGE))
    assert [CAMPAIGN, DAY, LEDGER, STORY, PLAN] == list(written)
    (settings.root / LEDGER).parent.mkdir()
    for path, text in written.items():
        (settings.root / path).write_text(text, encoding="utf-8")
    photos = settings.root / "content/yunxi/2026-47/photos"
    photos.mkdir()
    Image.new("RGB", (8, 8)).save(photos / "dadi.jpg")
    (photos / "dadi.heic").write_bytes(b"no picture")
    before = settings.root / "content/yunxi/2026-46"
    shutil.copytree(photos.parent, before)
    (before / "lead.md").write_text(f"{HEAD}---\n正文。\n", encoding="utf-8")
    change(before / "bulletin.yaml", "number: 46\ntotal: 311\ndate: 2026-11-20\n")
    return settings


def parts(name: str, example: str) -> list[tuple[str, str]]:
    """Return the files an example is made of; a line `# name` begins each where it is several."""
    if not _PART.match(example):
        return [(name, example)]
    pieces = _PART.split(example)[1:]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


def put(root: Path, name: str, text: str) -> None:
    """Put an example into the file of the sample where it belongs."""
    text = text.rstrip("\n") + "\n"
    story = root / STORY
    if name == "lead.md":
        story.write_text(f"{HEAD}---\n{text}", encoding="utf-8")
    elif name == "whole":
        story.write_text(text, encoding="utf-8")
    elif name == "head":
        story.write_text(HEAD, encoding="utf-8")
        change(story, text)
        story.write_text(story.read_text(encoding="utf-8") + "---\n正文。\n", encoding="utf-8")
    elif name == "bulletin.yaml":
        change(root / PLAN, text)
    elif name == "site.yaml":
        change(root / "data/site.yaml", text)
    elif name == "campaign.yaml":
        with (root / CAMPAIGN).open("a", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^", "  ", text))
    elif name == "rounds":
        with (root / CAMPAIGN).open("a", encoding="utf-8") as file:
            file.write(text)
    elif name == Path(LEDGER).name:
        (root / LEDGER).write_text(text, encoding="utf-8")
    elif name == "web.html":
        (root / "templates" / name).write_text(text, encoding="utf-8")
    else:
        put(root, "lead.md", "正文。")
        (root / "data/yunxi" / name).write_text(text, encoding="utf-8")


def change(file: Path, text: str) -> None:
    """Replace the entries of a file that `text` gives anew, and add the others."""
    old = re.split(r"(?m)^(?=\S)", file.read_text(encoding="utf-8"))
    new = {re.split("[:：]", entry)[0] for entry in re.split(r"(?m)^(?=\S)", text)}
    kept = [entry for entry in old if re.split("[:：]", entry)[0] not in new]
    file.write_text("".join(kept) + text, encoding="utf-8")


def put_file(root: Path, path: str) -> None:
    """Make a harmless file, or a folder, of this name."""
    file = root / path
    file.parent.mkdir(exist_ok=True)
    if path.endswith("/"):
        file.mkdir()
    elif file.suffix == ".md":
        file.write_text(f"{HEAD}---\n正文。\n", encoding="utf-8")
    elif file.suffix == ".yaml":
        file.write_text("防汛: {截至: 2026-11-19, 人员: 11.5万}\n", encoding="utf-8")
    else:
        put_sheet(root, "截至 ｜ 2026-11-19\n人员（人）\n115000", ("防汛",), file)


def put_sheet(root: Path, rows: str, options: tuple[str, ...], file: Path | None = None) -> None:
    """Write a day's workbook with one sheet, and do to it what is said behind its name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = options[0]
    for row in rows.strip("\n").split("\n"):
        cells = [cell.strip() for cell in row.split("｜")]
        sheet.append([float(c) if re.fullmatch(r"[\d.]+", c) else c or None for c in cells])
    match options[1:]:
        case ("merge", area):
            sheet.merge_cells(area)
        case ("hide", row):
            sheet.row_dimensions[int(row)].hidden = True
        case ("far", cell):
            sheet[cell] = "完"
        case ("format", cell, pattern):
            sheet[cell].number_format = pattern
    put(root, "lead.md", "正文。")
    if file is None:
        (root / DAY).unlink()
    book.save(file or (root / DAY).with_suffix(".xlsx"))
