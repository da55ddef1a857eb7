"""What a clerk is told of each attack: the sentences stand in tests/sites/attacks.zh.txt."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from jianbao import pipeline
from jianbao.cli.language import translator
from jianbao.cli.showing import sentence
from jianbao.settings import Settings
from tests.conftest import Golden, copy_of_small
from tests.test_attacks import (
    ACTING,
    DAY,
    ENDLESS,
    FILES,
    FOLDER,
    HEAD,
    LEAD,
    PHOTO,
    PHOTOS,
    QUOTES,
    TEMPLATES,
    TYPED,
)

KEPT = Path(__file__).parent / "sites/attacks.zh.txt"
Attack = Callable[[Path], object]


def story(text: str) -> Attack:
    """Return an attack by the text of a story."""
    return lambda root: (root / LEAD).write_text(HEAD + text, encoding="utf-8")


def file(path: str, text: str) -> Attack:
    """Return an attack by a whole file of the site."""
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def photo(path: str) -> Attack:
    """Return an attack by the name of a photo; a pipe, a link out and a device lie there."""

    def prepare(root: Path) -> None:
        photos = root / FOLDER / "photos"
        photos.mkdir()
        Image.new("RGB", (8, 8)).save(root.parent / "outside.jpg")
        os.mkfifo(photos / "pipe.jpg")
        (photos / "link.jpg").symlink_to(root.parent / "outside.jpg")
        (photos / "zero.jpg").symlink_to("/dev/zero")
        story(PHOTO.format(path))(root)

    return prepare


def leading_out(path: str) -> Attack:
    """Return an attack by a file or folder that is a link to elsewhere."""

    def prepare(root: Path) -> None:
        place, moved = root / path, root.parent / "moved"
        if place.is_dir():
            shutil.move(place, moved)
        else:
            place.unlink(missing_ok=True)
            moved.write_text("title: outside\n", encoding="utf-8")
        place.symlink_to(moved)

    return prepare


def named(name: str) -> Attack:
    """Return an attack by the name of a bulletin's folder."""
    return lambda root: shutil.copytree(root / FOLDER, root / FOLDER / ".." / name)


LAUGHS = "a: &a [x, x]\nb0: &b0 [*a, *a]\nb1: &b1 [*b0, *b0]"
ATTACKS: dict[str, Attack] = {
    **{f"引用 {quote or '空'}": story(f"共有{{{{ {quote} }}}}。") for quote in QUOTES},
    **{f"稿件 {text}": story(text) for text in ACTING},
    **{f"没有尽头的稿件 {name}": story(text) for name, text in ENDLESS.items() if name != "lists"},
    **{f"图片 {path[:40]}": photo(path) for path in PHOTOS},
    **{f"模板 {text[:60]}": file("templates/web.html", text) for text in TEMPLATES},
    **{f"写不成值的 {name}": file(path, text) for name, (path, text, _) in TYPED.items()},
    "别名炸弹": file(DAY, LAUGHS),
    "没有底的括号": file(DAY, "[" * 100_000),
    **{f"指向外面的链接 {path}": leading_out(path) for path in (*FILES, "data/yunxi", FOLDER)},
    "看不见的字符": story("已完成\u202e21件"),
    "藏着字符的文件夹": named("2026-4\u202e8"),
    "长得像的文件夹": named("2026-48\u0430"),
}


def told(folder: Path, attack: Attack) -> list[str]:
    """Return what is said of an attack."""
    site: Settings = replace(copy_of_small(folder), pdf=False, fonts=False)
    attack(site.root)
    return [sentence(finding, translator("zh")) for finding in pipeline.build(site).findings]


def test_each_attack_is_told(tmp_path: Path, golden: Golden) -> None:
    """None is silent; each says where it is and what to write instead."""
    said = {}
    for number, (name, attack) in enumerate(ATTACKS.items()):
        (tmp_path / str(number)).mkdir()
        said[name] = told(tmp_path / str(number), attack)

    assert [] == [name for name, sentences in said.items() if not sentences]
    golden(KEPT, "\n".join(f"【{name}】\n" + "\n".join(one) + "\n" for name, one in said.items()))
