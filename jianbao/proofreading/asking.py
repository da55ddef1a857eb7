"""Whom to ask about a figure: the unit that reports it, where it is known."""

from jianbao.diagnostics import Message, msg
from jianbao.model import Dataset


def ask_for(dataset: Dataset) -> Message:
    """Return the hint to ask the reporting unit for a number that is not there or not new."""
    if dataset.reporter:
        return msg("Ask {unit} for it; if there is none, leave it as it is.", unit=dataset.reporter)
    return msg("Ask for it; if there is none, leave it as it is.")


def ask_about(dataset: Dataset) -> Message:
    """Return the hint to ask whether a number was copied or mistyped."""
    if dataset.reporter:
        return msg("Ask {unit} whether a number was copied or mistyped.", unit=dataset.reporter)
    return msg("Find out whether a number was copied or mistyped.")


def whom_to_ask(dataset: Dataset) -> Message:
    """Return the hint that names the reporting unit."""
    if dataset.reporter:
        return msg("Ask {unit} which is right.", unit=dataset.reporter)
    return msg("Find out which is right.")
