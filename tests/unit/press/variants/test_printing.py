"""The printer's file as a preflight would look at it: boxes, inks, pictures, intent, fonts."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from pikepdf import Dictionary, Name, Object, Pdf, PdfImage, Stream

from jianbao.model.editions import POINTS, Imposition, Printing
from jianbao.press.variants.inks import Inks, most_ink
from jianbao.press.variants.printing import printing
from jianbao.press.wishes import ForPrinter
from tests.unit.press.variants.pages import FACTS, PROFILE, pressed


def printed(wishes: Printing, count: int = 1) -> bytes:
    """Return the pages as a printer with these wishes gets them."""
    return printing(pressed(count), ForPrinter(FACTS, wishes, PROFILE))


@pytest.fixture(scope="module")
def plain() -> Iterator[Pdf]:
    """The file of a printer with no special wishes."""
    with Pdf.open(BytesIO(printed(Printing()))) as pdf:
        yield pdf


def streams(pdf: Pdf) -> Iterator[Object]:
    """Yield all that draws: pages, forms, patterns."""
    for page in pdf.pages:
        yield page.obj["/Contents"]
    for item in pdf.objects:
        if isinstance(item, Stream) and (
            item.get("/Subtype") == Name.Form or "/PatternType" in item
        ):
            yield item


def operators(pdf: Pdf) -> set[str]:
    """Return the operators with which the file's pages, forms and patterns draw."""
    return {
        str(step.operator) for item in streams(pdf) for step in pikepdf.parse_content_stream(item)
    }


def images(pdf: Pdf) -> list[Stream]:
    """Return the file's pictures, masks left out."""
    masks = {
        item.SMask.objgen for item in pdf.objects if isinstance(item, Stream) and "/SMask" in item
    }
    return [
        item for item in pdf.objects
        if isinstance(item, Stream) and item.get("/Subtype") == Name.Image and item.objgen not in masks
    ]  # fmt: skip


def test_the_boxes_say_where_to_cut(plain: Pdf) -> None:
    """TrimBox is the page; 3 mm bleed around it; marks outside the bleed (ISO 15930-7, 6.5)."""
    page = plain.pages[0]
    trim, bled, media = (
        [float(edge) for edge in box] for box in (page.trimbox, page.bleedbox, page.mediabox)
    )

    assert trim == pytest.approx([0, 0, 200, 300])
    assert bled == pytest.approx(
        [-3 * POINTS, -3 * POINTS, 200 + 3 * POINTS, 300 + 3 * POINTS], abs=0.01
    )
    assert media[0] < bled[0]
    assert media[3] > bled[3]
    assert "/ArtBox" not in page.obj


