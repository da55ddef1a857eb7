"""archive.pdf, to be kept: PDF/A-3a (ISO 19005-3), with the data it was made from inside.

pressed PDF, files ──archive──▶ archive.pdf
"""

from collections.abc import Iterable

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String

from jianbao.press.variants.boxes import trim
from jianbao.press.variants.files import described, opened, saved
from jianbao.press.variants.inks import screen_profile
from jianbao.press.wishes import Facts, Kept

_PART = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
_PRINTED = 4


def archive(pdf: bytes, kept: Iterable[Kept], facts: Facts) -> bytes:
    """Return the pages as they are kept, with the files that they were made from."""
    with opened(pdf) as file:
        trim(file)
        _suit(file)
        _intend(file)
        _attach(file, kept, facts)
        described(file, pdf, facts, _PART)
        return saved(file)


def _suit(pdf: Pdf) -> None:
    """Take out what an archive may not have: smoothed pictures (6.2.8), unprinted links (6.3.2)."""
    for item in pdf.objects:
        if isinstance(item, Stream) and "/Interpolate" in item:
            del item["/Interpolate"]
        elif isinstance(item, Dictionary) and item.get("/Type") == Name.Annot:
            item["/F"] = _PRINTED


def _intend(pdf: Pdf) -> None:
    """Say what the screen's colours are, with the profile itself (6.2.3)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=pdf.make_stream(screen_profile(), N=3),
    )
    pdf.Root["/OutputIntents"] = Array([pdf.make_indirect(intent)])


def _attach(pdf: Pdf, kept: Iterable[Kept], facts: Facts) -> None:
    """Put the files in, each with its path, kind, day and what it is to the pages (6.8)."""
    stamp = f"D:{facts.day:%Y%m%d}000000+08'00'"
    specs = []
    for item in sorted(kept, key=lambda item: item.path):
        name = item.path.replace("/", "-")
        pdf.attachments[name] = AttachedFileSpec(
            pdf,
            item.data,
            filename=name,
            description=item.path,
            mime_type=item.mime,
            creation_date=stamp,
            mod_date=stamp,
        )
        spec = pdf.attachments[name].obj
        spec["/AFRelationship"] = Name("/" + item.relation)
        specs.append(spec)
    if specs:
        pdf.Root["/AF"] = Array(specs)
