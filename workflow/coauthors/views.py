"""The pages of writing together: who is invited to a draft, inviting, accepting and ending."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.letters import sends_mail
from governance.permissions import today
from governance.posting import posted_from
from satsningar.models import Satsning
from workflow.coauthors.actions import (
    DAYS,
    NO_SEAT,
    Made,
    NotUsable,
    accept,
    end,
    find,
    invite,
    may_invite,
    memberships_of,
    who_invites,
)
from workflow.coauthors.forms import AcceptForm, InviteForm
from workflow.coauthors.letters import send_invitation
from workflow.coauthors.models import Medforfattare
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.requests import person_of, viewer_of
from workflow.selectors.cases import readable_case, title_of

PROBLEM = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def coauthors(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show who is invited to the case; invite somebody."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    may = may_invite(who, satsning) is not None
    form = InviteForm(request.POST if request.method == "POST" else None)
    status, link = 200, ""
    if request.method == "POST":
        if not may:
            raise NoMandate(who_invites(satsning))
        status = PROBLEM
        if form.is_valid():
            said = form.cleaned_data
            try:
                made = invite(satsning.pk, said["email"], said["role"], said["purpose"], actor=person_of(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                if _was_sent(request, made):
                    messages.success(request, f"Inbjudan är skickad till {made.row.email}.")
                    return redirect("medforfattare", satsning.pk)
                status, link, form = 200, request.build_absolute_uri(made.path), InviteForm()
    return render(request, "medforfattare/lista.html", _shown(request, satsning, form, link), status=status)


def _was_sent(request: HttpRequest, made: Made) -> bool:
    return sends_mail() and send_invitation(made, request.build_absolute_uri)


def _shown(request: HttpRequest, satsning: Satsning, form: InviteForm, link: str) -> dict[str, Any]:
    who, title = viewer_of(request), title_of(satsning.pk)
    may = may_invite(who, satsning) is not None
    rows = Medforfattare.objects.filter(satsning=satsning.pk)
    rows = rows.select_related("person", "membership__body", "membership__represents", "invited_by")
    lasting = set(Medforfattare.objects.lasting(today()).filter(satsning=satsning.pk).values_list("pk", flat=True))
    shown = [
        _row(row, row.pk in lasting, may_end=row.ended_at is None and (may or row.person_id == who.person_id))
        for row in rows
        if may or row.accepted_at is not None
    ]
    return {
        "satsning": satsning,
        "title": title,
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title)],
        "rows": shown,
        "form": form if may else None,
        "why_not": "" if may else who_invites(satsning),
        "sends_mail": sends_mail(),
        "days": DAYS,
        "link": link,
    }


def _row(row: Medforfattare, lasts: bool, *, may_end: bool) -> dict[str, Any]:
    if row.ended_at is not None:
        state, color = "Avslutad", "neutral"
    elif row.accepted_at is None:
        is_open = row.is_open(timezone.now())
        state, color = ("Väntar på svar", "warning") if is_open else ("Har gått ut", "neutral")
    else:
        state, color = ("Medverkar", "success") if lasts else ("Uppdraget är avslutat", "neutral")
    return {"row": row, "state": state, "color": color, "may_end": may_end}


@login_required
@posted_from("medforfattare", "satsning_id")
def end_page(request: HttpRequest, satsning_id: int, medforfattare_id: int) -> HttpResponse:
    """End an invitation."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    end(satsning.pk, min(medforfattare_id, 2**63 - 1), actor=person_of(request))
    messages.success(request, "Medverkan är avslutad.")
    ended = Medforfattare.objects.filter(pk=medforfattare_id, person=who.person_id).exists()
    return redirect("mitt_arbete") if ended else redirect("medforfattare", satsning.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody invited read what for, and accept; a link that does not work says why and what to do."""
    person = person_of(request)
    try:
        row = find(token, person)
        seats = memberships_of(person, row.satsning.county_id)
        form = AcceptForm(request.POST if request.method == "POST" else None, seats=seats)
        status = 200
        if request.method == "POST":
            status = PROBLEM
            if form.is_valid():
                satsning_id = accept(token, membership_id=form.cleaned_data["membership"], actor=person)
                messages.success(request, "Du är med. Skriv tillsammans i delarna.")
                return redirect("satsning", satsning_id)
    except NotUsable as refusal:
        return render(request, "medforfattare/ogiltig.html", {"reason": str(refusal)}, status=404)
    context = {"row": row, "form": form if seats else None, "no_seat": "" if seats else NO_SEAT}
    return render(request, "medforfattare/svara.html", context, status=status)