def test_what_is_at_the_edge_goes_on_beyond_it() -> None:
    """The blue corner reaches the edge of the bleed; the marks are outside of it, in black."""
    with pymupdf.open("pdf", printed(Printing())) as document:
        shown = document[0].get_pixmap(dpi=144)
    room, bled = round(8 * POINTS * 2), round(3 * POINTS * 2)
    corner = shown.pixel(room + 3, room + 3)

    assert corner[2] > corner[0] + 60
    assert shown.pixel(room - 3, room + bled // 2) == (255, 255, 255)
    black = [shown.pixel(x, room + bled) for x in range(room - 2)]
    assert (255, 255, 255) in black
    assert min(sum(pixel) for pixel in black) < 600


def test_it_says_which_standard_and_condition_it_is_made_for(plain: Pdf) -> None:
    """PDF/X-4: XMP, identity, trapping, output intent with the profile itself."""
    xmp = plain.Root.Metadata.read_bytes().decode()
    (intent,) = plain.Root.OutputIntents.as_list()

    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in xmp
    assert "<xmp:CreateDate>2026-11-20T00:00:00+08:00</xmp:CreateDate>" in xmp
    assert "标题 &lt;甲&gt;" in xmp
    assert plain.docinfo["/Trapped"] == Name("/False")
    assert str(plain.docinfo["/CreationDate"]) == "D:20261120000000+08'00'"
    assert intent.S == Name.GTS_PDFX
    assert intent.DestOutputProfile.read_bytes() == PROFILE
    assert intent.DestOutputProfile.N == 4
    assert plain.trailer.ID is not None
    assert plain.pdf_version == "1.6"
    assert not plain.is_encrypted


def test_nothing_is_left_that_is_not_printed(plain: Pdf) -> None:
    """No links, tags, bookmarks, actions."""
    assert {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/Lang"} >= set(plain.Root.keys())
    assert not {"/Annots", "/StructParents", "/Tabs"} & set(plain.pages[0].obj.keys())
    assert not {"BDC", "BMC", "EMC"} & operators(plain)


def test_no_screen_colour_is_left(plain: Pdf) -> None:
    """Letters, lines, charts, runs of colour and pictures are in inks."""
    whole = [item.unparse(resolved=False) for item in plain.objects if not isinstance(item, Stream)]
    heads = [item.stream_dict.unparse() for item in plain.objects if isinstance(item, Stream)]

    assert not {"rg", "RG", "g", "G", "sc", "SC"} & operators(plain)
    assert [] == [text for text in whole + heads if b"DeviceRGB" in text or b"CalRGB" in text]
    assert {Name.DeviceCMYK} == {item.ColorSpace for item in images(plain)}
    assert 2 == len(images(plain))


def fills_of_text(pdf: Pdf) -> set[tuple[float, ...]]:
    """Return the inks that the page's letters are set in."""
    inks: tuple[float, ...] = ()
    found: set[tuple[float, ...]] = set()
    stack: list[tuple[float, ...]] = []
    for step in pikepdf.parse_content_stream(pdf.pages[0]):
        operator = str(step.operator)
        if operator == "k":
            inks = tuple(float(value) for value in step.operands)
        elif operator == "q":
            stack.append(inks)
        elif operator == "Q":
            inks = stack.pop()
        elif operator == "TJ":
            found.add(inks)
    return found


def test_letters_are_black_alone_red_as_declared_or_white(plain: Pdf) -> None:
    """Black text on one plate; the red head as the printer knows it."""
    assert fills_of_text(plain) == {(0, 0, 0, 1), (0, 1, 1, 0), (0, 0, 0, 0)}


def test_black_letters_print_over_their_ground(plain: Pdf) -> None:
    """Full black overprints (8.6.7); everything else knocks out."""
    states = plain.pages[0].Resources.ExtGState
    steps = list(pikepdf.parse_content_stream(plain.pages[0]))
    after = {
        (
            tuple(float(v) for v in step.operands) == (0, 0, 0, 1),
            bool(states[str(following.operands[0])].op),
        )
        for step, following in pairwise(steps)
        if str(step.operator) == "k"
    }

    assert after == {(True, True), (False, False)}


def test_no_spot_has_more_ink_than_the_press_takes() -> None:
    """Held at 240 % after JPEG too, and reached, so that it is the limit that holds it."""
    with Pdf.open(BytesIO(printed(Printing(ink=240)))) as pdf:
        most = [most_ink(PdfImage(item).as_pil_image()) for item in images(pdf)]

    assert max(most) <= 240
    assert max(most) > 225


def test_black_and_white_has_one_plate() -> None:
    """Everything in black; the red head is full black and no grey."""
    data = printed(Printing(black=True))
    with Pdf.open(BytesIO(data)) as pdf:
        assert fills_of_text(pdf) == {(0, 0, 0, 1), (0, 0, 0, 0)}
        assert {Name.DeviceGray} == {item.ColorSpace for item in images(pdf)}

    assert coverage(data)[0][:3] == (0, 0, 0)


def coverage(data: bytes) -> list[tuple[float, ...]]:
    """Return what Ghostscript says is covered by each ink, a row each page."""
    made = subprocess.run(
        ["gs", "-q", "-o", "-", "-sDEVICE=inkcov", "-"], input=data, capture_output=True, check=True
    )
    return [
        tuple(float(word) for word in line.split()[:4])
        for line in made.stdout.decode().splitlines()
    ]


def test_ghostscript_finds_all_four_inks_where_there_are_pictures(
    plain: Pdf, tmp_path: Path
) -> None:
    """Another program's reading of the file: colour where it is wanted, pictures in CMYK."""
    file = tmp_path / "print.pdf"
    plain.save(file)
    listed = subprocess.run(
        ["pdfimages", "-list", str(file)], capture_output=True, check=True, text=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]

    assert min(coverage(file.read_bytes())[0]) > 0.01
    assert [("cmyk", "4")] * 2 == [(row[5], row[6]) for row in rows if row[2] == "image"]


def test_outlines_leave_no_font_and_the_same_page() -> None:
    """转曲: no letter is set as a letter, and the page looks as before."""
    with Pdf.open(BytesIO(printed(Printing(outlines=True)))) as pdf:
        assert not {"BT", "Tf", "TJ", "Tj"} & operators(pdf)
        assert [] == [
            i for i in pdf.objects if isinstance(i, Dictionary) and i.get("/Type") == Name.Font
        ]
    shown = []
    for wishes in (Printing(), Printing(outlines=True)):
        with pymupdf.open("pdf", printed(wishes)) as document:
            shown.append(document[0].get_pixmap(dpi=96).samples)
    differing = sum(abs(a - b) > 96 for a, b in zip(*shown, strict=True)) / len(shown[0])
    assert differing < 0.004


def test_a_booklet_is_folded_and_trimmed_as_one_sheet() -> None:
    """Four pages: 4|1 and 2|3 on sheets of twice the width, with marks."""
    with Pdf.open(BytesIO(printed(Printing(imposition=Imposition.BOOKLET), 4))) as pdf:
        boxes = [[float(edge) for edge in page.trimbox] for page in pdf.pages]
        bled = [float(edge) for edge in pdf.pages[0].bleedbox]

    assert boxes == [[0, 0, 400, 300]] * 2
    assert bled[2] == pytest.approx(400 + 3 * POINTS, abs=0.01)


@pytest.mark.parametrize(
    "wishes", [Printing(), Printing(outlines=True), Printing(imposition=Imposition.BOOKLET)]
)
def test_the_same_pages_give_the_same_bytes(wishes: Printing) -> None:
    """No clock and no chance in the file."""
    assert printed(wishes) == printed(wishes)


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        ((0, 0, 0), (0, 0, 0, 1)),
        ((0.4, 0.4, 0.4), (0, 0, 0, 0.6)),
        ((1, 1, 1), (0, 0, 0, 0)),
        ((0.8157, 0.0078, 0.1059), (0, 1, 1, 0)),
    ],
)
def test_colours_go_by_rule(colour: tuple[float, float, float], inks: tuple[float, ...]) -> None:
    """Greys on the black plate, the red of the head as declared."""
    assert Inks(PROFILE).of(colour) == pytest.approx(inks)


def test_another_colour_goes_by_the_profile() -> None:
    """A blue is mostly cyan and magenta."""
    cyan, magenta, yellow, _ = Inks(PROFILE).of((0, 0, 1))

    assert min(cyan, magenta) > 0.5
    assert yellow < 0.2
