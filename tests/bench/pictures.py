"""docs/pages.jpg: the sample's pages as they are now, for whoever opens the README.

    python -m tests.bench.pictures OUTPUT     OUTPUT is where `python3 build.py` has built them

Above the two pages of a daily paper, below the four of 云溪区's newspaper.
"""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

DOCS = Path(__file__).parents[2] / "docs"
WIDE, GAP, GROUND = 1800, 16, "#888"
ROWS = (
    (("zhongyuan/2021-47", 1), ("huiji/2021-43", 1)),
    tuple(("yunxi/2026-48", page) for page in (1, 2, 3, 4)),
)


def page_of(output: Path, address: str, number: int, wide: int) -> Image.Image:
    """Return a page of a bulletin, so many pixels wide."""
    pdf = output / address / "bulletin.pdf"
    which = ("-f", str(number), "-l", str(number), "-r", "150", "-png")
    made = subprocess.run(["pdftoppm", *which, pdf], check=True, capture_output=True)
    image = Image.open(BytesIO(made.stdout)).convert("RGB")
    size = (wide, round(wide * image.height / image.width))
    return image.resize(size, Image.Resampling.LANCZOS)


def main() -> None:
    """Write the picture."""
    output = Path(sys.argv[1])
    rows = []
    for row in ROWS:
        wide = (WIDE - GAP * (len(row) + 1)) // len(row)
        rows.append([page_of(output, address, number, wide) for address, number in row])
    high = sum(row[0].height + GAP for row in rows) + GAP
    whole = Image.new("RGB", (WIDE, high), GROUND)
    top = GAP
    for pages in rows:
        left = GAP
        for page in pages:
            whole.paste(page, (left, top))
            left += page.width + GAP
        top += pages[0].height + GAP
    whole.save(DOCS / "pages.jpg", quality=72, optimize=True)
    sys.stdout.write(f"{DOCS / 'pages.jpg'}\n")


if __name__ == "__main__":
    main()
