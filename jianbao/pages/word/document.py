"""The two Word documents: the red-headed brief in its official form, and stories one by one.

BulletinView ──brief or article──▶ Document ──packed──▶ bytes
"""

from collections.abc import Mapping
from datetime import date

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from jianbao.model import Site
from jianbao.pages.bylines import signed
from jianbao.pages.headlines import ems
from jianbao.pages.official import title_lines
from jianbao.pages.views import BulletinView, StoryView
from jianbao.pages.word.flow import Setter
from jianbao.pages.word.shaping import (
    BODY,
    FANG,
    HEI,
    KAI,
    TITLE,
    Type,
    hang,
    new_document,
    number_pages,
    packed,
    set_border,
    set_line,
    write_run,
)
from jianbao.reading.pictures import Picture

_MIDDLE, _LEFT, _RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT,
)  # fmt: skip
_TITLE_EMS = 19
_OFFICE_EMS = 27
_MASTHEAD = {4: 72, 5: 66, 6: 60, 7: 53, 8: 46}
_WIDTH = Mm(156)


def word_document(
    site: Site, bulletin: BulletinView, pictures: Mapping[str, Picture], day: date
) -> bytes:
    """Return the bulletin as a .docx with its figures in place; the same input, the same bytes."""
    author = bulletin.imprint.compiler or site.organisation
    document = new_document(bulletin.title, author, day)
    setter = Setter(document, pictures)
    official = bulletin.pages[0].layout == "brief"
    if official:
        _red_head(document, site, bulletin)
    else:
        _plain_head(document, bulletin)
    for page in bulletin.pages:
        if len(bulletin.pages) > 1:
            head = setter.line(f"{page.number_text}　{page.name}", Type(HEI, 14), _LEFT)
            head.paragraph_format.keep_with_next = True
        for stories in page.stories.values():
            for story in stories:
                _story(setter, story)
    if official:
        _foot(document, bulletin)
    number_pages(document)
    return packed(document, day)


def _red_head(document: Document, site: Site, bulletin: BulletinView) -> None:
    """Set the red head of a brief: secret line, name, number, office and day, red rule."""
    imprint, day = bulletin.imprint, bulletin.day_text
    if imprint.secret:
        paragraph = set_line(document.add_paragraph(), align=_LEFT)
        write_run(paragraph, imprint.secret, Type(HEI, 16))
    size = _MASTHEAD.get(max(len(imprint.masthead), 4), 400 / (len(imprint.masthead) or 1))
    name = set_line(document.add_paragraph(), Pt(size * 1.3), _MIDDLE)
    name.paragraph_format.space_before = Pt(29)
    write_run(name, imprint.masthead, Type(TITLE, size), red=True)
    total = f"（{imprint.total}）" if imprint.total else ""
    number = set_line(document.add_paragraph(), align=_MIDDLE)
    write_run(number, f"{imprint.number}{total}", BODY)
    *above, beside = title_lines([imprint.compiler or site.organisation], _OFFICE_EMS - ems(day))
    for line in above:
        write_run(set_line(document.add_paragraph(), align=_LEFT), str(line), BODY)
    office = set_line(document.add_paragraph(), align=_LEFT)
    office.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    write_run(office, f"{beside}\t{day}", BODY)
    set_border(office, "bottom", 2.25, "E60012")


def _plain_head(document: Document, bulletin: BulletinView) -> None:
    """Set above a newspaper's stories which bulletin they are of."""
    total = f"（{bulletin.imprint.total}）" if bulletin.imprint.total else ""
    parts = (bulletin.imprint.masthead, bulletin.imprint.number + total, bulletin.day_text)
    head = set_line(document.add_paragraph(), align=_MIDDLE)
    write_run(head, "　".join(part for part in parts if part), Type(KAI, 14))
    set_border(head, "bottom", 0.75)


def _story(setter: Setter, story: StoryView) -> None:
    """Set a story: kicker, headline broken where sense allows, deck, text, byline."""
    head = [setter.document.add_paragraph()]
    if story.kicker:
        head.append(setter.line(str(story.kicker), Type(KAI, 16), _MIDDLE))
    for line in title_lines(story.headline, _TITLE_EMS):
        title = setter.line(str(line), Type(TITLE, 22), _MIDDLE)
        head.append(set_line(title, Pt(36), _MIDDLE))
    if story.deck:
        head.append(setter.line(str(story.deck), Type(KAI, 16), _MIDDLE))
    head.append(set_line(setter.document.add_paragraph()))
    for paragraph in head:
        paragraph.paragraph_format.keep_with_next = True
    if story.standfirst:
        setter.line(str(story.standfirst), Type(KAI, 16), WD_ALIGN_PARAGRAPH.JUSTIFY, indent=2)
    setter.pieces(story.before)
    for section in story.sections:
        for line in section.heads:
            crosshead = setter.line(str(line), Type(HEI, 16), _MIDDLE)
            crosshead.paragraph_format.keep_with_next = True
        setter.pieces(section.pieces)
    setter.pieces(story.after)
    if story.byline:
        setter.line(str(signed(story.byline, held=False)), Type(KAI, 16), _RIGHT)


def _foot(document: Document, bulletin: BulletinView) -> None:
    """Set the 版记: to whom it goes and how many are printed (GB/T 9704-2012 7.4)."""
    imprint, small = bulletin.imprint, Type(FANG, 14)
    if not imprint.lists and not imprint.run:
        return
    above = set_line(document.add_paragraph())
    lines = [set_line(document.add_paragraph(), Pt(22), _LEFT) for _ in imprint.lists]
    for paragraph, list_ in zip(lines, imprint.lists, strict=True):
        write_run(paragraph, f"{list_.name}：{list_.receivers}", small)
        hang(paragraph, small.size)
    last = set_line(document.add_paragraph(), Pt(22), _LEFT)
    last.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    editors = "　".join(f"{task}：{name}" for task, name in bulletin.editors.items() if name)
    write_run(last, f"　{editors}\t共印{imprint.run}份", small)
    set_border(above, "bottom", 1)  # a rule is as long as its paragraph, and lists are set in
    if lines:
        set_border(last, "top", 0.75)
    set_border(last, "bottom", 1)
