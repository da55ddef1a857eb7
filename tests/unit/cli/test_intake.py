"""The command `intake`, as a clerk types it."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from jianbao.cli.commands import commands
from jianbao.cli.language import translator
from jianbao.newsroom.taking import Arrival, read_arrival, take_in
from jianbao.settings import Settings

TARGET = "yunxi/2026-47"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Return a unit's text with a photo and a number that the campaign knows."""
    document = docx.Document()
    document.add_paragraph("群众来电有回音")
    document.add_paragraph("全区各单位接到就办，实事项目已完成693件。")
    photo = BytesIO()
    Image.new("RGB", (60, 40), "red").save(photo, "JPEG")
    document.add_picture(photo)
    document.add_paragraph("接线员在接听来电")
    file = tmp_path / "来稿（终稿）.docx"
    document.save(str(file))
    return file


def run(*words: str | Path) -> Result:
    """Run the command line."""
    return CliRunner().invoke(commands(translator("zh")), [str(word) for word in words])


def test_a_letter_becomes_a_story(small: Settings, letter: Path) -> None:
    """The story and its photo lie in the bulletin's folder, and its number is proposed for."""
    told = run("intake", letter, TARGET, "--site", small.root)

    assert 0 == told.exit_code
    folder = small.root / "content" / TARGET
    story = (folder / "来稿-终稿.md").read_text(encoding="utf-8")
    assert story.startswith("主题：群众来电有回音\n---\n全区各单位")
    assert (folder / "photos/来稿-终稿-1.jpg").is_file()
    assert {str(folder / "来稿-终稿.md"), str(folder / "photos/来稿-终稿-1.jpg")} == set(
        told.stdout.split()
    )
    assert "{{ 实事.已完成 }}" in told.stderr
    assert "bulletin.yaml" in told.stderr


def test_nothing_is_overwritten(small: Settings, letter: Path) -> None:
    """A second time it says so; under another name it lies beside the first."""
    words = ("intake", letter, TARGET, "--site", small.root, "--as")
    assert 0 == run(*words, "hotline").exit_code
    before = {file: file.read_bytes() for file in small.root.rglob("*") if file.is_file()}

    told = run(*words, "hotline.md")

    assert before == {file: file.read_bytes() for file in small.root.rglob("*") if file.is_file()}
    assert (1, True) == (told.exit_code, "--as" in told.stderr)
    assert 0 == run(*words, "hotline2").exit_code


def test_no_photo_is_written_through_a_link(small: Settings, letter: Path) -> None:
    """Where the bulletin's photos/ leads out of the site, nothing at all is taken in."""
    outside = small.root.parent / "outside"
    outside.mkdir()
    (small.root / "content" / TARGET / "photos").symlink_to(outside)

    told = run("intake", letter, TARGET, "--site", small.root)

    assert (1, []) == (told.exit_code, list(outside.iterdir()))
    assert "通到站点外面去的链接" in told.stderr
    assert not (small.root / "content" / TARGET / "来稿-终稿.md").exists()


@pytest.mark.parametrize("target", ["yunxi/2026-4", "yunxi", "../yunxi"])
def test_a_bulletin_that_is_none(small: Settings, letter: Path, target: str) -> None:
    """A campaign is not enough: a story belongs to one bulletin."""
    assert 1 == run("intake", letter, target, "--site", small.root).exit_code


def test_a_story_that_came_meanwhile_stays(small: Settings, letter: Path) -> None:
    """Two clerks take in the same letter: the second writes nothing, not even the photo."""
    arrival = read_arrival(small.root, letter, TARGET, "hotline").value
    assert isinstance(arrival, Arrival)
    (small.root / arrival.story).write_text("别人的稿件", encoding="utf-8")

    assert not take_in(small.root, arrival)
    assert "别人的稿件" == (small.root / arrival.story).read_text(encoding="utf-8")
    assert [] == list((small.root / "content" / TARGET / "photos").glob("*"))


SHAPE = "主题：（待写）\n---\n（待写）{{ 实事.项目 }}\n"


def test_an_untouched_shape_gives_way(small: Settings, letter: Path) -> None:
    """What `new` laid out for the story is not in its way; one word written into it is."""
    place = small.root / "content" / TARGET / "lead.md"
    words = ("intake", letter, TARGET, "--site", small.root, "--as", "lead")
    place.write_text(SHAPE.replace("项目 }}", "项目 }}项"), encoding="utf-8")
    touched = run(*words)
    place.write_text(SHAPE, encoding="utf-8")
    told = run(*words)

    assert (1, 0) == (touched.exit_code, told.exit_code)
    assert "主题：群众来电有回音" in place.read_text(encoding="utf-8")
    assert "lead.md在bulletin.yaml里已经有位置" in told.stderr


def test_a_shape_written_into_meanwhile_stays(small: Settings, letter: Path) -> None:
    """Somebody began to write while the letter was looked at."""
    place = small.root / "content" / TARGET / "lead.md"
    place.write_text(SHAPE, encoding="utf-8")
    arrival = read_arrival(small.root, letter, TARGET, "lead").value
    assert isinstance(arrival, Arrival)
    place.write_text("主题：写了\n", encoding="utf-8")

    assert not take_in(small.root, arrival)
    assert "主题：写了\n" == place.read_text(encoding="utf-8")
    assert [] == list((small.root / "content" / TARGET / "photos").glob("*"))
