"""Read templates: the texts that pages are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from jianbao.diagnostics import Checked, Finding, Place
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
    own = root / "templates"
    for folder in (shipped,) if is_same(own, shipped) else (shipped, own):
        home, before = (folder, "") if folder is shipped else (root, "templates/")
        for name in files_below(folder):
            if PurePosixPath(name).suffix in _TEXTS:
                text = read_text(home, before + name)
                path = f"templates/{name}"
                findings += (replace(told, place=Place(path)) for told in text.findings)
                templates[name] = Template(text.value or "", path, folder is shipped)
    return Checked(templates, tuple(findings))
