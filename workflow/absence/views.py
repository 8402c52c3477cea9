"""One's own absences: which there are, a new one, and one taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.models import Franvaro, Membership
from governance.permissions import today
from governance.posting import posted_from
from governance.vocabulary import HANDED_OVER
from workflow.absence.acts import AT_TABLE, delegate, revoke, substitutes
from workflow.absence.forms import FranvaroForm
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.requests import person_of, viewer_of

SHOWN = 50
"""Absences of the list, the newest."""


@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the person's absences, whom they stand in for, and in which bodies a new one can be."""
    person, day = person_of(request), today()
    rows = Franvaro.objects.select_related("membership__person", "membership__body", "substitute")
    works = {one.membership_id for one in viewer_of(request).standings if one.mandate in HANDED_OVER}
    seats = Membership.objects.current(day).filter(person=person, pk__in=works).select_related("body")
    context = {
        "own": rows.filter(membership__person=person).order_by("-ends_on", "-pk")[:SHOWN],
        "others": rows.filter(substitute=person, revoked_at=None, ends_on__gte=day).order_by("ends_on", "pk"),
        "seats": seats.order_by("body__position", "pk"),
        "today": day,
        "at_table": AT_TABLE,
    }
    return render(request, "arbete/franvaro_lista.html", context)


@login_required
def new(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Show who may stand in; write what is chosen."""
    rows = Membership.objects.current(today()).select_related("body")
    membership = rows.filter(pk=membership_id, person=person_of(request)).first()
    if membership is None:
        raise Http404
    works = {one.membership_id for one in viewer_of(request).standings if one.mandate in HANDED_OVER}
    if membership.pk not in works:
        raise NoMandate(f"Ditt uppdrag i {membership.body} har inget som en kollega kan göra. {AT_TABLE}")
    people = substitutes(membership)
    form = FranvaroForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = delegate(
                membership.pk,
                said["substitute"],
                said["starts_on"],
                said["ends_on"],
                actor=person_of(request),
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{made.substitute} ersätter dig {made}.")
            return redirect("franvaro")
    context = {
        "form": form,
        "membership": membership,
        "people": people,
        "crumbs": [(reverse("franvaro"), "Frånvaro")],
        "at_table": AT_TABLE,
    }
    return render(request, "arbete/ny_franvaro.html", context, status=422 if form.errors else 200)


@login_required
@posted_from("franvaro")
def revoked(request: HttpRequest, franvaro_id: int) -> HttpResponse:
    """Take back an absence."""
    try:
        revoke(franvaro_id, actor=person_of(request))
    except Franvaro.DoesNotExist:
        raise Http404 from None
    messages.success(request, "Frånvaron är återkallad.")
    return redirect("franvaro")
