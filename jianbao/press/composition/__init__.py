"""Chinese composition: what WeasyPrint lacks to set a column that a layout editor would sign.

    characters ─▶ breaks, spacing ─▶ paragraph ─▶ planning        pure: kinds, prices, sums, plan
    weasy ─▶ shaping ─▶ flow ─▶ lines (drawing) ─▶ composer       the engine's boxes, in and out
                     columns                                      columns of given rows

`composed` is the one call. A page asks for it with nothing but CSS: `lang="zh-CN"` and
`text-align: justify`; a figure or a name that must not be broken takes `white-space: nowrap`,
columns of unequal length `--jianbao-column-rows: 34 34 29 29`. Nothing here opens a file, chooses
a font or changes a text.
"""

from jianbao.press.composition.columns import ColumnRowsError
from jianbao.press.composition.composer import composed
from jianbao.press.composition.weasy import EngineUnfitError

__all__ = ["ColumnRowsError", "EngineUnfitError", "composed"]
