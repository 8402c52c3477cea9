"""The people of the counties that one administers: found, added, changed, and let in for the first time."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.directory import Insight, elsewhere, people_for, roles_now
from governance.errors import NotAdministrator, Refused
from governance.forms import NewPersonForm, PeopleFilter, PersonForm
from governance.forms.fields import show_refusal
from governance.forms.memberships import BodyField
from governance.invitations import DAYS, invitation_path, needs_invitation
from governance.models import Body, Membership, Person
from governance.permissions import today
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
    roles = roles_now([one.pk for one in shown], seen.administered)
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "chosen": tags(_chosen(form), request),
        "page": shown,
        "rows": [
            {"person": person, "roles": roles.get(person.pk, []), "invited": needs_invitation(person)}
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
    return people


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


@require_http_methods(["GET", "HEAD", "POST"])
@page
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person with every role now and before in the counties one administers, and change name and title."""
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
    return _show(request, shown, seen, form)


def _show(request: HttpRequest, shown: Person, seen: Insight, form: PersonForm, **more: Any) -> HttpResponse:
    day = today()
    rows = list(memberships_of(shown.pk).filter(body__county__in=seen.administered))
    field = BodyField(label="Organ", none="Välj organ")
    field.offer_bodies(_bodies(seen))
    others = elsewhere(shown, seen.administered)
    context = {
        "form": form,
        "person": Person.objects.get(pk=shown.pk) if form.errors else shown,
        "now": [row for row in rows if row.is_current(day)],
        "coming": [row for row in rows if row.starts_on > day],
        "former": [row for row in rows if row.ends_on is not None and row.ends_on < day],
        "several_counties": len({row.body.county_id for row in rows}) > 1,
        "elsewhere": others,
        "may_change": not others,
        "is_self": shown.pk == seen.person_id,
        "needs_invitation": needs_invitation(shown) and not others,
        "bodies": field.choices,
        "days": DAYS,
        "crumbs": [(reverse("personer"), CRUMB)],
        **more,
    }
    return render(request, "personer/person.html", context, status=422 if form.is_bound else 200)


@require_POST
@page
@never_cache
def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show, once, the link by which the person chooses a first password; each time a new one is made."""
    seen = demand_administrator(request)
    shown = _person(person_id, seen)
    link = request.build_absolute_uri(invitation_path(actor=person_of(request), person=shown))
    initial = {"name": shown.name, "title": shown.title, "is_active": shown.is_active}
    return _show(request, shown, seen, PersonForm(initial=initial), link=link)
