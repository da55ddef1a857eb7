"""Jianbao 简报: a week's figures and stories, set as a newspaper page.

A one-way pipeline. Values go in, frozen values come out; disk at the two ends only.

    disk ─▶ reading ─▶ figures ─▶ proofreading ─▶ pages ─▶ press ─▶ site ─▶ delivery ─▶ disk

    model, diagnostics, settings   the nouns, what a check says, the defaults
    reading        disk → values that know their place
    figures        datasets, ratios, the small language, how a figure is written
    proofreading   one file a family of rules; a rule is a function from values to findings
    pages          templates → HTML
    press          HTML → PDF; Chinese composition
    site           what links the bulletins together
    delivery       all-or-nothing output; workers; the account of what was made of what
    newsroom       the weekly round: what people agreed to have written into their files
    preparing      what build.py does before anything is installed; standard library only
    pipeline       the whole story on one page: start reading here
    serving        the preview in the browser, anew with each change
    cli            commands and words to the user; the only one who speaks

Left may not import right; tests/test_architecture.py holds that.
"""

__version__ = "0.1.0"
