"""What does it cost to publish where one bulletin of a thousand has changed?

    python -m tests.bench.publishing [HOW_MANY] [--keep FOLDER]

Writes the site of tests/bench/websites, builds it without PDF and fonts, and publishes all of it to
a folder and to a real sshd on this computer. Then one sentence is changed, that bulletin is made
anew and published: files, bytes, and the seconds of each step. The steps before anything is
sent are measured once more where nothing has changed at all.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from time import perf_counter

from jianbao import pipeline
from jianbao.delivery.publishing.publication import Ground, Wish, prepare, publish
from jianbao.model.publishing import Target
from jianbao.reading.office import read_site
from jianbao.reading.sites import read_office
from jianbao.settings import Settings
from tests.bench.websites import SITE, write_site
from tests.servers import sshd


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and say the numbers."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("many", nargs="?", type=int, default=1000)
    asked.add_argument("--keep", type=Path, help="build here, or use what was built here before")
    known = asked.parse_args(words)
    folder = known.keep or Path(mkdtemp(prefix="publishing-"))
    try:
        with TemporaryDirectory() as keys_folder, sshd(Path(keys_folder)) as shell:
            to = f"sftp://{shell.user}@127.0.0.1:{shell.port}{folder / 'far'}"
            keys = f"known_hosts: {shell.known_hosts}, identity: {shell.identity}"
            targets = (
                f"publish:\n  folder: {{to: {folder / 'near'}}}\n  sftp: {{to: '{to}', {keys}}}\n"
            )
            _measure(folder, known.many, targets)
    finally:
        if not known.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path, many: int, targets: str) -> None:
    root, output = folder / "site", folder / "output"
    if not root.exists():
        write_site(root, many)
    (root / "data/site.yaml").write_text(SITE + targets, encoding="utf-8")
    settings = Settings(root, output, date(2026, 11, 22), pdf=False, fonts=False, remember=True)
    start = perf_counter()
    pipeline.build(settings)
    _say(f"built {many} bulletins without PDF: {perf_counter() - start:.1f} s")
    addresses = sorted(f"yunxi/{file.name}" for file in (root / "content/yunxi").iterdir())
    for place in ("near", "far", "output/.published"):
        with suppress(FileNotFoundError):
            shutil.rmtree(folder / place)
    for target in _targets(root):
        _publish(settings, target, addresses, "all")
    one = addresses[len(addresses) // 2]
    lead = root / "content" / one / "lead.md"
    lead.write_text(lead.read_text(encoding="utf-8") + "又加了一句话。\n", encoding="utf-8")
    start = perf_counter()
    pipeline.build(replace(settings, targets=(one,)))
    _say(f"built one anew: {perf_counter() - start:.2f} s")
    for target in _targets(root):
        _publish(settings, target, [one], "one changed")
        _publish(settings, target, [one], "none changed")


def _targets(root: Path) -> Sequence[Target]:
    site = read_site(root).value
    assert site
    return site.targets


def _publish(settings: Settings, target: Target, addresses: Sequence[str], what: str) -> None:
    """Publish as `publish` does, less the seals, and say what went and how long it took."""
    office = read_office(settings.root, settings.templates).value
    assert office
    ground = Ground(office, settings.root, settings.output, {})
    start = perf_counter()
    coming = prepare(ground, target, Wish(add=addresses))
    assert not coming.findings
    ready = perf_counter()
    plan, _ = publish(ground, target, coming.value, lambda _path, _done, _total: None)
    end = perf_counter()
    _say(
        f"{target.name}, {what}: {len(plan.sent)} files, {plan.size} bytes; "
        f"{end - start:.2f} s ({ready - start:.2f} s before anything is sent)"
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
