"""The people of the counties that one administers: found, added, changed, and let in for the first time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from governance.directory import Insight, elsewhere, mandates_of, people_for, roles_now
from governance.errors import NotAdministrator, Refused
from governance.forms import NewPersonForm, PeopleFilter, PersonForm
from governance.forms.fields import show_refusal
from governance.forms.memberships import BodyField
from governance.invitations import DAYS, State, invite, needs_invitation, newest, state_of, with_state
from governance.letters import send_invitations, sends_mail
from governance.models import Body, Invitation, Membership, Person
from governance.permissions import today
from governance.posting import posted_from
from governance.selectors import memberships_of
from governance.services import add_person, change_person
from governance.sorting import swedish
from governance.views.common import demand_administrator, page, person_of, tags

PER_PAGE = 50
CRUMB = "Personer"


@require_safe
@page
def people(request: HttpRequest) -> HttpResponse:
    """Show the people of the counties that one administers, by name, with what they are today."""
    seen = demand_administrator(request)
    bodies = _bodies(seen)
    form = PeopleFilter(request.GET, bodies=bodies)
    form.is_valid()
    chosen = form.cleaned_data
    found = _filtered(people_for(seen), chosen)
    shown = Paginator(found.order_by(*_order(request)), PER_PAGE).get_page(request.GET.get("sida"))
    ids, now = [one.pk for one in shown], timezone.now()
    roles, invitations = roles_now(ids, seen.administered), newest(ids)
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": tags(_chosen(form), request),
        "page": shown,
        "rows": [
            {
                "person": person,
                "roles": roles.get(person.pk, []),
                "invitation": invitation_of(person, invitations.get(person.pk), now),
            }
            for person in shown
        ],
        "sort": request.GET.get("sortera", ""),
    }
    return render(request, "personer/list.html", context)


def _bodies(seen: Insight) -> list[Body]:
    rows = Body.objects.filter(county__in=seen.administered, ended_on=None).select_related("county")
    return list(rows.order_by("county__name", "position", "pk"))


def _order(request: HttpRequest) -> list[Any]:
    asked = request.GET.get("sortera", "namn")
    columns: dict[str, Any] = {"namn": swedish("name"), "befattning": swedish("title"), "inloggad": None}
    key = asked.removeprefix("-")
    if key == "inloggad":
        return ["last_login" if asked == key else "-last_login", "pk"]
    column = columns.get(key) or swedish("name")
    return [column.desc() if asked.startswith("-") else column.asc(), "pk"]


def _filtered(people: QuerySet[Person], chosen: dict[str, Any]) -> QuerySet[Person]:
    for word in (chosen.get("q") or "").split():
        people = people.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(title__icontains=word))
    current = Membership.objects.current(today()).filter(person=OuterRef("pk"))
    if body := chosen.get("organ"):
        people = people.filter(Exists(current.filter(body=body)))
    match chosen.get("visa"):
        case "utan":
            people = people.filter(~Exists(current))
        case "aldrig":
            people = people.filter(last_login=None, is_active=True)
        case "avstangda":
            people = people.filter(is_active=False)
        case asked if asked in INVITED:
            people = with_state(people, INVITED[asked], timezone.now())
    return people


INVITED = {"oinbjudna": State.NOT_INVITED, "inbjudna": State.INVITED, "utgangna": State.EXPIRED}
"""What the filter's choices about invitations stand for."""
COLOURS = {
    State.SHUT: "danger",
    State.NOT_INVITED: "warning",
    State.INVITED: "info",
    State.OPENED: "info",
    State.EXPIRED: "warning",
}


def invitation_of(person: Person, invitation: Invitation | None, now: datetime) -> dict[str, Any]:
    """Return how far somebody has come, as lists and the person's page show it."""
    state = state_of(person, invitation, now)
    # A link that was voided when the county took somebody in is another county's: who made it is not told.
    row = None if state in {State.DONE, State.NOT_INVITED} else invitation
    return {"state": state.value, "colour": COLOURS.get(state, "neutral"), "row": row}


