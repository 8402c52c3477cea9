"""How votes are counted and who votes, against a model that is written here and nowhere else."""

from hypothesis import given
from hypothesis import strategies as st

from governance.vocabulary import Role
from workflow.meetings.table.counting import count_votes
from workflow.meetings.table.settling import participants_of
from workflow.meetings.table.state import Table
from workflow.quorum import Seat

VOTES = st.dictionaries(st.integers(1, 12), st.sampled_from(("ja", "nej", "avstar")), max_size=12)


@given(votes=VOTES, chair=st.none() | st.integers(1, 12), casting=st.booleans())
def test_votes_are_counted_as_the_plain_model_counts(votes: dict[int, str], chair: int | None, casting: bool) -> None:
    found = count_votes(votes, chair=chair, has_casting_vote=casting)
    balance = sum({"ja": 1, "nej": -1, "avstar": 0}[vote] for vote in votes.values())
    decides = casting and balance == 0 and votes.get(chair or 0) in {"ja", "nej"}
    expected = votes[chair or 0] if decides else "ja" if balance > 0 else "nej"
    assert (found.result.value, found.by_casting_vote) == (expected, decides)
    assert found.yes + found.no + found.abstained == len(votes)


ROLES = st.sampled_from((Role.LEDAMOT, Role.ERSATTARE, Role.ADJUNGERAD, Role.SEKRETERARE))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return a table with any seats, presence and jäv; some people hold two seats."""
    roles = draw(st.lists(ROLES, min_size=1, max_size=14))
    people = [draw(st.integers(0, number)) for number, _ in enumerate(roles)]
    seats = {
        key: Seat(key, people[key], f"Exempelperson {people[key]}", role, key % 4, "kommun", role in VOTING)
        for key, role in enumerate(roles)
    }
    some = st.frozensets(st.sampled_from(sorted(seats)))
    present = draw(some)
    return Table(seats=seats, present=present, been=present | draw(some), jav={7: dict.fromkeys(draw(some), "Släkt.")})


VOTING = frozenset({Role.LEDAMOT, Role.ERSATTARE})


@given(tables())
def test_who_decides_is_who_the_plain_model_lets(table: Table) -> None:
    tainted = {table.seats[key].person_id for key in table.jav[7]}
    free = [seat for key, seat in table.seats.items() if key in table.present and seat.person_id not in tainted]
    members = {seat.person_id for seat in table.seats.values() if seat.role == Role.LEDAMOT}
    there = {seat.person_id for seat in free if seat.role == Role.LEDAMOT}
    others = dict.fromkeys(s.person_id for s in free if s.role == Role.ERSATTARE and s.person_id not in there)
    expected = there | set(list(others)[: len(members) - len(there)])
    voters = table.voters(7)
    assert {seat.person_id for seat in voters} == expected
    assert len(voters) == len(expected)


@given(tables())
def test_everybody_at_a_matter_stands_in_its_paragraph_once(table: Table) -> None:
    rows = participants_of(table, 7)
    people = [table.seats[key].person_id for key, *_ in rows]
    tainted = {table.seats[key].person_id for key in table.jav[7]}
    there = {table.seats[key].person_id for key in table.present} - tainted
    gone = {table.seats[key].person_id for key in table.been} & tainted
    assert len(set(people)) == len(people)
    assert set(people) == there | gone
    assert {table.seats[key].person_id for key, *_, jav, _ in rows if jav} == gone
