"""How findings stand on a terminal: nothing hidden in them acts there, and none is drowned."""

from jianbao.cli.language import translator
from jianbao.cli.showing import sentence, told
from jianbao.diagnostics import Place, error, msg

SAY = translator("zh")


def test_what_a_unit_wrote_does_not_act_on_the_terminal() -> None:
    """Escapes, turned writing and ends of lines are named, whatever part of a finding has them."""
    place = Place("data/a\u202e.xlsx", sheet="重\x1b]0;x\x07建", cell="A1", text="一\x9b二")
    shown = sentence(error("x", place, msg("No {name}", name="甲\n差错　乙")), SAY)

    assert "差错　data/a〈U+202E〉.xlsx" in shown
    assert "“重〈U+001B〉]0;x〈U+0007〉建”" in shown
    assert "“一〈U+009B〉二”No 甲 差错　乙" in shown


def test_a_name_without_end_is_cut() -> None:
    """A sheet may be named with thirty thousand characters; a sentence is not."""
    place = Place("a.xlsx", sheet="重" * 30_000)

    assert len(sentence(error("x", place, msg("No {name}", name="甲" * 30_000)), SAY)) < 150


def test_of_very_many_of_a_kind_in_a_file_the_first_are_shown() -> None:
    """Two thousand sheets that nobody knows do not push the other findings off the screen."""
    many = [error("dataset-unknown", Place("a.xlsx", sheet=f"s{n}"), msg("No")) for n in range(90)]
    other = error("file-missing", Place("b.md"), msg("No"))
    shown = list(told([*many, other], SAY))

    assert 32 == len(shown)
    assert ["差错　b.md：No", "a.xlsx：这样的问题还有60处，没有一一列出。"] == shown[-2:]
