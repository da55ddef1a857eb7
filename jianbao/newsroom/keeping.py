"""Write the records that only Jianbao writes: plain YAML, replaced in one step.

    plain values ──as_yaml──▶ bytes ──keep──▶ disk        texts by name ──keep_folder──▶ disk

Whoever writes holds the site's lock; reading needs none, since a file is always whole.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp, mkstemp

import yaml

HEADING = "# 本文件由简报自动写入，请不要手工修改。\n"


def as_yaml(values: Mapping[str, object]) -> bytes:
    """Return plain values as YAML that shows well in a diff: one record a line."""
    text = yaml.safe_dump(
        dict(values), allow_unicode=True, sort_keys=False, default_flow_style=None, width=100_000
    )
    return (HEADING + text).encode()


def scalar(text: str) -> str:
    """Return a line of text as YAML takes it, in braces too; quoted where it has to be.

    >>> scalar("云溪简报"), scalar("简报: 云溪"), scalar("甲,乙"), scalar("12")
    ('云溪简报', "'简报: 云溪'", "'甲,乙'", "'12'")
    """
    dumped: str = yaml.safe_dump(
        [" ".join(text.split())], allow_unicode=True, width=100_000, default_flow_style=True
    )
    return dumped.strip().removeprefix("[").removesuffix("]")


def keep(file: Path, data: bytes) -> Path:
    """Write a file in one step, its folder too, and return where it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f".{file.name}.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(0o644)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return file


def keep_folder(place: Path, texts: Mapping[str, str], folders: Iterable[str] = ()) -> None:
    """Write a new folder in one step, with these texts by name and these folders in it.

    Raises OSError where it cannot be written, or something is there already; nothing is left then.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(mkdtemp(prefix=".jianbao-", dir=place.parent))
    try:
        fresh = stage / "new"
        for name in folders:
            (fresh / name).mkdir(parents=True)
        for name, text in texts.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        fresh.chmod(0o755)
        fresh.rename(place)  # an empty folder gives way
    finally:
        shutil.rmtree(stage, ignore_errors=True)
