"""The refusals of the constitution: each says in Swedish what was refused and why."""


class Refused(Exception):  # noqa: N818 - reads as what has happened: `raise Refused`
    """A person or a membership cannot be what was asked; `field` names what to mend, or is empty."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep the sentence and the field it is about."""
        super().__init__(message)
        self.message = message
        self.field = field


class NotAdministrator(Refused):
    """Whoever asked does not administer the people of that county."""

    def __init__(self, county: str = "") -> None:
        """Say who may."""
        where = f" i {county}" if county else ""
        super().__init__(f"Personer och uppdrag sköts av den som har rollen samordnare i regionalt stöd{where}.")
