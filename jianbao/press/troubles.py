"""What the press met, as findings with a place in the story it is about."""

from collections.abc import Iterable, Iterator, Mapping

from jianbao.diagnostics import Finding, Message, Place, error, msg, note, warning
from jianbao.model import Story
from jianbao.press.jobs import Fault, Trouble
from jianbao.reading.heads import KEYS, headed

BLURRED = 150
"""Dots per inch below which a picture is not printed."""
_OF_ROOM = frozenset(
    (Fault.OVERSET, Fault.EMPTY, Fault.FITTED, Fault.RESET, Fault.PULLED, Fault.LAST)
)
_STOPPED = {
    "time": msg("Making this bulletin took too long and was broken off."),
    "memory": msg("Making this bulletin wanted more memory than it may have."),
    "killed": msg("The process that made this bulletin was ended from outside or broke down."),
}


def findings_of(
    troubles: Iterable[Trouble], stories: Mapping[str, Story], bulletin: Place
) -> Iterator[Finding]:
    """Yield a finding for each trouble; one whose place is unknown is put to the bulletin."""
    for trouble in troubles:
        place = _place(trouble.where, trouble.what, stories) or bulletin
        if trouble.fault in _OF_ROOM:
            yield _room(trouble, place)
        elif trouble.fault is Fault.GLYPH:
            yield from _glyph(trouble.what, stories, bulletin)
        elif trouble.fault in _PLACED:
            yield _PLACED[trouble.fault](trouble, stories, bulletin)
        elif trouble.fault is Fault.PICTURE:
            yield error(
                "photo-missing", place, msg("There is no picture {name}.", name=trouble.what)
            )
        elif trouble.fault is Fault.STOPPED:
            yield stopped(bulletin, trouble.what)
        else:
            yield warning(
                "press-engine",
                place,
                msg("The press says: {words}", words=trouble.what),
                msg("Give this sentence to whoever keeps the templates; the story is all right."),
            )


def _room(trouble: Trouble, place: Place) -> Finding:
    """Return the finding for a text that has too little or too much room, or had."""
    if trouble.fault is Fault.OVERSET:
        return error(
            "text-overset",
            place,
            msg(
                "{frame} has about {characters} characters ({lines} lines) more than fit.",
                frame=trouble.what,
                characters=trouble.characters,
                lines=trouble.lines,
            ),
            msg("Cut the text by {characters} characters.", characters=trouble.characters),
        )
    if trouble.fault is Fault.EMPTY:
        return warning(
            "text-short",
            place,
            msg("{frame} leaves {lines} lines empty.", frame=trouble.what, lines=trouble.lines),
            msg("Write more, or choose another layout."),
        )
    if trouble.fault is Fault.LAST:
        return note(
            "page-short",
            place,
            msg("The last page has only {lines} lines of text.", lines=trouble.lines),
            msg("Cut as many lines, or write more."),
        )
    return note("copy-fitted", place, _fitted(trouble), msg("See whether you like the page."))


def _coarse(trouble: Trouble, stories: Mapping[str, Story], bulletin: Place) -> Finding:
    """Return the finding for a picture with too few dots where the story shows it."""
    photos = (photo for story in stories.values() for photo in story.photos)
    place = next((photo.place for photo in photos if photo.path == trouble.what), bulletin)
    column = place.text.find(trouble.what) + 1
    if column:
        place = place.words(column, column + len(trouble.what))
    dots = trouble.characters
    hint = msg("Use the original from the camera, not one out of a chat or a web page.")
    if dots < BLURRED:
        why = msg("In print the picture has {dots} dots an inch and is blurred.", dots=dots)
        return error("photo-blurred", place, why, hint)
    why = msg("In print the picture has {dots} dots an inch; it needs 200.", dots=dots)
    return warning("photo-coarse", place, why, hint)


def _wide(trouble: Trouble, stories: Mapping[str, Story], bulletin: Place) -> Finding:
    """Return the finding for a typed table, where its head is typed."""
    story = stories.get(trouble.where.rpartition(":")[0])
    heads = trouble.what.split("|")
    typed = (line for line in story.lines if line.text.lstrip().startswith("|")) if story else ()
    place = next(
        (line for line in typed if all(head in line.text for head in heads)),
        _place(trouble.where, "", stories) or bulletin,
    )
    why = msg("This table is wider than its column.")
    return error("chart-crowded", place, why, msg("Write fewer columns, or fewer words in them."))


