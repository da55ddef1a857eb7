"""Charts and tables bound to figures: from a story's block to a figure of the page.

    Chart, Book ──asking──▶ Panel ──bars, stacks, lines──▶ Scene ──drawing──▶ SVG ──setting──▶ HTML

A panel is what is shown: each number in the figure's own writing, or 未报. A
scene is where it stands, in points of 四开. The home of Altair and vl-convert,
which make the SVG without a browser and are imported only where a chart is
drawn; nothing here looks at a number again once it is written.
"""
