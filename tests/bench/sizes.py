"""How large are PDFs, by the same text: as WeasyPrint leaves them, as pressed, Typst, Chromium?

    python -m tests.bench.sizes

Pages without pictures, tagged as PDF/UA where the engine does that. Typst and Chromium are used if
they are there. Then each sample bulletin and what its parts weigh.
"""

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pikepdf import Name, Pdf, Stream
from weasyprint import HTML

from jianbao import pipeline
from jianbao.press.composition import composed
from jianbao.press.engine import press
from jianbao.press.jobs import Job
from jianbao.settings import Settings
from tests.bench import setting

ROOT = Path(__file__).parent.parent.parent
TEXTS = Path(__file__).parent / "texts"
SHAPE = setting.Shape("five columns", 9, 13, 5, 126, 12.6, 76)


def of_text(name: str) -> str:
    """Return one row of the table: bytes of each way to set a text, and ours against Typst's."""
    lines = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    text = [line.strip() for line in lines if line.strip()]
    with composed():
        tagged = HTML(string=setting.html(text, SHAPE)).write_pdf(pdf_variant="pdf/ua-1")
    ours = len(press(Job(setting.html(text, SHAPE), {})).pdf)
    typst = len(setting.typst(text, SHAPE)) if setting.has_typst() else 0
    chromium = len(setting.chromium(text, SHAPE)) if setting.CHROMIUM.is_file() else 0
    ratio = f"{ours / typst:.2f}" if typst else "-"
    return f"| {name} | {len(tagged)} | {ours} | {typst or '-'} | {chromium or '-'} | {ratio} |"


def parts(pdf: bytes) -> Mapping[str, int]:
    """Return what fonts, pictures and the rest weigh."""
    weights: Counter[str] = Counter()
    with Pdf.open(BytesIO(pdf)) as file:
        for item in file.objects:
            if isinstance(item, Stream):
                kind = "pictures" if item.get("/Subtype") == Name.Image else "rest"
                kind = "fonts" if item.get("/Subtype") == Name.CIDFontType0C else kind
                weights[kind] += len(item.read_raw_bytes())
    return weights


if __name__ == "__main__":
    sys.stdout.write(
        "| text | WeasyPrint | pressed | Typst | Chromium | to Typst |\n|---|---|---|---|---|---|\n"
    )
    for text in ("seed-a", "seed-b"):
        sys.stdout.write(of_text(text) + "\n")
    with TemporaryDirectory() as folder:
        pipeline.build(Settings(ROOT, Path(folder), date(2026, 11, 22)))
        for made in sorted(Path(folder).glob("*/*/bulletin.pdf")):
            data = made.read_bytes()
            said = ", ".join(f"{kind} {size}" for kind, size in sorted(parts(data).items()))
            sys.stdout.write(f"{made.relative_to(folder).parent}: {len(data)} ({said})\n")
