"""Whom to ask about a figure: the unit that reports it, where it is known."""

from jianbao.diagnostics import Message, msg
from jianbao.model import Dataset


def whom_to_ask(dataset: Dataset) -> Message:
    """Return the hint that names the reporting unit."""
    if dataset.reporter:
        return msg("Ask {unit} which is right.", unit=dataset.reporter)
    return msg("Find out which is right.")
