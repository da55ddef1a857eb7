"""Say of each heading of a table whether it is its row's or its column's.

The engine names the headings that belong to a cell, but gives them no Scope,
which is what most readers of tagged PDF go by. It is added before the file is
written: a heading in a row with other cells is the row's, else the column's.
"""

from typing import Any

_CELLS = ("/TH", "/TD")


def scope_headings(pdf: Any) -> None:
    """Give every TH of the structure tree its Scope; called before the engine writes."""
    cells = [item for item in pdf.objects if isinstance(item, dict) and item.get("S") in _CELLS]
    of_rows = {cell["P"] for cell in cells if cell["S"] == "/TD"}
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = "/Row" if cell["P"] in of_rows else "/Column"
