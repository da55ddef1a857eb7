"""Turn every colour of a PDF into printing inks: pages, forms, patterns, shadings, pictures.

What is drawn in full black prints over what lies below it (overprint, ISO 32000-1, 8.6.7), so that
no white shows beside a letter where the plates do not quite meet.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, PdfImage, Stream

from jianbao.press.variants.inks import RGB, Ink, Inks, luminance

Step = tuple[list[Any], Operator]
Done = set[tuple[int, int]]
_OVER, _KNOCK = Name("/JbOver"), Name("/JbKnock")
_BLACK: Ink = (0.0, 0.0, 0.0, 1.0)
_COLOURS = {"rg": 3, "RG": 3, "g": 1, "G": 1}
_SPACES = {"cs", "CS"}
_TAGS = {"BMC", "BDC", "EMC", "MP", "DP"}
_SCREEN = {"/DeviceRGB": 3, "/CalRGB": 3, "/DeviceGray": 1, "/CalGray": 1}


def ink(pdf: Pdf, inks: Inks) -> None:
    """Turn every colour of the file into inks; tags are dropped, a printer has no use for them."""
    done: Done = set()
    for page in pdf.pages:
        page.contents_coalesce()
        start = _steps(_BLACK, inks, stroke=False) + _steps(_BLACK, inks, stroke=True)
        steps = [*start, *_inked(page.obj["/Contents"], inks)]
        page.obj["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(steps))
        resources = page.obj.get("/Resources", Dictionary())
        _resources(resources, inks, done)
        page.obj["/Resources"] = resources
        _group(page.obj, grey=inks.grey)


def _steps(colour: Ink, inks: Inks, *, stroke: bool) -> list[Step]:
    """Return what sets an ink for lines, or for areas and letters with its way of printing."""
    if inks.grey:
        return [([_number(round(1 - colour[3], 4))], Operator("G" if stroke else "g"))]
    numbers = [_number(part) for part in colour]
    if stroke:
        return [(numbers, Operator("K"))]
    state = _OVER if colour == _BLACK else _KNOCK
    return [(numbers, Operator("k")), ([state], Operator("gs"))]


def _number(value: float) -> Any:
    return int(value) if value == int(value) else pikepdf.Object.parse(f"{value:.4f}".encode())


def _inked(content: Object, inks: Inks, mask: bool = False) -> Iterator[Step]:
    """Yield a content stream's steps with their colours in inks; in a mask, in greys."""
    spaces = {"cs": "/DeviceGray", "CS": "/DeviceGray"}
    for step in pikepdf.parse_content_stream(content):
        operator = str(step.operator)
        operands = list(step.operands)
        stroke = operator.isupper()
        if operator in _TAGS:
            continue
        if operator in _SPACES:
            spaces[operator] = str(operands[0])
            if spaces[operator] in _SCREEN:
                continue
        count = _COLOURS.get(operator)
        if operator in ("sc", "scn", "SC", "SCN"):
            count = _SCREEN.get(spaces["CS" if stroke else "cs"])
        if count is None:
            yield operands, step.operator
        elif mask:
            grey = luminance(_rgb(operands, count))
            yield [_number(round(grey, 4))], Operator("G" if stroke else "g")
        else:
            yield from _steps(inks.of(_rgb(operands, count)), inks, stroke=stroke)


def _rgb(operands: list[Any], count: int) -> RGB:
    numbers = [float(value) for value in operands[:count]]
    red, green, blue = numbers * 3 if count == 1 else numbers
    return red, green, blue


