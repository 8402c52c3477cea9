"""Bringing decisions home: the only writer of what an organisation's representative has told at home."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import today
from satsningar.cleaning import clean_text
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import lock, record_for_body
from workflow.meetings.after.rights import bringing_home, may_read_brief
from workflow.meetings.models import Aterforing, Meeting
from workflow.meetings.vocabulary import HomeForm
from workflow.rights import viewer
from workflow.vocabulary import Act

HOW_LIMIT = 250


def bring_home(  # noqa: PLR0913 - it is said with this many facts
    meeting_id: int, organisation_id: int, *, form: str, held_on: date, how: str, actor: Person
) -> None:
    """Say that what a meeting decided has been brought home to an organisation.

    Effects, in order: the meeting is locked, the row is written, the journal is written.

    Args:
        meeting_id: the meeting whose extracts went to the organisation.
        organisation_id: the organisation.
        form: in what kind of meeting, of `HomeForm`.
        held_on: the day of it, from the meeting's own day to today.
        how: more words; may be empty.
        actor: who represents the organisation.

    Raises:
        Aterforing.DoesNotExist: there is nothing to bring home that the actor may read.
        NoMandate: the actor does not represent the organisation.
        NotFromHere: it has been brought home already.
        Invalid: form, day or words cannot be.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        row = Aterforing.objects.select_related("organisation", "returned_by").get(
            meeting=meeting, organisation=organisation_id
        )
        who = viewer(actor)
        if not may_read_brief(who, meeting, row.organisation):
            raise Aterforing.DoesNotExist
        standing = bringing_home(who, meeting, row.organisation)
        if standing is None:
            raise NoMandate(who_brings_home(meeting, row))
        if row.returned_at is not None:
            by = row.returned_by.name if row.returned_by else ""
            raise NotFromHere(f"{by} har redan återfört mötets beslut till {row.organisation.name}.")
        row.how = _checked(meeting, form, held_on, how)
        row.form, row.held_on = form, held_on
        row.returned_at, row.returned_by = timezone.now(), actor
        row.save()
        payload = {
            "meeting": meeting.pk,
            "day": meeting.day.isoformat(),
            "organisation": row.organisation.name,
            "aterfort": {
                "organisation": organisation_id,
                "form": form,
                "held_on": held_on.isoformat(),
                "how": row.how,
            },
            "body": standing.body_name,
        }
        record_for_body(meeting.body, Act.ATERFORT, actor=actor, standing=standing, payload=payload)


def who_brings_home(meeting: Meeting, row: Aterforing) -> str:
    """Return the sentence of who brings the decisions home."""
    name = row.organisation.name
    return f"Besluten återförs av den som är kontaktperson för {name}, eller företräder {name} i {meeting.body.name}."


def _checked(meeting: Meeting, form: str, held_on: date, how: str) -> str:
    errors: dict[str, list[str]] = {}
    if form not in HomeForm.values:
        errors["form"] = ["Välj hur besluten återfördes."]
    if held_on > today():
        errors["held_on"] = ["Dagen har inte varit än. Skriv dagen när besluten återfördes."]
    elif held_on < meeting.day:
        errors["held_on"] = [f"Mötet hölls {meeting.day.isoformat()}. Skriv en dag från och med då."]
    text = ""
    try:
        text = clean_text(how, limit=HOW_LIMIT, one_line=True).strip()
    except ValidationError as error:
        errors["how"] = error.messages
    if not text and form == HomeForm.ANNAT:
        errors.setdefault("how", []).append("Skriv hur besluten återfördes.")
    if errors:
        raise Invalid(errors)
    return text
