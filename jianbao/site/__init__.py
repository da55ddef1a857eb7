"""Site: what links the bulletins together.

a bulletin ──record──▶ bulletin.json in its folder ──▶ Entry of the list, newest first
"""

import json
from collections.abc import Iterable
from dataclasses import asdict

from jianbao.model import Bulletin, Campaign, Entry


def record(bulletin: Bulletin, campaign: Campaign, title: str, pdfs: tuple[str, ...]) -> bytes:
    """Return bulletin.json, which says what lies in the bulletin's folder."""
    entry = Entry(
        bulletin.address,
        title,
        campaign.title,
        campaign.organisation,
        bulletin.number,
        bulletin.day.isoformat(),
        pdfs,
    )
    return json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode() + b"\n"


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries by day, the newest first; of one day by address."""
    return tuple(
        sorted(
            sorted(entries, key=lambda item: item.address), key=lambda item: item.day, reverse=True
        )
    )
