"""The engine is imported without what no page here needs; what is left out is there when asked."""

import subprocess
import sys

CODE = """
import sys
from jianbao.press.tasks import warm_up
warm_up()
late = [name for name in ("fontTools.subset", "fontTools.varLib") if name in sys.modules]
from weasyprint.pdf import fonts
options = fonts.subset.Options(retain_gids=True)
kind = type(options).__module__, options.retain_gids
try:
    fonts.instantiateVariableFont(None, {})
except Exception as fault:
    print(late, kind, "fontTools.varLib.instancer" in sys.modules, fault.__traceback__ is not None)
"""


def test_what_cuts_other_fonts_is_imported_by_its_first_call() -> None:
    """Neither stands in the way of the engine, and both are fontTools' own."""
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)

    assert "[] ('fontTools.subset', True) True True" == ran.stdout.strip()
