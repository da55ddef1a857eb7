"""Where a bulletin's review stands: who has signed what, what changed since, who is next.

Process, Review, Printed ──standing──▶ a Standing each stage ──unready──▶ findings for publishing
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jianbao.diagnostics import Finding, Place, error, msg
from jianbao.model.reviewed import Printed, Process, Review, Signature, Stage
from jianbao.newsroom.reviewing.differing import Difference, differences


@dataclass(frozen=True, slots=True)
class Standing:
    """A stage and how it stands.

    Attributes:
        signature: Its latest; None where nobody has signed.
        since: What changed since that was given.
        has_to_fit: Whether it has to be signed for exactly what is published.
    """

    stage: Stage
    signature: Signature | None
    since: Difference
    has_to_fit: bool

    @property
    def holds(self) -> bool:
        """Whether it is signed, and where that is wanted, for what is printed now."""
        return bool(self.signature) and not (self.has_to_fit and self.since)


def standing(process: Process, review: Review, printed: Printed | None) -> tuple[Standing, ...]:
    """Return how each stage stands, in the order in which they are signed.

    `printed` is None while the bulletin has gaps; then nobody can say what changed.
    """
    return tuple(_standing(stage, process, review, printed) for stage in process.stages)


def _standing(stage: Stage, process: Process, review: Review, printed: Printed | None) -> Standing:
    signature = review.last(stage.name)
    since = Difference()
    if signature and printed:
        since = differences(review.contents[signature.digest], printed)
    return Standing(stage, signature, since, stage.name in process.fitting)


def due(process: Process, known: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the stages that can be signed now and have to be: those who must act."""
    done = {one.stage.name for one in known if one.signature}
    ready = (one for one in known if all(s.name in done for s in process.before(one.stage.name)))
    return tuple(one for one in ready if not one.holds)


def unready(known: Sequence[Standing], place: Place) -> Iterator[Finding]:
    """Yield why a bulletin may not be published: what is unsigned, or signed for other words."""
    for one in known:
        name = one.stage.name
        if one.signature is None:
            yield error(
                "stage-unsigned",
                place,
                msg("{stage} has not been signed.", stage=name),
                msg("Have it signed: sign {stage}.", stage=name),
            )
        elif not one.holds:
            yield error(
                "stage-outdated",
                place,
                msg(
                    "What {name} signed as {stage} was changed afterwards.",
                    name=one.signature.name,
                    stage=name,
                ),
                msg("Look with status at what changed, and have {stage} signed anew.", stage=name),
            )
