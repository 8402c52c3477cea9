"""What a help text is."""

from dataclasses import dataclass
from typing import NamedTuple


class FieldHelp(NamedTuple):
    """What stands below a field's label, and a made-up example of a good answer."""

    help: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class ListHelp:
    """The words around a list: its heading, what it is for, what a line is called and the button that adds one."""

    title: str
    help: str
    noun: str
    add: str = ""
