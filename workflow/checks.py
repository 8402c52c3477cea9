"""System checks that stop a start with a wrong declaration."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from governance.vocabulary import MoveKind, RequirementCode
from satsningar.requirements import REQUIREMENTS as CONTENT_REQUIREMENTS
from workflow.notices.concerned import TOLD
from workflow.requirements import REQUIREMENTS as ACT_REQUIREMENTS
from workflow.vocabulary import Act


@register
def each_requirement_has_one_implementation(**_kwargs: Any) -> list[CheckMessage]:
    """E001 when a requirement code has no implementation, E002 when it has two."""
    errors: list[CheckMessage] = []
    for code in RequirementCode:
        count = (code in CONTENT_REQUIREMENTS) + (code in ACT_REQUIREMENTS)
        if count == 0:
            errors.append(Error(f"Requirement {code} has no implementation.", id="workflow.E001"))
        elif count > 1:
            errors.append(Error(f"Requirement {code} has two implementations.", id="workflow.E002"))
    return errors


@register
def each_move_is_an_act(**_kwargs: Any) -> list[CheckMessage]:
    """E003 when a kind of move has no word in the journal."""
    return [
        Error(f"Move kind {kind} is missing among the journal's acts.", id="workflow.E003")
        for kind in MoveKind
        if kind.value not in Act.values
    ]


@register
def each_act_says_whom_it_concerns(**_kwargs: Any) -> list[CheckMessage]:
    """E004 when an act is missing in the table of who is told of what."""
    return [
        Error(f"Act {act.value} is missing in workflow.notices.concerned.", id="workflow.E004")
        for act in Act
        if act not in TOLD
    ]