def _chosen(form: PeopleFilter) -> list[tuple[str, str]]:
    values = form.cleaned_data
    found = []
    if values.get("q"):
        found.append(("q", f"Sökt: {values['q']}"))
    if values.get("organ"):
        found.append(("organ", str(values["organ"])))
    if values.get("visa"):
        found.append(("visa", dict(form.fields["visa"].choices)[values["visa"]]))  # type: ignore[attr-defined]
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Add a person; they are given a role and a first password afterwards."""
    demand_administrator(request)
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_person(actor=person_of(request), **form.cleaned_data)
        except NotAdministrator:
            raise
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            message = f"{added} är upplagd. Ge personen ett uppdrag och en länk för att välja lösenord."
            messages.success(request, message)
            return HttpResponseRedirect(reverse("person", args=[added.pk]))
    context = {"form": form, "crumbs": [(reverse("personer"), CRUMB)]}
    return render(request, "personer/new.html", context, status=422 if form.is_bound else 200)


def _person(person_id: int, seen: Insight) -> Person:
    person = people_for(seen).filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person


More = Callable[[Insight, Person], Mapping[str, Any]]


@require_http_methods(["GET", "HEAD", "POST"])
@page
def person(request: HttpRequest, person_id: int, more: More | None = None) -> HttpResponse:
    """Show a person with every role now and before in the counties one administers, and change name and title.

    `more` gives the page what lies beyond the constitution: the person's open tasks.
    """
    seen = demand_administrator(request)
    shown = _person(person_id, seen)
    initial = {"name": shown.name, "title": shown.title, "is_active": shown.is_active}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(actor=person_of(request), person=shown, **form.cleaned_data)
        except NotAdministrator:
            raise
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Ändringen är sparad.")
            return HttpResponseRedirect(reverse("person", args=[shown.pk]))
    return _show(request, shown, seen, form, **(more(seen, shown) if more else {}))


def _show(request: HttpRequest, shown: Person, seen: Insight, form: PersonForm, **more: Any) -> HttpResponse:
    rows = list(memberships_of(shown.pk).filter(body__county__in=seen.administered))
    field = BodyField(label="Organ", none="Välj organ")
    field.offer_bodies(_bodies(seen))
    others = elsewhere(shown, seen.administered)
    context = {
        "form": form,
        "person": Person.objects.get(pk=shown.pk) if form.errors else shown,
        **_by_period(rows),
        "several_counties": len({row.body.county_id for row in rows}) > 1,
        "elsewhere": others,
        "may_change": not others,
        "is_self": shown.pk == seen.person_id,
        "needs_invitation": needs_invitation(shown) and not others,
        "invitation": invitation_of(shown, newest([shown.pk]).get(shown.pk), timezone.now()),
        "sends_mail": sends_mail(),
        "bodies": field.choices,
        "days": DAYS,
        "crumbs": [(reverse("personer"), CRUMB)],
        **more,
    }
    return render(request, "personer/person.html", context, status=422 if form.is_bound else 200)


def _by_period(rows: list[Membership]) -> dict[str, Any]:
    """Return memberships by when they hold, each with what its role may do."""
    day, mandates = today(), mandates_of(rows)
    for row in rows:
        vars(row)["may"] = [mandate.label.lower() for mandate in mandates[row.pk]]
    return {
        "now": [row for row in rows if row.is_current(day)],
        "coming": [row for row in rows if row.starts_on > day],
        "former": [row for row in rows if row.ends_on is not None and row.ends_on < day],
    }


@posted_from("person", "person_id")
@page
@never_cache
def invite_one(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a link by which the person chooses a first password, and send it or show it, once."""
    seen = demand_administrator(request)
    shown = _person(person_id, seen)
    made = invite(actor=person_of(request), person=shown)
    if "skicka" in request.POST and sends_mail():
        if not send_invitations([made], sender=person_of(request), absolute=request.build_absolute_uri):
            messages.success(request, f"Inbjudan är skickad till {shown.email}.")
            return HttpResponseRedirect(reverse("person", args=[shown.pk]))
        messages.error(request, "Brevet kunde inte skickas. Lämna länken själv.")
    initial = {"name": shown.name, "title": shown.title, "is_active": shown.is_active}
    link = request.build_absolute_uri(made.path)
    return _show(request, shown, seen, PersonForm(initial=initial), link=link, expires_at=made.expires_at)
