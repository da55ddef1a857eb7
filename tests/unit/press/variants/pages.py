"""A page with everything a printer's file has to get right, pressed once."""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from jianbao.press.engine import press
from jianbao.press.jobs import Job, Resource
from jianbao.press.wishes import Facts

FACTS = Facts("标题 <甲>", "云溪区", "实事　第47期", date(2026, 11, 20), "yunxi/2026-47")
# Of libgs-common, which comes with Ghostscript; a test condition, not one for newsprint.
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc").read_bytes()
_HTML = """<html lang=zh-CN><title>标题</title><style>
@page { size: 200pt 300pt; margin: 20pt; bleed: 3mm }
a { color: inherit } body { margin: 0; font: 10pt/14pt "Noto Serif CJK SC" }
h1 { color: #d0021b; font: 900 20pt/28pt "Noto Serif CJK SC" }
.edge { position: absolute; left: -40pt; top: -40pt; width: 30pt; height: 30pt; background: #00f }
.grey { background: #e6e6e6 } .white { background: #d0021b; color: #fff }
.run { height: 20pt; background: linear-gradient(#f00, #00f) }
.faint { color: rgb(0 0 0 / 50%) }
img { width: 60pt; height: 40pt }
</style>"""
_PAGE = """<section><div class=edge></div><h1>红头</h1><p>黑字一二三，<a href=#x>链接</a>。</p>
<p class=grey>灰底</p><p class=white>反白</p><div class=run></div><p class=faint>半透明</p>
<svg width=40 height=20><rect width=40 height=20 fill="#336699"/><text x=2 y=14
 font-size=10 fill="#000">图</text></svg>
<img src=photo.jpg alt=照片><img src=mark.png alt=标志><h2 id=x>小标题</h2></section>"""


def picture(form: str) -> bytes:
    """Return a picture that has very dark corners and full colours, as JPEG or PNG."""
    image = Image.linear_gradient("L").rotate(30).resize((240, 160))
    dark = Image.merge("RGB", (image, image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), image))
    out = BytesIO()
    dark.save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    return out.getvalue()


@cache
def pressed(count: int = 1) -> bytes:
    """Return `count` such pages as the press gives them."""
    pages = "<div style='break-after: page'></div>".join([_PAGE.replace("id=x", "")] * count)
    made = press(
        Job(
            _HTML + pages.replace("<h2 >", "<h2 id=x>", 1),
            {
                "photo.jpg": Resource(picture("JPEG"), "image/jpeg"),
                "mark.png": Resource(picture("PNG"), "image/png"),
            },
        )
    )
    assert made.troubles == ()
    assert made.pages == count
    return made.pdf
