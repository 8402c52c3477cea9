"""How votes are counted: a pure function, by the body's rule for an even vote."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.meetings.vocabulary import VoteValue


@dataclass(frozen=True, slots=True)
class Count:
    """An open vote, counted: simple majority of ja and nej; who abstains is not counted."""

    yes: int
    no: int
    abstained: int
    result: VoteValue
    by_casting_vote: bool
    is_even: bool

    def sentence(self, yes: str, no: str) -> str:
        """Return the result as the minutes say it; `yes` and `no` are what the answers mean."""
        said = f"{self.yes} ja, {self.no} nej, {self.abstained} avstår."
        if self.by_casting_vote:
            said += " Ordförandens utslagsröst avgör."
        elif self.is_even:
            said += " Lika röstetal utan utslagsröst: förslaget faller."
        return f"{said} Utfall: {yes if self.result == VoteValue.JA else no}"


def count_votes(votes: Mapping[int, str], *, chair: int | None, has_casting_vote: bool) -> Count:
    """Return the result of an open vote.

    An even vote is decided as the chair voted where the body's rule says so and the chair voted ja or nej; else the
    proposal falls.

    Args:
        votes: what each voted, by membership id.
        chair: the membership id of the one who led the matter.
        has_casting_vote: whether the body's rule gives the chair a casting vote.

    """
    yes = sum(value == VoteValue.JA for value in votes.values())
    no = sum(value == VoteValue.NEJ for value in votes.values())
    is_even = yes == no
    own = votes.get(chair) if chair is not None else None
    casts = is_even and has_casting_vote and own in {VoteValue.JA, VoteValue.NEJ}
    wins = own == VoteValue.JA if casts else yes > no
    return Count(
        yes=yes,
        no=no,
        abstained=len(votes) - yes - no,
        result=VoteValue.JA if wins else VoteValue.NEJ,
        by_casting_vote=casts,
        is_even=is_even,
    )
