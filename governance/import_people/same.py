"""Whether two are one: the same address in rows that differ, and the same name with another address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from governance.import_people.known import Known, name_key
from governance.import_people.spec import ANOTHER, Checked, Question, SeatRow


def ask_who_is_who(rows: Sequence[SeatRow], known: Known, answers: Mapping[str, str], found: Checked) -> list[SeatRow]:
    """Return the rows with the addresses that the answers say; every address that is in doubt is asked about.

    In doubt is an address without an account, or of one that the county does not know, whose name somebody else has:
    one of the county's own, or a row above with another address.
    """
    first: dict[str, SeatRow] = {}
    for row in rows:
        first.setdefault(row.email, row)
    above: dict[str, list[SeatRow]] = defaultdict(list)
    is_really: dict[str, str] = {}
    for email, row in first.items():
        key = name_key(row.name)
        account = known.people.get(email)
        if account is None or not account.is_own:
            candidates = _candidates(row, key, known, above)
            if candidates:
                answer = answers.get(email, "")
                valid = answer == ANOTHER or any(answer == address for address, _ in candidates)
                found.questions.append(Question(email, row.name, row.number, candidates, answer if valid else ""))
                if valid and answer != ANOTHER:
                    is_really[email] = is_really.get(answer, answer)
        above[key].append(row)
    return [_as_one(row, is_really, known, first) for row in rows]


def _candidates(
    row: SeatRow, key: str, known: Known, above: Mapping[str, list[SeatRow]]
) -> tuple[tuple[str, str], ...]:
    own = [
        (person.email, f"{person.name}, {person.email}, som finns redan")
        for person in known.names.get(key, ())
        if person.email != row.email
    ]
    taken = {email for email, _ in own}
    others = [
        (other.email, f"{other.name}, {other.email}, på rad {other.number}")
        for other in above.get(key, ())
        if other.email not in taken
    ]
    return (*own, *others)


def _as_one(row: SeatRow, is_really: Mapping[str, str], known: Known, first: Mapping[str, SeatRow]) -> SeatRow:
    """Return the row for the one it is about, by the name and title that one goes by."""
    email = is_really.get(row.email)
    if email is None:
        return row
    person = known.people.get(email)
    if person is not None and person.is_own:
        return replace(row, email=email, name=person.name, title="")
    return replace(row, email=email, name=first[email].name, title=first[email].title)
