"""Chinese composition: what WeasyPrint lacks to set a column that a layout editor would sign.

    characters ─▶ breaks, spacing, units ─▶ paragraph ─▶ planning, counting     pure: kinds, prices
    weasy ─▶ shaping, digits ─▶ flow ─▶ lines (drawing) ─▶ composer     the engine's boxes, in, out
                                       leveling ─▶ columns ─▶ composer  columns of given rows, full
                                       wishes ─▶ composer               a paragraph a line shorter

`composed` is the one call. A page asks for it with nothing but CSS: `lang="zh-CN"` and
`text-align: justify`; what must not be broken takes `white-space: nowrap`, people are named once
by `--jianbao-names: "钱塘" "李雪"` (two characters stay together where the line allows), columns of
unequal length `--jianbao-column-rows: 34 34 29 29`, heads `--jianbao-marks: tucked`. Digits come
out half an em wide unless `font-variant-numeric` says otherwise. Nothing here opens a file,
chooses a font or changes a text.
"""

from jianbao.press.composition.columns import ColumnRowsError
from jianbao.press.composition.composer import composed
from jianbao.press.composition.weasy import EngineUnfitError
from jianbao.press.composition.wishes import Offer, Paragraphs

__all__ = ["ColumnRowsError", "EngineUnfitError", "Offer", "Paragraphs", "composed"]
