"""Account of a run: what was looked at for what, kept for the next build.

Past of the last build, Results of this one ──▶ Past of this one
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from jianbao.delivery.manifest import (
    KNOWN,
    MACHINE,
    OFFICE,
    SHARED,
    Entry,
    Past,
    begin,
    data_of,
    key_of,
    marks,
    remember,
    words,
)
from jianbao.delivery.output import Outputs
from jianbao.delivery.program import machine, program
from jianbao.pipeline.runs import Findings, Result
from jianbao.reading.noting import CONTENT, Sights
from jianbao.settings import Settings

_OURS = ("search", "years", "organisations", ".schemas")
_RIGHTED = ("/index.html", "/bulletin.json")


class Account:
    """What the last build knew, with what this one finds out; nothing where nothing is kept."""

    def __init__(self, settings: Settings, past: Past | None, delivering: bool) -> None:
        self._settings, self._past = settings, past
        self._keeps = settings.remember and delivering
        self._marks: dict[str, str] = {}
        self._made: dict[str, Outputs] = {}
        made_by = past.program if past else program(settings) if self._keeps else ""
        self._now = Past(made_by)
        if past:
            self._now.entries.update(past.entries)
            self._now.groups.update(past.groups)
            self._now.see(past.sights)
        if self._keeps:
            self._now.started = past.started if past else begin(settings.output)
            self._group(MACHINE, machine())

    @property
    def made_by(self) -> str:
        """The digest of the program and of the machine's fonts; "" where nothing is kept."""
        return key_of(self._now.program, (self._digest(MACHINE),), {}) if self._keeps else ""

    def open_office(self, language: str, findings: Findings, seen: Sights) -> None:
        """Enter what all bulletins share on the side of the office, whose language it is."""
        if not self._keeps:
            return
        self._now.language, self._now.speaks = language, self._settings.language or language
        self._group(OFFICE, seen)
        key = key_of(self._now.program, (), seen)
        self._now.entries[OFFICE] = Entry(key, tuple(seen), (), None, findings)

    def open_list(self, known: Sequence[str], seen: Sights, findings: Findings) -> None:
        """Enter which bulletins there are, and what is wrong in campaigns that have none yet.

        What is gone is forgotten.
        """
        if not self._keeps:
            return
        self._now.known = tuple(known)
        self._now.see(seen)
        key = key_of(self._now.program, (), seen)
        self._now.entries[KNOWN] = Entry(key, tuple(seen), (), None, findings)
        for name in set(self._now.bulletins) - set(known):
            del self._now.entries[name]

    def stale(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return those bulletins that are to be made."""
        return tuple(address for address in wanted if not self._fresh(address))

    def enter(self, result: Result) -> None:
        """Enter what became of a bulletin; one that was broken off is made again next time."""
        if not self._keeps:
            return
        self._now.entries.pop(result.address, None)
        (group,) = data_of((result.address,))
        if result.looked.opened:
            self._group(group, result.looked.opened)
        if result.again:
            return
        shared = (self._digest(MACHINE), self._digest(OFFICE), result.looked.desk)
        own, made = result.looked.seen, result.outputs if result.paths else None
        self._made[result.address] = made or {}
        self._now.see(own)
        self._now.entries[result.address] = Entry(
            key_of(self._now.program, (*shared, *words(made, self._now.speaks)), own),
            tuple(own),
            (MACHINE, OFFICE, group),
            made,
            result.findings,
        )

    def shares(self, lying: Sequence[str]) -> bool:
        """Return whether what all share has to be made.

        `lying` are the bulletins that this run was asked for and that now lie in the output.
        """
        if not self._keeps:
            return bool(lying)
        entry = self._now.entries.get(SHARED)
        if entry and not self._says_something_new():
            self._now.look_at(entry.own)
            output, rehash = self._settings.output, self._settings.rehash
            if self._now.covers(data_of(lying)) and self._now.is_fresh(SHARED, output, rehash):
                return False
        return any(self.delivered(address) for address in self._now.bulletins)

    def _says_something_new(self) -> bool:
        """Return whether a bulletin was delivered with a file that was seen otherwise before.

        Then nobody has to look at all the others.
        """
        output = self._settings.output.absolute()
        for address, outputs in self._made.items():
            for name, (digest, _) in outputs.items():
                sight = self._now.sights.get(f"{CONTENT}{output / address / name}")
                if sight and sight.mark != digest:
                    return True
        return False

    def enter_shared(
        self, seen: Sights, desks: Mapping[str, Sights], placed: Outputs, findings: Findings
    ) -> None:
        """Enter what was made for all bulletins together, and which of their pages were righted.

        `desks` are what was looked at for the campaigns whose figures it shows.
        """
        if not self._keeps:
            return
        for group, opened in desks.items():
            self._group(group, opened)
        groups = (MACHINE, OFFICE, *desks)
        shared = [self._digest(group) for group in groups]
        self._now.see(seen)
        own = dict(placed)
        for address in self._now.bulletins:
            entry = self._now.entries[address]
            righted = {n[1:]: own.pop(address + n) for n in _RIGHTED if address + n in own}
            if righted:
                outputs = {**(entry.outputs or {}), **righted}
                self._now.entries[address] = replace(entry, outputs=outputs)
        # A page put right of a bulletin that was taken out of content/ is not ours to clear away.
        own = {name: made for name, made in own.items() if not _of_a_bulletin(name)}
        key = key_of(self._now.program, shared, seen)
        self._now.entries[SHARED] = Entry(key, tuple(seen), groups, own, findings)

    def outdated(self, placed: Container[str], campaigns: Container[str]) -> Outputs:
        """Return what the last build made for all bulletins together and this one did not.

        Pages of campaigns that this run has not read stay, and so does every bulletin's own folder:
        its address was given to readers.
        """
        entry = self._now.entries.get(SHARED)
        return {
            name: output
            for name, output in ((entry and entry.outputs) or {}).items()
            if name not in placed
            and ("/" not in name or (top := name.partition("/")[0]) in _OURS or top in campaigns)
        }

    def staying(self, going: Container[str]) -> Outputs:
        """Return what earlier builds made for all bulletins together, less what goes away now.

        It stays in the account, so that a later build can still clear it away.
        """
        entry = self._now.entries.get(SHARED)
        output = self._settings.output
        return {
            name: made
            for name, made in ((entry and entry.outputs) or {}).items()
            if name not in going and (output / name).is_file()
        }

    def close(self) -> None:
        """Keep the account for the next build, less what nothing refers to any more."""
        if not self._keeps:
            return
        used = {key for keys in self._now.groups.values() for key in keys}
        used |= {key for entry in self._now.entries.values() for key in entry.own}
        sights = self._now.sights
        self._now.sights = {key: sights[key] for key in sorted(used) if key in sights}
        remember(self._settings, self._now)

    def delivered(self, address: str) -> bool:
        """Return whether a bulletin lies in the output as the last build left it."""
        entry = self._now.entries.get(address)
        return entry is not None and entry.outputs is not None

    def findings(self, address: str) -> Findings:
        """Return what the last build found in a bulletin."""
        entry = self._now.entries.get(address)
        return entry.findings if entry else ()

    def _fresh(self, name: str) -> bool:
        known = self._past
        output, rehash = self._settings.output, self._settings.rehash
        return known is not None and known.is_fresh(name, output, rehash)

    def _group(self, name: str, seen: Sights) -> None:
        self._now.groups[name] = tuple(seen)
        self._now.see(seen)
        self._marks[name] = marks(seen)

    def _digest(self, group: str) -> str:
        """Return a group's digest as it was when it was read, whatever was seen of it since."""
        return self._marks[group] if group in self._marks else self._now.digest(group)


def _of_a_bulletin(name: str) -> bool:
    """Return whether a file that was made for all together lies in a bulletin's own folder."""
    return name.count("/") == len(("campaign", "bulletin")) and name.endswith(_RIGHTED)