def _crossed(trouble: Trouble, stories: Mapping[str, Story], bulletin: Place) -> Finding:
    """Return the finding for what is printed over something else, or beyond the type area."""
    place = _place(trouble.where, "", stories) or bulletin
    what, under, depth = trouble.what, trouble.means, trouble.rows
    if under:
        message = msg(
            "“{what}” is printed over “{under}” by {depth} mm.", what=what, under=under, depth=depth
        )
    else:
        message = msg("“{what}” reaches {depth} mm beyond the type area.", what=what, depth=depth)
    hint = msg("Make it smaller, show less in it, or put it on another page.")
    return error("page-overprint", place, message, hint)


def _hole(trouble: Trouble, stories: Mapping[str, Story], bulletin: Place) -> Finding:
    """Return the finding for a column that ends well above its neighbours."""
    why = msg(
        "{frame} leaves {lines} lines empty at the foot of a column: what follows is not divided.",
        frame=trouble.what,
        lines=trouble.lines,
    )
    hint = msg("Put that chart, table or photo a paragraph earlier or later, or make it smaller.")
    return warning(
        "text-short", _place(trouble.where, trouble.what, stories) or bulletin, why, hint
    )


_PLACED = {Fault.HOLE: _hole, Fault.COARSE: _coarse, Fault.WIDE: _wide, Fault.CROSSED: _crossed}


def stopped(bulletin: Place, why: str) -> Finding:
    """Return the finding for a bulletin that was broken off: it took too much, or was ended."""
    return error(
        "bulletin-stopped",
        bulletin,
        _STOPPED.get(why, _STOPPED["killed"]),
        msg("Look for a very large table, picture or number of pages, then build this one again."),
    )


def _fitted(trouble: Trouble) -> Message:
    """Return in a clerk's words what was done so that a frame's text fits."""
    if trouble.fault is Fault.PULLED:
        why = msg("the last page had only {lines} lines of text", lines=trouble.lines)
    elif trouble.lines > 0:
        why = msg("{frame} was {lines} lines too long", frame=trouble.what, lines=trouble.lines)
    else:
        why = msg("{frame} left {lines} lines empty", frame=trouble.what, lines=-trouble.lines)
    if trouble.fault is Fault.RESET or not trouble.what:
        way = msg("tighter") if trouble.rows < 0 else msg("looser")
        return msg(
            "{why}: the paragraph “{words}…” was set {way} by a line.",
            why=why,
            words=trouble.means,
            way=way,
        )
    way = msg("higher") if trouble.rows > 0 else msg("lower")
    return msg(
        "{why}: {part} was made {rows} rows {way}.",
        why=why,
        part=trouble.means or trouble.what,
        rows=abs(trouble.rows),
        way=way,
    )


def _place(where: str, frame: str, stories: Mapping[str, Story]) -> Place | None:
    """Return the line that a frame's text begins on; of a head's frame, the line of its key."""
    path, _, line = where.rpartition(":")
    story = stories.get(path)
    if story is None or not line.isdigit() or not 1 <= int(line) <= len(story.lines):
        return None
    key = next((key for word, key in KEYS.items() if frame.endswith(word)), "")
    return headed(story.lines, key) or story.lines[int(line) - 1]


def _glyph(char: str, stories: Mapping[str, Story], bulletin: Place) -> Iterator[Finding]:
    """Yield a finding wherever the character stands that no font has."""
    message = msg(
        "No font has the character {char} ({code}).", char=char, code=f"U+{ord(char):04X}"
    )
    hint = msg("Write it otherwise, or have a font installed that has it.")
    found = False
    for story in stories.values():
        for line in story.lines:
            column = line.text.find(char) + 1
            if column:
                found = True
                yield error("glyph-missing", line.words(column, column + 1), message, hint)
    if not found:
        yield error("glyph-missing", bulletin, message, hint)
