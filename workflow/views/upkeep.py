"""Keeping a case in order: its handläggare, an anmälan taken back, an organisation's own registry number."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from governance.posting import posted_from
from satsningar.models import Satsning
from workflow.errors import Invalid, NoMandate
from workflow.forms.documents import NumberForm
from workflow.forms.refusals import add_refusal
from workflow.forms.upkeep import HandlaggareForm
from workflow.preparation import set_registry_number
from workflow.requests import person_of, viewer_of
from workflow.rights import own_organisations
from workflow.selectors.cases import possible_handlaggare, readable_case, title_of
from workflow.upkeep import may_name_handlaggare, name_handlaggare, withdraw_anmalan


def _context(satsning: Satsning) -> dict[str, Any]:
    title = title_of(satsning.pk)
    return {"satsning": satsning, "title": title, "crumbs": [(reverse("satsning", args=[satsning.pk]), title)]}


@login_required
def handlaggare(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show who may handle the case; name another."""
    satsning = readable_case(viewer_of(request), satsning_id)
    if satsning.beredningsgrupp_id is None or not may_name_handlaggare(viewer_of(request), satsning):
        raise NoMandate("Handläggaren byts av den beredningsgrupp som har tagit upp satsningen.")
    form = HandlaggareForm(
        request.POST if request.method == "POST" else None,
        people=possible_handlaggare(satsning.beredningsgrupp_id),
        now=satsning.handlaggare_id,
    )
    if request.method == "POST" and form.is_valid():
        try:
            name_handlaggare(satsning.pk, form.cleaned_data["handlaggare"], actor=person_of(request))
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Handläggaren är bytt.")
            return redirect("satsning", satsning.pk)
    context = _context(satsning) | {"form": form}
    return render(request, "satsning/handlaggare.html", context, status=422 if form.errors else 200)


@login_required
@posted_from("satsning", "satsning_id")
def take_back(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Take back the open anmälan till beslut."""
    readable_case(viewer_of(request), satsning_id)
    withdraw_anmalan(satsning_id, actor=person_of(request))
    messages.success(request, "Anmälan till beslut är återtagen.")
    return redirect("satsning", satsning_id)


@login_required
def registry_number(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show the registry number of the person's own organisation; write what is posted."""
    satsning = readable_case(viewer_of(request), satsning_id)
    own = own_organisations(viewer_of(request), satsning)
    if not own:
        raise NoMandate("Diarienumret skrivs av organisationens kontaktperson.")
    asked = request.GET.get("organisation", str(own[0]))
    organisation_id = next((one for one in own if str(one) == asked), None)
    if organisation_id is None:
        raise Http404
    stored = satsning.registernummer.filter(organisation=organisation_id).first()
    form = NumberForm(
        request.POST if request.method == "POST" else None, initial={"number": stored.number if stored else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_registry_number(satsning.pk, organisation_id, form.cleaned_data["number"], actor=person_of(request))
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Diarienumret är sparat.")
            return redirect("satsning", satsning.pk)
    names = {one.organisation_id: one.body_name for one in viewer_of(request).standings if one.organisation_id in own}
    context = _context(satsning) | {
        "form": form,
        "organisation": names[organisation_id],
        "others": [(one, name) for one, name in names.items() if one != organisation_id],
    }
    return render(request, "satsning/diarienummer.html", context, status=422 if form.errors else 200)
