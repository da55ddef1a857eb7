"""Copyfitting: what a layout editor does before asking for a cut.

    frames ──choosing──▶ Change (steps of declared means, paragraphs a line shorter) ──▶ laid again

A story a few lines too long or too short for its frame is made to fit by the means that the
layout itself declares, in whole rows, and by paragraphs set a line tighter or looser. A layout
declares a means in its CSS, on its page, in the order in which an editor would take them, and
uses the variable wherever the rows go:

    .layout-feature { --fit-foot: 0; --fit-foot-range: 0 3 "正文下端" }
    .layout-feature .text { height: calc((var(--lines) + var(--fit-foot)) * var(--row)) }

and says in its HTML what a step of it gives a frame, in rows of all its columns together:

    <div class="text" data-frame="正文" data-lines="136" data-fit="foot 4, band -4">

Where text flows over pages, the same means pull in a last page of a line or three (`flowing`).
Nothing else is changed. What was done is told as a note; what does not fit all the same is left
as it was and told as an error or a warning. `fitted` is the one call.
"""

from jianbao.press.copyfitting.fitting import fitted

__all__ = ["fitted"]
