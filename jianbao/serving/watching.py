"""Look after the files of the site: what was changed is built anew, and pressed when all is quiet.

watchfiles ──▶ the bulletins that a file belongs to ──▶ build ──▶ Preview
           ──▶ two seconds of quiet ──▶ pressing ──▶ Preview
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from jianbao.pipeline import build
from jianbao.pipeline.runs import Speak
from jianbao.reading.sites import addresses, chosen
from jianbao.serving.pressing import Pressing, start_pressing
from jianbao.serving.previews import Paper, Preview
from jianbao.settings import Settings

QUIET = 2.0
_TICK, _STEP, _DEBOUNCE = 200, 30, 400
_FEW = 3
_ALL = 2


@dataclass(slots=True)
class Watch:
    """The loop's memory.

    Attributes:
        settings: Of the web pages: no PDF, no fonts, the preview's folder; remembering.
        speak: Puts what the proof says into words.
        since: When something was built last, by the loop's own clock.
        pressed: Whether PDFs were begun after that.
    """

    settings: Settings
    preview: Preview
    speak: Speak
    since: float = 0.0
    pressed: bool = False
    pressing: Pressing | None = None


async def watch(kept: Watch) -> None:
    """Build what is shown, and again what changes, until cancelled."""
    settings = kept.settings
    parts = (
        *(settings.root / name for name in ("data", "content", "templates")),
        settings.templates,
    )
    places = tuple(dict.fromkeys(part.resolve() for part in parts if part.is_dir()))
    started = False
    try:
        async for changes in awatch(
            *places,
            watch_filter=_Written(),
            rust_timeout=_TICK,
            yield_on_timeout=True,
            step=_STEP,
            debounce=_DEBOUNCE,
        ):
            if changes or not started:  # now the first is built: whatever changes is seen
                await _build(kept, [Path(path) for _, path in changes] if started else None)
                started = True
            await _press(kept)
    finally:
        if kept.pressing:
            kept.pressing.stop()


class _Written(DefaultFilter):
    """Passes over what editors and Office leave beside a file while it is open."""

    def __call__(self, change: Change, path: str) -> bool:
        return not Path(path).name.startswith((".", "~$")) and super().__call__(change, path)


async def _build(kept: Watch, changed: Sequence[Path] | None) -> None:
    """Build the bulletins that belong to what changed, all of them for None, one by one."""
    shown = shown_of(kept.settings)
    kept.preview.keep_only(shown)
    if kept.pressing:
        kept.pressing.stop()
        kept.pressing = None
    loop, root = asyncio.get_running_loop(), kept.settings.root.resolve()
    kept.preview.look += any(not _is_written(root, path) for path in changed or ())

    def tell(address: str, what: str) -> None:
        if what == "done":  # its page is there; those that link it follow
            loop.call_soon_threadsafe(kept.preview.turned, address)

    for address in affected(root, shown, changed):
        asked = replace(kept.settings, targets=(address,), among=shown)
        kept.preview.built(address, await asyncio.to_thread(build, asked, tell))
    kept.since, kept.pressed = asyncio.get_running_loop().time(), False


async def _press(kept: Watch) -> None:
    """Begin to press once nothing has changed for a while, and take what came of it."""
    quiet = asyncio.get_running_loop().time() - kept.since > QUIET
    if kept.pressing and kept.pressing.over:
        kept.preview.printed(await asyncio.to_thread(kept.pressing.outcome))
        kept.pressing = None
    elif quiet and not kept.pressed:
        kept.pressed = True
        shown = shown_of(kept.settings)
        kept.pressing = start_pressing(
            replace(kept.settings, output=kept.preview.papers, targets=shown),
            kept.speak,
        )
        kept.preview.paper = Paper.WAITS
        kept.preview.announce()


def _is_written(root: Path, path: Path) -> bool:
    """Return whether a file is what clerks write, which changes no style sheet or script."""
    return any(path.is_relative_to(root / part) for part in ("content", "data"))


def shown_of(settings: Settings) -> tuple[str, ...]:
    """Return what is shown: the targets, else every bulletin of few, the newest of many.

    A target that there is not is kept as it is: to build it says so.
    """
    known = addresses(settings.root)
    if settings.targets:
        wanted = chosen(known, settings.targets)
        return wanted.value or settings.targets
    newest = {address.split("/")[0]: address for address in known}
    return known if len(known) <= _FEW else tuple(newest.values())


def affected(root: Path, shown: Sequence[str], changed: Iterable[Path] | None) -> tuple[str, ...]:
    """Return which of the bulletins shown are to be built anew after these files changed.

    What lies in a bulletin's folder is its own, but for bulletin.yaml, whose moment others
    compare with; what lies in a campaign's folder is of that campaign; all else is of all.

    >>> shown = ("a/1", "a/2", "b/1")
    >>> affected(Path("/s"), shown, [Path("/s/content/a/2/lead.md")])
    ('a/2',)
    >>> affected(Path("/s"), shown, [Path("/s/data/b/day.yaml"), Path("/s/content/a/1/lead.md")])
    ('a/1', 'b/1')
    >>> affected(Path("/s"), shown, [Path("/s/data/site.yaml")])
    ('a/1', 'a/2', 'b/1')
    """
    if changed is None:
        return tuple(shown)
    hit: set[str] = set()
    for path in changed:
        parts = path.relative_to(root).parts if path.is_relative_to(root) else ()
        campaign = parts[1] if len(parts) > _ALL and parts[0] in ("data", "content") else ""
        mine = "/".join(parts[1:3]) if parts[:1] == ("content",) else ""
        own = mine in shown and path.name != "bulletin.yaml"
        of_campaign = [address for address in shown if address.split("/")[0] == campaign]
        known = campaign and (of_campaign or (root / "data" / campaign / "campaign.yaml").is_file())
        hit.update([mine] if own else of_campaign if known else shown)
    return tuple(address for address in shown if address in hit)
