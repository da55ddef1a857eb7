#!/usr/bin/env python3
"""Kill a build at random moments, and see that each bulletin is wholly old or wholly new.

    python -m tests.bench.killing [KILLS] [SEED]

Every story says one of two words, changed before each build. After each SIGKILL all files of a
bulletin must say the same; at the end one build that is not killed must heal everything.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import sites
from tests.bench.building import JIANBAO

WORDS = ("云溪区甲", "云溪区乙")
BULLETINS = 48  # so that a worker delivers some together


def said(folder: Path) -> set[str]:
    """Return which of the two words the files of a bulletin say."""
    texts = [file.read_text("utf-8", "replace") for file in folder.glob("*.*") if file.is_file()]
    return {word for word in WORDS for text in texts if word in text}


def main(kills: int = 200, seed: int = 1) -> None:
    """Kill so many builds, and print what was seen."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        sites.jianbao(root, BULLETINS)
        stories = sorted(root.glob("content/*/*/*.md"))
        command = [*JIANBAO, "--site", str(root), "--no-pdf"]
        start = time.monotonic()
        subprocess.run(command, check=False, capture_output=True)
        whole = time.monotonic() - start
        both = 0
        for turn in range(kills):
            word = WORDS[turn % 2]
            for story in stories:
                text = story.read_text(encoding="utf-8")
                for other in ("引题：云溪区\n", *(f"引题：{each}\n" for each in WORDS)):
                    text = text.replace(other, f"引题：{word}\n")
                story.write_text(text, encoding="utf-8")
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(chance.random() * whole)
            process.kill()  # its workers end with it
            process.wait()
            time.sleep(0.1)
            now = [said(place.parent) for place in sorted(root.glob("output/*/*/index.html"))]
            assert len(now) == BULLETINS, f"turn {turn}: {len(now)} bulletins"
            assert all(len(words) <= 1 for words in now), f"turn {turn}: {now}"
            both += len({min(words, default="") for words in now}) > 1
        subprocess.run(command, check=True, capture_output=True)
        healed = {name: (root / "output" / name).read_bytes() for name in names(root / "output")}
        shutil.rmtree(root / "output")
        subprocess.run(command, check=True, capture_output=True)
        assert healed == {n: (root / "output" / n).read_bytes() for n in names(root / "output")}
    sys.stdout.write(
        f"{kills} builds killed, {both} of them between two bulletins; each bulletin whole, "
        "and the next build healed everything\n"
    )


def names(output: Path) -> list[str]:
    """Return the names of the files of an output, less what the program keeps for itself."""
    files = (file.relative_to(output) for file in output.rglob("*") if file.is_file())
    return sorted(str(file) for file in files if ".jianbao" not in file.parts)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
