"""The rules there are, by the page that documents them: docs/rules.md, shipped with the program.

    names an office wrote ──unknown_rules──▶ findings

A misspelt rule would change nothing, and nobody would hear of it.
"""

import re
from collections.abc import Iterable, Iterator

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.reading.files import bytes_of
from jianbao.reading.shaping import nearest
from jianbao.settings import rules_page

_HEADING = re.compile(r"(?m)^### `([^`\n]+)` \S+$")


def known_rules() -> tuple[str, ...]:
    """Return the names of all rules, in the order of their page; a test holds it complete."""
    page = rules_page()
    return tuple(_HEADING.findall((bytes_of(page.parent, page.name) or b"").decode()))


def unknown_rules(named: Iterable[tuple[str, Place]]) -> Iterator[Finding]:
    """Yield a finding for each name that is no rule, with the nearest that is."""
    named = tuple(named)
    known = known_rules() if named else ()
    for name, place in named:
        if name not in known:
            near = nearest(name, known)
            if near.text.startswith("Known"):
                near = msg("Write a rule's name as docs/rules.md has it, such as number-typed.")
            yield error("rule-unknown", place, msg("No rule is named {name}.", name=name), near)
