#!/usr/bin/env python3
"""Change anything anywhere in a small site, and compare a build that remembers with one that does not.

    python -m tests.bench.changing [CHANGES] [SEED] [--pdf]

Without an end of its own: 1,000 changes if not said otherwise. Stops at the first difference.
"""

import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path

from PIL import Image

from jianbao import pipeline
from jianbao.settings import Settings

WORDS = ("办结", "推进", "群众", "实事", "公里", "整治", "慰问", "“好”", "——", "２", "【】", "｛｛")
RECORDS = ("bulletin.json", "text.js")
CHART = "\n/// 图 | 实事 按 级别：已完成\n///\n"
NUMBERS = ("94", "57", "788", "636", "3.6万", "97.32%", "12", "0", "")


class Changing:
    """A site, the chance that changes it, and both ways of building it."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.settings = settings
        self._chance = random.Random(seed)
        self._root = settings.root
        self._kept: dict[str, bytes] = {}
        later = self._root / "content/yunxi/2026-48"
        shutil.copytree(self._root / "content/yunxi/2026-47", later)
        plan = (later / "bulletin.yaml").read_text(encoding="utf-8")
        plan = plan.replace("number: 47", "number: 48").replace("total: 312", "total: 313")
        plan = plan.replace("2026-11-21", "2026-11-28")
        (later / "bulletin.yaml").write_text(plan, encoding="utf-8")
        photo = later / "photos/a.jpg"
        photo.parent.mkdir()
        photo.write_bytes(self._photo())
        story = later / "lead.md"
        text = story.read_text(encoding="utf-8").partition("## ")[0]  # its page is a small one
        photo_in_it = "\n/// photo | photos/a.jpg\n施工现场\n///\n"
        story.write_text(f"{text}{photo_in_it}{CHART}", encoding="utf-8")

    def change(self) -> str:
        """Change something and return what it was."""
        ways: list[Callable[[], str]] = [
            self._word, self._word, self._word, self._number, self._number, self._line,
            self._delete, self._restore, self._restore, self._copy, self._picture, self._touch,
            self._output, self._record, self._record, self._manifest, self._rename, self._link,
        ]  # fmt: skip
        return self._chance.choice(ways)()

    def difference(self) -> list[str]:
        """Return what differs between a build that remembers and one that forgets."""
        return difference(self.settings)

    def _files(self, *suffixes: str) -> list[Path]:
        return sorted(
            file
            for top in ("content", "data", "templates")
            for folder, _, names in _walk(self._root / top)
            for file in (Path(folder) / name for name in names)
            if file.is_file() and file.suffix in suffixes
        )

    def _text(self) -> tuple[Path, str]:
        file = self._chance.choice(self._files(".md", ".yaml", ".html", ".css"))
        self._keep(file)
        return file, file.read_text(encoding="utf-8", errors="replace")

    def _keep(self, file: Path) -> None:
        self._kept.setdefault(str(file), file.read_bytes())

    def _word(self) -> str:
        file, text = self._text()
        at = self._chance.randrange(len(text) + 1)
        word = self._chance.choice(WORDS)
        file.write_text(text[:at] + word + text[at:], encoding="utf-8")
        return f"{word} at {at} of {file}"

    def _number(self) -> str:
        file = self._chance.choice(self._files(".yaml"))
        self._keep(file)
        text = file.read_text(encoding="utf-8", errors="replace")
        digits = [at for at, char in enumerate(text) if char.isdecimal()]
        if digits:
            at = self._chance.choice(digits)
            number = self._chance.choice(NUMBERS)
            file.write_text(text[:at] + number + text[at + 1 :], encoding="utf-8")
        return f"a number in {file}"

    def _line(self) -> str:
        file, text = self._text()
        lines = text.splitlines(keepends=True)
        if lines:
            del lines[self._chance.randrange(len(lines))]
        file.write_text("".join(lines), encoding="utf-8")
        return f"a line less in {file}"

    def _delete(self) -> str:
        file = self._chance.choice(self._files(".md", ".yaml", ".html", ".jpg"))
        self._keep(file)
        file.unlink()
        return f"{file} deleted"

    def _restore(self) -> str:
        if not self._kept:
            return "nothing to restore"
        for name in list(self._kept)[-2:]:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_bytes(self._kept.pop(name))
        return "restored"

    def _copy(self) -> str:
        file = self._chance.choice(self._files(".md", ".yaml"))
        name = self._chance.choice(("2026-11-27.yaml", "more.md", "2026-11-21.yaml", "x.html"))
        file.with_name(name).write_bytes(file.read_bytes())
        return f"{file} copied to {name}"

    def _link(self) -> str:
        """Let a file or a folder be a link to the same, in the site or outside of it, or no more."""
        known = [Path(top) / name for top, *names in _walk(self._root) for name in chain(*names)]
        links = [place for place in known if place.is_symlink() and place.exists()]
        if links and self._chance.random() < 0.7:
            place = self._chance.choice(links)
            there = place.resolve()
            place.unlink()
            there.rename(place)
            return f"{place} no link any more"
        file = self._chance.choice(self._files(".md", ".yaml", ".jpg"))
        place = self._chance.choice([file, file.parent, file.parent, file.parent.parent])
        if place == self._root or any(each.is_symlink() for each in (place, *place.parents)):
            return "nothing linked"
        home = self._chance.choice([self._root, self._root.parent])
        there = home / f"elsewhere-{self._chance.randrange(10**6)}"
        place.rename(there)
        place.symlink_to(there)
        return f"{place} a link to {there}"

    def _picture(self) -> str:
        file = self._root / "content/yunxi/2026-48/photos/a.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self._photo())
        return "another photo"

    def _photo(self) -> bytes:
        size = (self._chance.randrange(600, 700), 400)
        colour = self._chance.randrange(256)
        picture = BytesIO()
        Image.new("RGB", size, (colour, 90, 60)).save(picture, "JPEG")
        return picture.getvalue()

    def _touch(self) -> str:
        file = self._chance.choice(self._files(".md", ".yaml", ".html"))
        file.touch()
        return f"{file} touched"

    def _output(self) -> str:
        files = [f for f in sorted(self.settings.output.rglob("*.html")) if f.is_file()]
        if not files:
            return "no output yet"
        file = self._chance.choice(files)
        if file.parent == self.settings.output or self._chance.random() < 0.5:
            file.write_bytes(file.read_bytes() + b"<!-- by hand -->")
            return f"{file} changed by hand"
        shutil.rmtree(file.parent)
        return f"{file.parent} deleted"

    def _record(self) -> str:
        """Change, copy, move or take away what a bulletin in the output says of itself."""
        files = sorted(f for name in RECORDS for f in self.settings.output.glob(f"*/*/{name}"))
        if not files:
            return "no record yet"
        file = self._chance.choice(files)
        other = file.parent.with_name(self._chance.choice(("2020-1", "2020-2", "2026-47", "old")))
        match self._chance.randrange(5):
            case 0:
                word, by = self._chance.choice((("一", "二"), ("云", "雲"), ("2026-11", "2026-10")))
                text = file.read_text(encoding="utf-8", errors="replace")
                file.write_text(text.replace(word, by), encoding="utf-8")
            case 1:
                file.write_bytes(file.read_bytes()[:-9])
            case 2:
                file.unlink()
            case 3 if not other.exists():
                shutil.copytree(file.parent, other)
            case _:
                shutil.rmtree(other, ignore_errors=True)
        return f"{file} changed, or {other}"

    def _manifest(self) -> str:
        shutil.rmtree(self.settings.output / ".jianbao", ignore_errors=True)
        return "account and memo deleted"

    def _rename(self) -> str:
        file = self._chance.choice(self._files(".md", ".html", ".yaml"))
        self._keep(file)
        other = file.with_name(f"{file.stem}x{file.suffix}")
        file.rename(other)
        return f"{file} renamed"


def _walk(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each folder with the names of the folders and of the files in it, links followed."""
    return os.walk(folder, followlinks=True)


