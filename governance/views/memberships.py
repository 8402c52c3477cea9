"""Giving somebody a role in a body; ending it lies with what is left behind, in workflow."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from governance.directory import Insight, people_for
from governance.errors import NotAdministrator, Refused
from governance.forms import MembershipForm, RoleForm
from governance.forms.fields import show_refusal
from governance.models import Body, Person
from governance.permissions import today
from governance.selectors import organisations_of, roles_of
from governance.services import add_membership
from governance.sorting import swedish
from governance.views.common import demand_administrator, insight, page, person_of

SUGGESTED = 500


@require_http_methods(["GET", "HEAD", "POST"])
@page
def add(request: HttpRequest) -> HttpResponse:
    """Give a role in the body `?organ=`, to the person `?person=` or to somebody found by address."""
    body = _asked(request, "organ", Body.objects.filter(county__in=insight(request).county_ids))
    seen = demand_administrator(request, body.county_id)
    person = _asked(request, "person", people_for(seen)) if request.GET.get("person") else None
    form = _form(request, body, person, seen)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        member: Person = person or values["person"]
        values["person"] = member
        if _done(form, lambda: add_membership(actor=person_of(request), body=body, **values)):
            role = values["role"].label.lower()
            starts: date = values["starts_on"]
            messages.success(request, f"{member} är {role} i {body} från och med {starts}.")
            return HttpResponseRedirect(back_to(request, reverse("organet", args=[body.pk])))
    context = {
        "form": form,
        "body": body,
        "person": person,
        "suggestions": form.people.values() if isinstance(form, MembershipForm) else (),
        "back": back_to(request, reverse("organet", args=[body.pk])),
        "crumbs": [(reverse("organ"), "Organ"), (reverse("organet", args=[body.pk]), body.name)],
    }
    return render(request, "organ/membership.html", context, status=422 if form.is_bound else 200)


def _form(request: HttpRequest, body: Body, person: Person | None, seen: Insight) -> RoleForm:
    options: dict[str, Any] = {
        "data": request.POST if request.method == "POST" else None,
        "initial": {"starts_on": today()},
        "roles": roles_of(body),
        "organisations": organisations_of(body.county_id),
    }
    if person is not None:
        return RoleForm(**options)
    people = people_for(seen).filter(is_active=True).order_by(swedish("name"), "pk")
    return MembershipForm(**options, people=list(people[:SUGGESTED]))


def _done(form: Any, act: Callable[[], object]) -> bool:
    """Do what the form asks for; tell at its field what was refused, except that somebody else may."""
    try:
        act()
    except NotAdministrator:
        raise
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


def _asked(request: HttpRequest, name: str, rows: Any) -> Any:
    """Return the row that the address names.

    Raises:
        Http404: the address names none of these.

    """
    key = request.GET.get(name, "")
    row = rows.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < len(str(2**63)) else None
    if row is None:
        raise Http404
    return row


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Return the address that `?tillbaka=` names within this site, else the other."""
    wanted = request.GET.get("tillbaka", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else otherwise
