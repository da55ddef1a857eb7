"""One frozen Settings: every default in this one place."""

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PACKAGE = Path(__file__).parent
A_WORKER = 300 * 1024 * 1024


def shipped_templates() -> Path:
    """Return the default look: inside the wheel, else beside the package in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def rules_page() -> Path:
    """Return the page of rules: inside the wheel, else in the checkout's docs."""
    inside = PACKAGE / "rules.md"
    return inside if inside.is_file() else PACKAGE.parent / "docs" / "rules.md"


def default_site() -> Path:
    """Return the folder one is in where it is a site, else the checkout's own sample site."""
    here, checkout = Path(), PACKAGE.parent
    is_site = [(folder / "data" / "site.yaml").is_file() for folder in (here, checkout)]
    return checkout if is_site == [False, True] else here


def usual_jobs() -> int:
    """Return a worker for each processor that may be used, less where memory is short."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(len(os.sched_getaffinity(0)), memory // 2 // A_WORKER))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command was asked to do, and where.

    Attributes:
        root: The site: a folder with data/, content/ and perhaps templates/.
        output: Where the editions go.
        targets: campaign or campaign/bulletin; all where empty.
        today: The day of the run; nothing else looks at the clock.
        pdf: Whether to press.
        fast: Whether `check` stops before layout.
        editions: What to make besides what the office has chosen.
        fonts: Whether web pages bring their fonts along.
        language: "zh" or "en", for what is said to the user; "" takes the site's.
        jobs: How many worker processes there are; with 0 all is done in this one, unlimited.
        task_seconds: What one task of a worker may take, by the clock.
        task_megabytes: The memory that a worker may have.
        cluster: The address of a Dask scheduler whose workers press, such as tcp://host:8786.
        remember: Whether what is up to date is left alone, and what was made is kept.
        among: The bulletins that lie together in the output, where it will not hold them all.
        lasting: Whether what is made is to outlive a power cut; a preview is not.
        rehash: Whether each file is read to see if it changed, whatever its stamp says.
    """

    root: Path
    output: Path
    today: date
    targets: tuple[str, ...] = ()
    pdf: bool = True
    fast: bool = False
    language: str = ""
    fonts: bool = True
    jobs: int = 0
    task_seconds: int = 300
    task_megabytes: int = 2048
    editions: tuple[str, ...] = ()
    cluster: str = ""
    remember: bool = False
    rehash: bool = False
    lasting: bool = True
    among: tuple[str, ...] = ()
    templates: Path = field(default_factory=shipped_templates)
