"""A photo's way through a whole build: its block in the story, the page, the web's files."""

import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from jianbao import pipeline
from jianbao.settings import Settings
from tests.conftest import SAMPLE

ROOT = Path(__file__).parent.parent
STORY = "content/yunxi/2026-47/lead.md"
BLOCK = "\n/// photo | photos/dadi.jpg\nalt: 河堤\n焦点：右下\n\n坚守防汛一线\n///\n"


@pytest.fixture
def with_photo(small: Settings) -> Settings:
    """Return the small site with a photo of 1200 by 600 pixels, and where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    file = small.root / "content/yunxi/2026-47/photos/dadi.jpg"
    file.parent.mkdir()
    Image.effect_noise((1200, 600), 60).convert("RGB").save(file, exif=exif)
    story = small.root / STORY
    story.write_text(story.read_text(encoding="utf-8") + BLOCK, encoding="utf-8")
    (small.root / "templates/print.html").write_text(
        '<html lang="zh"><head><title>样</title></head>{% for page in bulletin.pages %}'
        '{% for slot in page.stories.values() %}{% for photo in slot[0].photos %}<img alt="河堤" '
        'src="{{ photo.src }}" data-focus="{{ photo.focus }}" style="width: {{ width }}">'
        "{% endfor %}{% endfor %}{% endfor %}</html>".replace("{{ width }}", "100mm"),
        encoding="utf-8",
    )
    return small


def test_a_photo_leaves_its_place_at_home(with_photo: Settings) -> None:
    """No file that readers get holds what the camera wrote beside the picture."""
    outcome = pipeline.build(with_photo)

    assert () == outcome.findings
    files = list((with_photo.output / "yunxi/2026-47/photos").iterdir())
    assert {".jpg", ".webp"} == {file.suffix for file in files}
    for file in files:
        with Image.open(BytesIO(file.read_bytes())) as image:
            assert {} == dict(image.getexif())


@pytest.mark.parametrize("address", SAMPLE)
def test_a_page_names_the_pictures_that_lie_beside_it(made: Path, address: str) -> None:
    """None is missing, and none is published that no page shows."""
    page = (made / address / "index.html").read_text(encoding="utf-8")

    named = set(re.findall(r"photos/[\w.-]+", page))
    files = (made / address).glob("photos/*")
    assert named == {path.relative_to(made / address).as_posix() for path in files}


@pytest.mark.parametrize(
    ("width", "rule"),
    [("170mm", "photo-coarse"), ("210mm", "photo-blurred")],
    ids=["coarse", "blurred"],
)
def test_too_few_dots_are_said_where_the_photo_stands(
    with_photo: Settings, width: str, rule: str
) -> None:
    """1200 pixels are enough for 100 mm, few for 170, and not printed over 210."""
    template = with_photo.root / "templates/print.html"
    text = template.read_text(encoding="utf-8").replace("width: 100mm", f"width: {width}")
    template.write_text(f"<style>@page {{ size: 300mm }}</style>{text}", encoding="utf-8")

    outcome = pipeline.build(with_photo)

    (finding,) = outcome.findings
    assert (rule, "photos/dadi.jpg") == (finding.rule, finding.place.excerpt)
    assert bool(outcome.paths) == (rule == "photo-coarse")
    assert STORY == finding.place.path


@pytest.mark.parametrize(
    ("size", "words", "shown"),
    [
        ((4800, 800), "左", {"lime"}),
        ((4800, 800), "右", {"blue"}),
        ((1600, 2400), "左", {"lime", "blue"}),
    ],
)
def test_a_brief_cuts_a_broad_photo_around_its_focus(
    tmp_path: Path, size: tuple[int, int], words: str, shown: set[str]
) -> None:
    """Which side of a very broad photo stays, the clerk says; an upright one stays whole."""
    for name in ("content/yunxi/2026-46", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    image = Image.new("RGB", size, "lime")
    image.paste("blue", (size[0] // 2, 0, *size))
    image.save(tmp_path / "content/yunxi/2026-46/photos/renewal.jpg")
    story = tmp_path / "content/yunxi/2026-46/lead.md"
    text = story.read_text(encoding="utf-8").replace("    credit: 示意图", f"    焦点：{words}")
    story.write_text(text, encoding="utf-8")
    output = tmp_path / "output"
    pipeline.build(Settings(tmp_path, output, date(2026, 11, 22), fonts=False))

    with pymupdf.open(output / "yunxi/2026-46/bulletin.pdf") as document:
        page = next(page for page in document if page.get_image_info())
        pixels = page.get_pixmap(dpi=20)
    across = range(pixels.width)
    colours = {pixels.pixel(x, y) for x in across for y in range(pixels.height)}
    named = {"lime": 1, "blue": 2}
    assert shown == {
        name
        for name, channel in named.items()
        if any(max(colour) == colour[channel] > 2 * sum(colour) / 3 for colour in colours)
    }
