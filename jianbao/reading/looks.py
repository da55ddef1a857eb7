"""Read templates: the texts that pages are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding
from jianbao.reading.files import files_below, is_same, read_text

_TEXTS = frozenset({".html", ".css", ".js", ".txt", ".yaml", ".svg"})


@dataclass(frozen=True, slots=True)
class Template:
    """A template's text, and whose it is: the site's own or the one that is shipped."""

    text: str
    path: str
    shipped: bool = False


def read_templates(root: Path, shipped: Path) -> Checked[Mapping[str, Template]]:
    """Return every template by name; the site's own stands in for the shipped one."""
    templates: dict[str, Template] = {}
    findings: list[Finding] = []
    for folder in (shipped, root / "templates"):
        ours = is_same(folder, shipped)
        home, before = (folder, "") if ours else (root, "templates/")
        for name in files_below(folder):
            if PurePosixPath(name).suffix in _TEXTS:
                text = read_text(home, before + name)
                findings += text.findings
                templates[name] = Template(text.value or "", f"templates/{name}", ours)
    return Checked(templates, tuple(findings))
