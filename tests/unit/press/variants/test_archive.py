"""The archive's structure: claims, profile, what is attached and how, by an allow-list validator."""

from io import BytesIO

import pytest
from pikepdf import Dictionary, Name, Pdf, Stream, pdfa

from jianbao.press.variants.archive import archive
from jianbao.press.wishes import Kept
from tests.unit.press.variants.pages import FACTS, pressed

KEPT = (
    Kept("data/yunxi/2026-11-20.yaml", "实事: {项目: 1}\n".encode(), "application/yaml", "Source"),
    Kept("output/yunxi/2026-47/figures.json", b'{"figures": []}', "application/json", "Data"),
)


@pytest.fixture(scope="module")
def made() -> bytes:
    """The archive of the page that has everything."""
    return archive(pressed(), KEPT, FACTS)


def test_an_allow_list_validator_finds_nothing(made: bytes) -> None:
    """Pikepdf's PDF/A-3b check; it knows no level A, which asks for tags besides (below).

    It does not know patterns; the page has one, and is checked for all else.
    """
    level_b = made.replace(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")
    assert level_b != made
    with Pdf.open(BytesIO(level_b)) as pdf:
        findings = pdfa.check(pdf, "3b").findings

    assert [] == [str(finding) for finding in findings if finding.kind != "unsupported"]
    unknown = [str(finding) for finding in findings if finding.kind == "unsupported"]
    assert [] == [said for said in unknown if "pattern" not in said.lower()]


def test_it_is_tagged_and_says_what_it_is(made: bytes) -> None:
    """PDF/A-3a: part 3, conformance A, language, tags, the screen's profile, no encryption."""
    with Pdf.open(BytesIO(made)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in xmp
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        (intent,) = pdf.Root.OutputIntents.as_list()
        assert intent.S == Name.GTS_PDFA1
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert not pdf.is_encrypted


def test_the_data_are_inside(made: bytes) -> None:
    """Each file with its bytes, kind, day and relation, named in the document's AF."""
    with Pdf.open(BytesIO(made)) as pdf:
        files = {
            str(spec.Desc): (
                spec.EF.F.read_bytes(),
                str(spec.EF.F.Subtype),
                str(spec.AFRelationship),
                str(spec.EF.F.Params.ModDate),
            )
            for spec in pdf.Root.AF.as_list()
        }
        names = list(pdf.attachments)

    day = "D:20261120000000+08'00'"
    assert files == {
        KEPT[0].path: (KEPT[0].data, "/application/yaml", "/Source", day),
        KEPT[1].path: (KEPT[1].data, "/application/json", "/Data", day),
    }
    assert names == ["data-yunxi-2026-11-20.yaml", "output-yunxi-2026-47-figures.json"]


def test_every_font_is_inside_and_every_picture_unsmoothed(made: bytes) -> None:
    """What 6.2.11.4 and 6.2.8 ask for."""
    with Pdf.open(BytesIO(made)) as pdf:
        descriptors = [
            item for item in pdf.objects
            if isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor
        ]  # fmt: skip
        assert descriptors
        assert all("/FontFile3" in item or "/FontFile2" in item for item in descriptors)
        assert not [i for i in pdf.objects if isinstance(i, Stream) and "/Interpolate" in i]


def test_the_same_pages_give_the_same_bytes(made: bytes) -> None:
    """No clock and no chance in the file."""
    assert archive(pressed(), KEPT, FACTS) == made
