"""The refusals of the matter: each says in Swedish what was refused and why."""

from collections.abc import Mapping
from typing import Any


class Conflict(Exception):  # noqa: N818 - reads as what has happened: `raise Conflict`
    """Somebody else has saved the part since it was shown; `current` is what stands there, of version `version`."""

    def __init__(self, current: Mapping[str, Any], version: int) -> None:
        """Keep what stands there, so that both texts can be shown."""
        super().__init__("Någon annan har sparat den här delen sedan du öppnade den.")
        self.current = current
        self.version = version


class AttachmentRefused(Exception):  # noqa: N818 - reads as what has happened
    """A file is not taken, or not given out; the message is a sentence for the one who sent it."""
