"""A four-page bulletin with twelve photos and six charts: how long, cold and warm, how much memory?

    python -m tests.bench.fourpages [RUNS]

The pages are front, feature-photos, figures and photos, their texts as long as the slots hold, the
photos those of the sample. Each way is built in processes of its own: cold, without anything that
was remembered; warm, after one word was changed; and with nothing changed.
"""

import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PIL import Image

from jianbao.reading.looks import read_templates
from jianbao.reading.slots import read_layouts
from jianbao.settings import shipped_templates
from tests.bench import gallery
from tests.bench.building import Ran, machine, run

ROOT = Path(__file__).parent.parent.parent
ADDRESS = "gallery/2026-1"
PAGES = ("front", "feature-photos", "figures", "photos")
PHOTOS = 12
CHARTS = 6
CAMERA = 4000


def made(root: Path) -> Path:
    """Write the site and return the file of its second story."""
    shipped = shipped_templates()
    layouts = read_layouts(read_templates(root, shipped).value).value
    gallery.campaign(root)
    folder = root / "content" / ADDRESS
    (folder / "photos").mkdir(parents=True)
    plan = []
    for number, name in enumerate(PAGES, start=1):
        named = []
        for key, slot in (layouts[name].slots or {}).items():
            files = []
            for index in range(max(slot.least, min(slot.most, 5)) if slot.characters else 0):
                file = f"{name}-{key}{index}.md"
                shift = index + (key != "lead")
                text = gallery.story(name, slot, shift, folder)
                if name == "figures":  # seven topics, a chart each
                    text = text.rpartition("## ")[0]
                elif name == "front":  # the guide to the other pages stands in the figures' place
                    text = text.replace(gallery.STRIP, "")
                (folder / file).write_text(text, "utf-8")
                files.append(file)
            if files:
                named.append(f"{key}: [{', '.join(files)}]")
        stories = ", ".join(named)
        plan.append(
            f"  - {{name: 第{number}版, number: {number}, layout: {name}, stories: {{{stories}}}}}\n"
        )
    (folder / "bulletin.yaml").write_text(
        f"number: 1\ntotal: 1\ndate: 2026-01-09\nas_of: 2026-01-01\npaper: 四开\npages:\n{''.join(plan)}",
        encoding="utf-8",
    )
    real = sorted(ROOT.glob("content/*/*/photos/*.jpg"))
    for index, photo in enumerate(sorted((folder / "photos").iterdir())):
        with Image.open(real[index % len(real)]) as image:  # as large as a camera's
            high = round(CAMERA * image.height / image.width)
            image.resize((CAMERA, high), Image.Resampling.LANCZOS).save(photo, quality=90)
    text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.md"))
    assert (PHOTOS, CHARTS) == (
        text.count("/// photo"),
        text.count("/// 图") + text.count("/// 表"),
    )
    return folder / "front-second0.md"


def built(root: Path) -> Ran:
    """Build the bulletin in a process of its own, and see that it was made."""
    ran = run(sys.executable, "-m", "jianbao.cli", "build", ADDRESS, "--site", root, cwd=ROOT)
    assert (root / "output" / ADDRESS / "bulletin.pdf").is_file()
    return ran


def shown(name: str, runs: list[Ran]) -> str:
    """Return a line of the table: medians of the seconds, the most memory."""
    wall, cpu = (median(getattr(each, what) for each in runs) for what in ("wall", "cpu"))
    return f"| {name} | {wall:.1f} s | {cpu:.1f} s | {max(each.peak for each in runs):.0f} MB |\n"


def main() -> None:
    """Print the table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    cold, warm, same = [], [], []
    with TemporaryDirectory() as folder:
        root = Path(folder)
        story = made(root)
        text = story.read_text(encoding="utf-8")
        for number in range(times):
            shutil.rmtree(root / "output", ignore_errors=True)
            story.write_text(text, encoding="utf-8")
            cold.append(built(root))
            story.write_text(text.replace("清早", f"清{'晨晓曦旦'[number % 4]}"), encoding="utf-8")
            warm.append(built(root))
            same.append(built(root))
        size = (root / "output" / ADDRESS / "bulletin.pdf").stat().st_size
    sys.stdout.write(
        f"{machine()}\n\n| 4 pages, 12 photos, 6 charts | wall | processor | peak |\n|---|---|---|---|\n"
    )
    sys.stdout.write(
        shown("cold", cold) + shown("one word changed", warm) + shown("nothing changed", same)
    )
    sys.stdout.write(f"\nbulletin.pdf: {size / 1024:.0f} KB\n")


if __name__ == "__main__":
    main()
