"""The only place that says whether a set of papers is still what stands on the agenda and lies on the table."""

from hashlib import sha256

from django.db.models import Max

from satsningar.content import canonical_json
from satsningar.models import Handling
from workflow.meetings.models import AgendaItem, Meeting, Underlag
from workflow.meetings.rights import mark_of
from workflow.meetings.selectors import items_of

SHOWN = (
    "pk", "kind", "title", "section", "sort", "duration", "presenter", "text", "is_late", "late_accepted", "matter_id",
)  # fmt: skip
"""What the set says of an item beside its papers."""


def digest_of(meeting: Meeting, items: list[AgendaItem] | None = None) -> str:
    """Return the SHA-256 of what a set of the meeting's papers is made of; three statements.

    It is another one when the agenda, a frozen `Underlag`, a secrecy mark, or a matter that is not frozen has changed.
    """
    items = list(items_of(meeting)) if items is None else items
    frozen = Underlag.objects.filter(item__meeting=meeting).values_list("item").annotate(Max("number"))
    cases = [item.anmalan.satsning_id for item in items if item.anmalan]
    marked = Handling.objects.filter(satsning__in=cases).exclude(secrecy="").order_by("pk")
    said = [
        [meeting.starts_at.isoformat(), meeting.ends_at.isoformat(), meeting.place, meeting.link, meeting.form],
        [
            [
                *(getattr(item, name) for name in SHOWN),
                mark_of(item),
                item.anmalan_id,
                item.matter.edition if item.matter else None,
            ]
            for item in items
        ],
        sorted(map(list, frozen)),
        list(map(list, marked.values_list("pk", "secrecy"))),
    ]
    return sha256(canonical_json(said).encode()).hexdigest()


def has_secret(items: list[AgendaItem]) -> bool:
    """Tell whether any of the items carries a secrecy mark; where none does, one set is everybody's."""
    return any(map(mark_of, items))
