#!/usr/bin/env python3
"""Set a text at several measures, plain and composed, and print how its columns measure.

    python tests/bench/composition.py TEXT.txt tools/measure_columns.py

TEXT holds a paragraph a line. Columns stand 30 pt apart: the tool takes a closing mark's full em
for its width and would run narrower-set columns into one. Times are of the second, warm pressing.
"""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from weasyprint import HTML

from jianbao.press.composition import composed

SETTINGS = (("A3, 5 columns", 9.5, 14, 5, 14.18), ("14 characters", 9, 13, 4, 14),
            ("18 characters", 9, 13, 4, 18))


def page(paragraphs: list[str], size: float, row: float, count: int, ems: float) -> str:
    """Return the HTML of one page with `count` columns of `ems` characters."""
    width = count * ems * size + (count - 1) * 30
    return (f"<html lang=zh-CN><style>@page{{size:{width + 72}pt 1191pt;margin:36pt}}"
            f"body{{margin:0;font:{size}pt/{row}pt 'Noto Serif CJK SC';text-align:justify}}"
            "p{margin:0;text-indent:2em;orphans:2;widows:2}"
            f"main{{column-count:{count};column-gap:30pt;column-fill:auto;height:{row * 78}pt}}"
            "</style><main>" + "".join(f"<p>{text}</p>" for text in paragraphs))


def pressed(html: str, context: AbstractContextManager[None]) -> tuple[bytes, float]:
    """Return a page's PDF and the seconds it took."""
    start = time.perf_counter()
    with context:
        pdf: bytes = HTML(string=html).write_pdf()
    return pdf, time.perf_counter() - start


def main(text: str, tool: str) -> None:
    """Print one line of measurements for each setting and way of setting."""
    paragraphs = Path(text).read_text(encoding="utf-8").split()
    for name, *setting in SETTINGS:
        html = page(paragraphs, *setting)
        for way, context in (("plain", nullcontext), ("composed", composed)):
            pressed(html, context())
            pdf, seconds = pressed(html, context())
            with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
                file.write(pdf)
                file.flush()
                found = subprocess.run([sys.executable, tool, file.name, "--json"],
                                       capture_output=True, text=True, check=True).stdout
            figures = json.loads(found)
            del figures["pdf"]
            sys.stdout.write(f"{name:14} {way:9} {seconds:.2f} s  {figures}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