def difference(settings: Settings) -> list[str]:
    """Build both ways and return the names of files that differ, and what else does."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "output"
        if settings.output.exists():
            left = shutil.ignore_patterns(".jianbao")
            shutil.copytree(settings.output, other, ignore=left)
        forgets = replace(settings, output=other, remember=False)
        there = pipeline.build(forgets)
        here = pipeline.build(settings)
        one, two = files_of(settings.output), files_of(other)
    wrong = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    said = [
        sorted(f"{f.rule} {f.place.spot} {f.message.in_words(str)}" for f in o.findings)
        for o in (here, there)
    ]
    if said[0] != said[1]:
        wrong.append(f"findings: {sorted(set(said[0]) ^ set(said[1]))}")
    if {*here.made, *here.fresh} != {*there.made} or here.kept != there.kept:
        wrong.append(f"made {here.made} fresh {here.fresh} kept {here.kept}; {there.made}")
    return wrong


def files_of(output: Path) -> dict[str, bytes]:
    """Return every file of an output by name, less what the program keeps for itself."""
    return {
        str(file.relative_to(output)): file.read_bytes()
        for file in sorted(output.rglob("*"))
        if file.is_file() and ".jianbao" not in file.parts
    }


def main(changes: int = 1000, seed: int = 1, pdf: bool = False) -> None:
    """Change and compare, and say how far it went."""
    from datetime import date

    small = Path(__file__).parent.parent / "golden" / "small"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        shutil.copytree(small, root, ignore=shutil.ignore_patterns("expected.*"))
        settings = Settings(
            root, Path(folder) / "output", date(2026, 11, 22), pdf=pdf, remember=True,
            templates=root / "templates", jobs=1 if pdf else 0,
        )  # fmt: skip
        changing = Changing(settings, seed)
        for turn in range(changes):
            what = changing.change()
            wrong = changing.difference()
            if wrong:
                sys.exit(f"turn {turn}, seed {seed}: {what}: {wrong}")
            if turn % 100 == 99:
                sys.stdout.write(f"{turn + 1} changes, no difference\n")


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:] if word != "--pdf"] + [1000, 1]
    main(words[0], words[1], "--pdf" in sys.argv)
