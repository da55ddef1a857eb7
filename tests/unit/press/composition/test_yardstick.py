"""The aims for seed A's columns, held: what `tests/bench` prints, this room may not lose."""

import pytest

from tests.bench.composition import SHAPES, TEXTS
from tests.bench.measuring import measure
from tests.bench.setting import Shape, ours


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_columns_measure_as_issue_4_asks(shape: Shape) -> None:
    """Flush, even and lawful at A3 and at the measures of the page specs."""
    paragraphs = (TEXTS / "seed-a.txt").read_text(encoding="utf-8").split("\n")[:-1]
    found = measure(ours(paragraphs, shape), shape.size, shape.edges, shape.width)

    assert (1.0, 0, 0, 0, 0) == (
        found.flush,
        found.loose,
        found.bad,
        found.open_ends,
        found.orphans,
    )
    assert 0.15 >= found.worst
    assert 0.02 >= found.overlap
    assert 0.008 >= found.mean
    assert 0.09 >= found.p99
    assert 0.10 >= found.most
