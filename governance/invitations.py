"""The only place that makes the link by which somebody new chooses a first password.

The link is allauth's own for a forgotten password: it holds for `PASSWORD_RESET_TIMEOUT`, works once, and leads to the
same page. It is given only for somebody who has never logged in and has no password: otherwise whoever administers
people could set the password of a member of the deciding body and act in their name.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from governance.directory import elsewhere
from governance.errors import NotAdministrator, Refused
from governance.models import Person
from governance.permissions import standings
from governance.vocabulary import Mandate

DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


def needs_invitation(person: Person) -> bool:
    """Tell whether the person may log in but has never done so and has no password."""
    return person.is_active and person.last_login is None and not person.has_usable_password()


def invitation_path(*, actor: Person, person: Person) -> str:
    """Return the address, within the site, where the person chooses a first password.

    Raises:
        NotAdministrator: the actor does not administer every county where the person has a role today, or the person
            is a technical administrator.
        Refused: the person has a password or has logged in.

    """
    mine = {one.county_id for one in standings(actor.pk) if one.mandate == Mandate.ADMINISTRERA}
    if not mine or person.is_staff or person.is_superuser:
        raise NotAdministrator
    if others := elsewhere(person, mine):
        raise NotAdministrator(str(others[0]))
    if not needs_invitation(person):
        raise Refused("Personen har redan loggat in. Den som har glömt sitt lösenord begär ett nytt vid inloggningen.")
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