def _resources(resources: Object, inks: Inks, done: Done) -> None:
    """Turn what a page or form draws with; each thing once, for pages share them."""
    if "/ExtGState" not in resources:
        resources["/ExtGState"] = Dictionary()
    states = resources["/ExtGState"]
    states[_OVER] = Dictionary(Type=Name.ExtGState, op=True, OPM=1)
    states[_KNOCK] = Dictionary(Type=Name.ExtGState, op=False, OPM=1)
    for state in states.as_dict().values():
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and _is_new(mask["/G"], done):
            _form(mask["/G"], inks, done, mask=True)
    for item in _named(resources, "/XObject", done):
        if item.get("/Subtype") == Name.Image:
            _picture(item, inks)
        else:
            _form(item, inks, done)
    for pattern in _named(resources, "/Pattern", done):
        if isinstance(pattern, Stream):
            _form(pattern, inks, done)
        else:
            _shading(pattern["/Shading"], inks)
    for shading in _named(resources, "/Shading", done):
        _shading(shading, inks)


def _named(resources: Object, kind: str, done: Done) -> Iterator[Object]:
    """Yield the things of a kind that are met for the first time."""
    for item in list(resources.get(kind, Dictionary()).as_dict().values()):
        if _is_new(item, done):
            yield item


def _is_new(item: Object, done: Done) -> bool:
    """Say whether a shared thing is met for the first time."""
    if item.objgen == (0, 0):
        return True
    if item.objgen in done:
        return False
    done.add(item.objgen)
    return True


def _form(form: Object, inks: Inks, done: Done, mask: bool = False) -> None:
    form.write(pikepdf.unparse_content_stream(list(_inked(form, inks, mask))))
    _group(form, grey=mask or inks.grey)
    if "/Resources" in form and _is_new(form["/Resources"], done):
        _resources(form["/Resources"], inks, done)


def _group(drawn: Object, *, grey: bool) -> None:
    """Let what is drawn together be mixed in inks, or in greys."""
    if "/CS" in drawn.get("/Group", Dictionary()):
        drawn["/Group"]["/CS"] = Name.DeviceGray if grey else Name.DeviceCMYK


def _picture(picture: Object, inks: Inks) -> None:
    """Turn a picture; masks and greys are printed in black ink as they are."""
    if "/Interpolate" in picture:
        del picture["/Interpolate"]
    space = picture.get("/ColorSpace")
    if picture.get("/ImageMask") or space is None or space in (Name.DeviceGray, Name.DeviceCMYK):
        return
    assert isinstance(picture, Stream)
    inked = inks.picture(PdfImage(picture).as_pil_image())
    lossy = "/DCTDecode" in str(picture.get("/Filter"))
    picture["/ColorSpace"] = Name.DeviceGray if inked.mode == "L" else Name.DeviceCMYK
    picture["/BitsPerComponent"] = 8
    for name in ("/DecodeParms", "/Decode", "/Intent"):
        if name in picture:
            del picture[name]
    if lossy:
        picture.write(inks.as_jpeg(inked), filter=Name.DCTDecode)
        if inked.mode == "CMYK":
            picture["/Decode"] = Array([1, 0] * 4)
    else:
        picture.write(inked.tobytes())


def _shading(shading: Object, inks: Inks) -> None:
    """Turn a run of colours: its ends and stops; what is between them is mixed from the inks.

    A run of greys is a mask's.
    """
    if shading.get("/ColorSpace") != Name.DeviceRGB:
        return
    shading["/ColorSpace"] = Name.DeviceGray if inks.grey else Name.DeviceCMYK

    def inked(ends: Object) -> Array:
        parts = inks.of(_rgb(list(ends.as_list()), 3))
        return Array([_number(part) for part in ((1 - parts[3],) if inks.grey else parts)])

    _each_function(shading["/Function"], inked)


def _each_function(function: Object, inked: Callable[[Object], Array]) -> None:
    if isinstance(function, Array):
        for part in function.as_list():
            _each_function(part, inked)
    elif function["/FunctionType"] == 3:
        _each_function(function["/Functions"], inked)
    else:
        for end in ("/C0", "/C1"):
            function[end] = inked(function[end])
        if "/Range" in function:
            function["/Range"] = Array([0, 1] * len(function["/C0"].as_list()))
