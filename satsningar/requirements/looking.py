"""Small questions that requirements ask of a part's value."""

from collections.abc import Iterator, Mapping
from typing import Any

from governance.vocabulary import Omfattning, RequirementCode
from satsningar.content import Content, OrganisationValue
from satsningar.requirements.registry import Gap
from satsningar.vocabulary import PartCode


def is_filled(value: object) -> bool:
    """Tell whether a field holds an answer; 0 and no are answers."""
    return value is not None and value != ""


def empty_fields(content: Content, code: RequirementCode, part: PartCode, messages: Mapping[str, str]) -> Iterator[Gap]:
    """Yield a gap for each of the part's fields that holds no answer, with the message it has in `messages`."""
    value = content.part(part)
    for field, message in messages.items():
        if not is_filled(value[field]):
            yield Gap(code, part, field, message)


def empty_row_fields(
    content: Content, code: RequirementCode, part: PartCode, key: str, messages: Mapping[str, str]
) -> Iterator[Gap]:
    """Yield a gap for each field of each line of a list that holds no answer."""
    for number, row in enumerate(content.rows(part, key)):
        for field, message in messages.items():
            if not is_filled(row[field]):
                yield Gap(
                    code,
                    part,
                    f"{key}-{number}-{field}",
                    message.format(**_named(row, number)),
                    row.get("organisation_id"),
                )


def _named(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {**row, "rad": number + 1}


def own_row(content: Content, part: PartCode, key: str, organisation: OrganisationValue) -> Mapping[str, Any] | None:
    """Return the line of an organisation in a list that has at most one for each."""
    return next((row for row in content.rows(part, key) if row["organisation_id"] == organisation.id), None)


def spreads_to(content: Content) -> tuple[OrganisationValue, ...]:
    """Return whom the way of working is to be introduced by.

    Region and municipality: breddinförande means the whole county, so every municipality (domain, section 3). In the
    local forms of scope the ones that take part.
    """
    if content.omfattning == Omfattning.REGION_OCH_KOMMUN:
        return content.municipalities
    return content.participants


def answers_for_state(content: Content) -> tuple[OrganisationValue, ...]:
    """Return the organisations whose state is followed to the end: those taking part and those it is spread to."""
    wanted = {organisation.id for organisation in (*content.participants, *spreads_to(content))}
    return tuple(organisation for organisation in content.organisations if organisation.id in wanted)
