#!/usr/bin/env python3
"""Set the nasty paragraphs of the tests in columns, and draw them: docs/nasty.png.

python -m tests.bench.nasty FILE.png
"""

import sys
from io import BytesIO
from pathlib import Path

import pymupdf
from PIL import Image
from weasyprint import HTML

from jianbao.press.composition import composed
from tests.bench.setting import FACE
from tests.unit.press.composition.nasty import NASTY

DPI = 100


def main(file: Path) -> None:
    """Write the picture, in grey."""
    paragraphs = "".join(f"<p>{text}</p>" for text in NASTY)
    with composed():
        pdf = HTML(
            string=f"<html lang=zh-CN><style>@page{{size:448pt 640pt;margin:20pt}}"
            f"body{{margin:0;font:9pt/13pt '{FACE}';text-align:justify}}p{{margin:0;text-indent:2em}}"
            "b{font-family:'Noto Sans CJK SC'}sup{font-size:6pt}"
            "main{column-count:3;column-gap:15pt;column-fill:auto;width:408pt;height:598pt;"
            f"column-rule:0.3pt solid #888}}</style><main>{paragraphs}</main>"
        ).write_pdf()
    with pymupdf.open(stream=pdf) as document:
        drawn = document[0].get_pixmap(dpi=DPI).tobytes("png")
    image = Image.open(BytesIO(drawn)).convert("L").quantize(16)
    image.save(file, optimize=True)
    sys.stdout.write(f"{file}: {file.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
