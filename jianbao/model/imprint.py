"""The nouns of what a bulletin says of itself: its profile, its imprint, to whom it is sent.

These are the printer's and the registry's words, not those of reporting.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jianbao.diagnostics import Place

LISTS = ("报", "送", "发")
"""To whom a brief goes: to those above, beside and below the office, in this order."""


class Profile(StrEnum):
    """What a bulletin is in law: what it has to say of itself, and what it may not call itself."""

    JIANBAO = "jianbao"
    NEIBU = "neibu"
    BAOZHI = "baozhi"


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a bulletin says of itself.

    Attributes:
        secret: The line on top of the first page: 内部资料　注意保存.
        permit: 准印证编号 of internal material.
        compiler: Who compiles it; the office where "".
        recipients: 发送对象.
        stated_run: 印数 as typed; 0 where it is left to the lists.
        send: Copies by receiver, by list: 报, 送, 发.
        places: Where each field stands that was filled in; a receiver's by list and name.
    """

    profile: Profile = Profile.JIANBAO
    secret: str = ""
    permit: str = ""
    compiler: str = ""
    recipients: str = ""
    printer: str = ""
    printed: date | None = None
    stated_run: int = 0
    send: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict)

    @property
    def copies(self) -> int:
        """How many copies the lists ask for."""
        return sum(sum(receivers.values()) for receivers in self.send.values())

    @property
    def run(self) -> int:
        """How many are printed: the lists' sum, or what was stated where there are no lists."""
        return self.copies or self.stated_run
