"""Word files made of bytes, for `fuzzing`: whatever the bytes are, the XML of every part is whole.

    bytes ──written──▶ parts of a .docx ──▶ one file

Bytes changed at random seldom make XML, and what is no XML is refused before anything reads it.
Here each byte opens an element that Word knows, closes one, sets a value or writes a text.
"""

import io
import zipfile
from collections.abc import Iterator

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
ROOTS = {
    "document": "w:document",
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "comments": "w:comments",
}
ELEMENTS = (
    "w:body w:p w:r w:t w:pPr w:rPr w:pStyle w:rStyle w:b w:i w:u w:sz w:jc w:numPr w:ilvl w:numId w:tbl "
    "w:tblPr w:tblGrid w:gridCol w:tr w:trPr w:tc w:tcPr w:gridSpan w:vMerge w:hyperlink w:bookmarkStart "
    "w:br w:tab w:noBreakHyphen w:softHyphen w:sym w:fldChar w:fldSimple w:instrText w:ins w:del w:delText "
    "w:moveFrom w:moveTo w:sdt w:sdtPr w:sdtContent w:smartTag w:drawing w:pict w:object "
    "wp:inline wp:anchor wp:docPr a:graphic a:graphicData a:blip pic:pic v:shape v:imagedata v:textbox "
    "w:txbxContent w:footnoteReference w:endnoteReference w:commentReference w:footnote w:endnote w:comment "
    "m:oMath m:oMathPara mc:AlternateContent mc:Choice mc:Fallback w:style w:name w:basedOn w:abstractNum "
    "w:lvl w:start w:numFmt w:lvlText w:num w:abstractNumId w:lvlOverride w:startOverride w:sectPr w:outlineLvl "
    "w:vertAlign w:shd w:highlight w:rFonts w:link w:numStyleLink w:styleLink w:docDefaults w:lvlRestart w:isLgl "
    "w:checkBox w14:checkbox w:ffData w:tblHeader w:caps w:strike w:dstrike w:smallCaps w:vanish o:OLEObject"
).split()
NAMES = (
    "w:val w:id w:styleId w:type w:numId w:ilvl w:abstractNumId w:fldCharType w:anchor r:id r:embed r:link "
    "w:char w:font w:author w:name w:default w:tgtFrame w:history w:w descr title o:title w:instr"
).split()
VALUES = (
    "0 1 2 9 -1 00 1e9 2147483648 99999999999 paragraph character table numbering default Heading1 Title "
    "标题1 decimal bullet none upperRoman chineseCounting aiueo begin separate end both center on off true "
    "restart continue rId1 rId2 rId9 %1 %1.%2 （%2） %9 _GoBack F0FC Wingdings textWrapping page column x 字"
).split()
TEXTS = (
    "字", "已完成693件。", "主题：", "（通讯员　王芳）", "一、", "（一）", "1.", "图1", "图为", "王芳 摄", "——", "///", "---",
    "{{ 实事.项目 }}", "**", "<b>", "|", "\t", "\u200b", "\u202e", "\ue000", " HYPERLINK \"javascript:1\" ", "#", "` ",
)  # fmt: skip
LIMIT = 60
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png"'
    ' ContentType="image/png"/>{}</Types>'
)
OVERRIDE = (
    '<Override PartName="/word/{0}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.{1}+xml"/>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
RELATION = (
    '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    '{1}" Target="{2}"/>'
)
OUTER = '<Relationship Id="rId2" TargetMode="External" Type="http://schemas.openxmlformats.org/\
officeDocument/2006/relationships/image" Target="file:///etc/hostname"/>'


def word_of(data: bytes, picture: bytes) -> bytes:
    """Return the Word file that the bytes make; a byte 0xff begins the next part."""
    texts = dict.fromkeys(ROOTS, b"")
    texts.update(zip(ROOTS, data.split(b"\xff"), strict=False))
    kinds = {name: f"{name}.main" if name == "document" else name for name in ROOTS}
    main = [RELATION.format(f"rId{8 + n}", name, f"{name}.xml") for n, name in enumerate(ROOTS)][1:]
    main += [RELATION.format("rId1", "image", "media/a.png"), OUTER]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        overrides = "".join(OVERRIDE.format(name, kind) for name, kind in kinds.items())
        file.writestr("[Content_Types].xml", TYPES.format(overrides))
        first = RELATION.format("rId1", "officeDocument", "word/document.xml")
        file.writestr("_rels/.rels", RELATIONS.format(first))
        file.writestr("word/_rels/document.xml.rels", RELATIONS.format("".join(main)))
        file.writestr("word/media/a.png", picture)
        for name, root in ROOTS.items():
            body = "".join(written(texts[name]))
            inner = f"<w:body>{body}</w:body>" if name == "document" else body
            file.writestr(f"word/{name}.xml", f"<{root} {SPACES}>{inner}</{root}>")
    return out.getvalue()


def written(data: bytes) -> Iterator[str]:
    """Yield XML whose elements are all closed; what a byte after the last would need is 0."""
    opened: list[str] = []
    at = iter(data)
    known = [name for name in ELEMENTS if not name.startswith("w14")]
    for byte in at:
        if byte < 0x80:
            name = known[byte % len(known)]
            pairs = {
                NAMES[next(at, 0) % len(NAMES)]: VALUES[next(at, 0) % len(VALUES)]
                for _ in range(next(at, 0) % 3)
            }
            yield f"<{name}{''.join(f' {key}={chr(34)}{value}{chr(34)}' for key, value in pairs.items())}>"
            opened.append(name)
            if len(opened) > LIMIT:
                yield f"</{opened.pop()}>"
        elif byte < 0xC0 and opened:
            yield f"</{opened.pop()}>"
        else:
            text = TEXTS[byte % len(TEXTS)]
            yield text.replace("&", "&amp;").replace("<", "&lt;")
    yield from (f"</{name}>" for name in reversed(opened))
