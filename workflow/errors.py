"""The refusals of the acts: each says in Swedish what was refused and why, and carries its HTTP status."""

from collections.abc import Mapping, Sequence

from satsningar.requirements import Gap


class Refusal(Exception):  # noqa: N818 - the family of what is raised below; each reads as what has happened
    """Something was not done; nothing was written. `status` is the HTTP status that fits."""

    status = 403


class NotFromHere(Refusal):
    """No such move leaves from where the case is."""

    status = 409


class ConditionNotMet(NotFromHere):
    """The move is for satsningar that cost more, or less."""


class Stale(Refusal):
    """The case has changed since the form was shown."""

    status = 409

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Satsningen har ändrats sedan du öppnade sidan. Läs igenom hur den ser ut nu och försök igen.")


class NoMandate(Refusal):
    """The person holds no current mandate for this; the message says who does."""


class Jav(Refusal):
    """Somebody with a conflict of interest takes part in the decision."""


class NoQuorum(Refusal):
    """The body is not quorate for this matter."""

    status = 422


class Incomplete(Refusal):
    """The gate is not met; `gaps` lists everything that is missing."""

    status = 422

    def __init__(self, gaps: Sequence[Gap]) -> None:
        """Keep the gaps; the message lists them."""
        self.gaps = tuple(gaps)
        super().__init__("Det här saknas: " + " ".join(gap.message for gap in self.gaps))


class Invalid(Refusal):
    """What was sent with the act cannot be used; `errors` maps each field to its sentences."""

    status = 422

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        """Keep the errors; the message is all of them."""
        self.errors = {field: list(messages) for field, messages in errors.items()}
        super().__init__(" ".join(message for messages in self.errors.values() for message in messages))
