"""Open and save PDFs so that the same pages give the same bytes, and say what a PDF is.

bytes ──opened──▶ Pdf ──described──▶ Pdf with Info and XMP ──saved──▶ bytes
"""

from hashlib import sha256
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, Pdf, String

from jianbao.press.wishes import Facts

_MARK = "\ufeff"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}
PRODUCER = "Jianbao, WeasyPrint, pikepdf"


def opened(pdf: bytes) -> Pdf:
    """Return a PDF to work on."""
    return Pdf.open(BytesIO(pdf))


def saved(pdf: Pdf, version: str = "1.7", packed: bool = True) -> bytes:
    """Return the file's bytes; its identity is made from what it holds.

    Args:
        packed: Whether small objects are packed together, which some printers' old programs
            cannot read.
    """
    for page in pdf.pages:
        resources = page.obj.get("/Resources", Dictionary())
        for kind in [kind for kind, named in resources.as_dict().items() if not len(named)]:
            del resources[kind]
    out = BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    pdf.save(
        out,
        force_version=version,
        object_stream_mode=mode,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()


def described(pdf: Pdf, source: bytes, facts: Facts, claims: str = "") -> None:
    """Write Info and XMP with the same words in both.

    Args:
        source: What the file is made from, which tells one version of it from another.
        claims: XMP properties that say which standard the file follows.
    """
    moment = f"{facts.day.isoformat()}T00:00:00+08:00"
    stamp = f"D:{facts.day:%Y%m%d}000000+08'00'"
    info = {
        "/Title": facts.title,
        "/Author": facts.author,
        "/Subject": facts.subject,
        "/Creator": "Jianbao",
        "/Producer": PRODUCER,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.trailer["/Info"] = pdf.make_indirect(
        Dictionary({name: String(value) for name, value in info.items() if value})
    )
    packet = _packet(facts, moment, claims, sha256(source).hexdigest())
    metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root["/Metadata"] = metadata


def _packet(facts: Facts, moment: str, claims: str, digest: str) -> str:
    document = uuid5(NAMESPACE_URL, f"jianbao:{facts.address}")
    instance = uuid5(document, digest + claims)
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items() if f"{name}:" in
                      _KNOWN + claims)  # fmt: skip
    title, author, subject = (escape(text) for text in (facts.title, facts.author, facts.subject))
    return (
        f'<?xpacket begin="{_MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about="" {spaces}>\n'
        "<dc:format>application/pdf</dc:format>\n"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
        "</dc:description>\n"
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>\n"
        "<xmp:CreatorTool>Jianbao</xmp:CreatorTool>\n"
        f"<xmp:CreateDate>{moment}</xmp:CreateDate>\n"
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
        f"<xmp:MetadataDate>{moment}</xmp:MetadataDate>\n"
        f"<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>\n"
        f"<xmpMM:InstanceID>uuid:{instance}</xmpMM:InstanceID>\n"
        "<xmpMM:VersionID>1</xmpMM:VersionID>\n"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
        f"{claims}\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )


_KNOWN = "dc: xmp: xmpMM: pdf: "
