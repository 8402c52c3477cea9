"""The only place that sees that nobody comes to a role by a way in which somebody of another county has made.

Whoever administers one county may add any address and invite it; another county may later give that address a role. So
every writer of memberships lets a county take people in here first, before the membership is written.
"""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from governance.models import Invitation, Membership, Person, Seat
from governance.permissions import granted_mandates, today
from governance.vocabulary import Mandate


def take_in(person_ids: Collection[int], county_id: int) -> None:
    """Make people ready for a role in a county, within the caller's transaction and before the role is written.

    Effects, in order: the people are locked in order of their ids; open links made by somebody who does not administer
    the county today become void; of those who have never had a role anywhere, an account that such a link has set up is
    emptied of what opens it (password, second factor, further addresses), which ends its sessions and password resets,
    so that the county invites the person itself. As many statements however many people there are.

    Args:
        person_ids: those who get a role.
        county_id: the county whose body it is in.

    """
    if not person_ids:
        return
    people = Person.objects.filter(pk__in=person_ids)
    list(people.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    foreign = Invitation.objects.filter(person__in=person_ids).exclude(invited_by__in=_administrators(county_id))
    foreign.filter(used_at=None, voided_at=None).update(voided_at=timezone.now())
    set_up = Exists(foreign.filter(person=OuterRef("pk"), used_at__isnull=False))
    roles = Exists(Membership.objects.filter(person=OuterRef("pk")))
    emptied = list(people.filter(set_up, ~roles, is_staff=False, is_superuser=False).values_list("pk", flat=True))
    if emptied:
        Authenticator.objects.filter(user__in=emptied).delete()
        EmailAddress.objects.filter(user__in=emptied).delete()
        Person.objects.filter(pk__in=emptied).update(password=make_password(None), last_login=None)


def _administrators(county_id: int) -> set[int]:
    """Return the ids of those who administer the county's people today; three statements."""
    day = today()
    seats = list(
        Seat.objects.filter(body__county=county_id).filter(Q(body__ended_on=None) | Q(body__ended_on__gte=day))
    )
    held = granted_mandates(seats)
    administering = {(one.body_id, one.role) for one in seats if Mandate.ADMINISTRERA in held[one.pk]}
    members = Membership.objects.current(day).filter(
        body__in={body for body, _ in administering}, person__is_active=True
    )
    return {
        person for person, body, role in members.values_list("person", "body", "role") if (body, role) in administering
    }
