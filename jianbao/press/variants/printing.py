"""print.pdf, for the printer: PDF/X-4 (ISO 15930-7:2010), in four inks or in black.

    pressed PDF, ForPrinter ──printing──▶ print.pdf

No links, tags, bookmarks or actions: nothing but what is printed, the boxes it is cut by, and
the condition it was made for.
"""

from pikepdf import Array, Dictionary, Name, Pdf, String

from jianbao.press.variants.boxes import bleed
from jianbao.press.variants.colours import ink
from jianbao.press.variants.files import described, opened, saved
from jianbao.press.variants.imposition import impose
from jianbao.press.variants.inks import Inks, name_of
from jianbao.press.variants.outlines import outline
from jianbao.press.wishes import ForPrinter

_CLAIM = "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>"
_UNPRINTED = (
    "/StructTreeRoot", "/MarkInfo", "/Outlines", "/Names", "/Dests", "/OpenAction", "/AA",
    "/AcroForm", "/ViewerPreferences", "/PageMode", "/PageLabels", "/OutputIntents", "/AF",
)  # fmt: skip


def printing(pdf: bytes, wish: ForPrinter) -> bytes:
    """Return the pages as the printer gets them."""
    wishes = wish.printing
    red = tuple(part / 100 for part in wishes.red)
    inks = Inks(wish.profile, wishes.ink, (red[0], red[1], red[2], red[3]), wishes.black)
    with opened(pdf) as file:
        strip(file)
        ink(file, inks)
        if wishes.outlines:
            outline(file)
        impose(file, wishes.imposition, wishes.bleed)
        bleed(file, wishes.bleed, wishes.marks)
        _intend(file, wish)
        described(file, pdf, wish.facts, _CLAIM)
        file.trailer["/Info"]["/Trapped"] = Name("/False")
        return saved(file, version="1.6", packed=False)


def strip(pdf: Pdf) -> None:
    """Take out what is not printed."""
    for name in _UNPRINTED:
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        for name in ("/Annots", "/StructParents", "/Tabs", "/AA"):
            if name in page.obj:
                del page.obj[name]


def _intend(pdf: Pdf, wish: ForPrinter) -> None:
    """Say which printing condition the file is made for, and carry its profile."""
    name = name_of(wish.profile)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(wish.printing.condition or "Custom"),
        OutputCondition=String(name),
        Info=String(name),
        DestOutputProfile=pdf.make_stream(wish.profile, N=4),
    )
    if wish.printing.condition:
        intent["/RegistryName"] = String("http://www.color.org")
    pdf.Root["/OutputIntents"] = Array([pdf.make_indirect(intent)])
