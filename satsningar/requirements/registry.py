"""What a requirement is, and the only register of those that depend on a satsning's content alone."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from governance.vocabulary import RequirementCode
from satsningar.content import Content


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: for which requirement, in which part, at which field, and what to do about it.

    `field` is the name the field has in the part's form, `<list>-<line>-<field>` within a list; the element to lead to
    has the id `anchor`. `organisation_id` tells whose it is to say, where a requirement asks each organisation.
    """

    code: RequirementCode
    part: str
    field: str
    message: str
    organisation_id: int | None = None

    @property
    def anchor(self) -> str:
        """Return the id of the form field to mend."""
        return f"id_{self.field}"


Requirement = Callable[[Content], Iterator[Gap]]
REQUIREMENTS: dict[RequirementCode, Requirement] = {}


def requirement(code: RequirementCode) -> Callable[[Requirement], Requirement]:
    """Register a function as the one implementation of a requirement.

    Raises:
        ValueError: when the code already has one.

    """

    def register(function: Requirement) -> Requirement:
        if code in REQUIREMENTS:
            msg = f"requirement {code} is implemented twice"
            raise ValueError(msg)
        REQUIREMENTS[code] = function
        return function

    return register


def content_gaps(content: Content, codes: Collection[str]) -> tuple[Gap, ...]:
    """Return every gap of those of the codes that content answers for, in their order, the same words once."""
    found: dict[tuple[str, str, str], Gap] = {}
    for code in codes:
        function = REQUIREMENTS.get(RequirementCode(code))
        for gap in function(content) if function else ():
            found.setdefault((gap.part, gap.field, gap.message), gap)
    return tuple(found.values())
