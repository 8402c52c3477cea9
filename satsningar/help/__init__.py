"""The help at each part and field: what it is for, what a good one looks like, and an example. Examples are made up.

Fields are found by part, fields of a list by `<part>.<list>`.
"""

from collections.abc import Mapping

from satsningar.help.parts import PART_GUIDES, PartGuide
from satsningar.help.proposal import FIELDS as PROPOSAL_FIELDS
from satsningar.help.proposal import LISTS as PROPOSAL_LISTS
from satsningar.help.proposal import PARTS as PROPOSAL_PARTS
from satsningar.help.results import FIELDS as RESULT_FIELDS
from satsningar.help.results import LISTS as RESULT_LISTS
from satsningar.help.results import PARTS as RESULT_PARTS
from satsningar.help.texts import FieldHelp, ListHelp

PART_HELP: Mapping[str, str] = {**PROPOSAL_PARTS, **RESULT_PARTS}
"""What a part is for, by its code."""
FIELD_HELP: Mapping[str, Mapping[str, FieldHelp]] = {**PROPOSAL_FIELDS, **RESULT_FIELDS}
LIST_HELP: Mapping[str, ListHelp] = {**PROPOSAL_LISTS, **RESULT_LISTS}
"""The words around each list, by `<part>.<list>`."""

__all__ = ["FIELD_HELP", "LIST_HELP", "PART_GUIDES", "PART_HELP", "FieldHelp", "ListHelp", "PartGuide"]
