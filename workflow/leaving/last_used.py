"""When a membership was last used: acts in the journal, and decisions that its holder took part in."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Max
from django.db.models.functions import TruncDate

from governance.last_acts import last_used_by
from governance.models import Membership
from workflow.models import Beslutsdeltagare, JournalEntry


@last_used_by
def last_acts(membership_ids: Collection[int]) -> Mapping[int, date]:
    """Return the last day within each membership on which its holder did something in the role; two statements."""
    rows = list(Membership.objects.filter(pk__in=membership_ids))
    acted = (
        JournalEntry.objects.filter(actor__in={one.person_id for one in rows}, body__in={one.body_id for one in rows})
        .values_list("actor", "body", "role", TruncDate("at"))
        .distinct()
        .order_by()
    )
    days: dict[tuple[int, int, str], list[date]] = {}
    for actor, body, role, day in acted:
        days.setdefault((actor, body, role), []).append(day)
    found = {}
    for one in rows:
        within = [
            day
            for day in days.get((one.person_id, one.body_id, one.role), ())
            if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)
        ]
        if within:
            found[one.pk] = max(within)
    return found


@last_used_by
def last_meetings(membership_ids: Collection[int]) -> Mapping[int, date]:
    """Return the day of the last meeting in which each membership was counted; one statement."""
    counted = Beslutsdeltagare.objects.filter(membership__in=membership_ids).order_by()
    return dict(counted.values_list("membership").annotate(day=Max("beslut__meeting_date")))
