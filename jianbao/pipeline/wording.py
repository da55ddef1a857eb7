"""The editions that go on being edited elsewhere: a Word document, a piece of HTML to paste.

Draft ──▶ bulletin.docx, paste.html
"""

from collections.abc import Container
from dataclasses import replace

from jianbao.model.editions import Edition
from jianbao.pages.charts.blocks import in_text
from jianbao.pages.viewing import view
from jianbao.pipeline.runs import Draft
from jianbao.reading.sites import Office


def texts_of(office: Office, draft: Draft, chosen: Container[Edition]) -> dict[str, bytes]:
    """Return the chosen ones of these files by name, figures written; charts have to be set."""
    # There are no pages here that a story could go on from: each stands whole.
    material = replace(draft.material, charts=in_text(draft.material.charts), turns={})
    files: dict[str, bytes] = {}
    if Edition.WORD in chosen:
        from jianbao.pages.word.document import word_document  # and python-docx

        shown, day = view(material, web=False), material.bulletin.day
        files["bulletin.docx"] = word_document(office.site, shown, material.pictures, day)
    if Edition.PASTE in chosen:
        from jianbao.pages.fragments import fragment

        files["paste.html"] = fragment(view(material, web=False), material.pictures).encode()
    return files
