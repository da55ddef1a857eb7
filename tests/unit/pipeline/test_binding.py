"""What is wrong on the papers is told once, with their names where it is not so on all."""

from datetime import date

from jianbao.cli.language import translator
from jianbao.diagnostics import Place
from jianbao.model import AsOf, Bulletin
from jianbao.pipeline.binding import bind_editions
from jianbao.pipeline.runs import Editions
from jianbao.press.jobs import Fault, Pressed, Trouble

PLAN = "content/yunxi/2026-47/bulletin.yaml"
DAY = date(2026, 11, 20)
BULLETIN = Bulletin("yunxi", "2026-47", "47", 312, DAY, AsOf(DAY), ("四开", "A3"), {}, (), (),
                    Place(PLAN))  # fmt: skip
OVERSET = Trouble(Fault.OVERSET, "正文", characters=40, lines=3)
EMPTY = Trouble(Fault.EMPTY, "正文", lines=12)


def said(**troubles: tuple[Trouble, ...]) -> list[str]:
    """Return what is said of papers that met these troubles."""
    pressed = {paper: Pressed(b"%PDF", 0, met) for paper, met in troubles.items()}
    bound = bind_editions(Editions(BULLETIN, {}, {"index.html": b""}, {}), pressed, {})
    return [finding.message.in_words(translator("zh")) for finding in bound.findings]


def test_what_is_so_on_all_papers_is_told_once() -> None:
    """One sentence, without a paper's name."""
    assert ["“正文”放不下，多出40字，约3行。"] == said(四开=(OVERSET,), A3=(OVERSET,))


def test_what_is_so_on_one_paper_names_it() -> None:
    """Whoever reads it need not look for it in the other PDF."""
    assert [
        "四开：“正文”放不下，多出40字，约3行。",
        "A3：“正文”太空，大约空着12行。",
    ] == said(四开=(OVERSET,), A3=(EMPTY,))


def test_where_there_is_one_paper_it_is_not_named() -> None:
    """There is nothing else it could be on."""
    assert ["“正文”太空，大约空着12行。"] == said(A3=(EMPTY,))


def test_a_file_of_each_paper_joins_the_others() -> None:
    """None where one of them could not be pressed."""
    editions = Editions(BULLETIN, {}, {"index.html": b"web"}, {})
    papers = {"四开": Pressed(b"%PDF", 0, (), {"bulletin.pdf": b"a"}), "A3": Pressed(b"", 0, ())}

    assert bind_editions(editions, papers, {}).value is None
    papers["A3"] = Pressed(b"%PDF", 0, (), {"bulletin-A3.pdf": b"b"})
    assert bind_editions(editions, papers, {}).value == {
        "index.html": b"web", "bulletin.pdf": b"a", "bulletin-A3.pdf": b"b",
    }  # fmt: skip
