"""A new term of office for a body: its days, who continues, leaves and comes in, a look through, then all at once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.directory import body_of
from governance.errors import NotAdministrator, Refused
from governance.models import Body, Membership
from governance.permissions import today
from governance.selectors import organisations_of, roles_of
from governance.terms import Term, TermRefused, mark_of_members, of_term
from governance.views.common import demand_administrator, insight, page, person_of
from workflow.leaving.acts import Handed, Handover, begin_term_and_hand_over, try_term
from workflow.leaving.forms import add_take_over
from workflow.leaving.mandates import After, gaps
from workflow.leaving.tasks import OpenTasks, open_tasks
from workflow.leaving.term_forms import DaysForm, MemberForm, NewcomerFormSet
from workflow.leaving.views import in_words, left_behind, mark_of
from workflow.requests import viewer_of
from workflow.templatetags.satsningar_tags import errors_of

DAY = timedelta(days=1)
NEW = "nya"
"""The prefix of the rows of those who come in."""
NOT_KEPT = {"csrfmiddlewaretoken", "granska", "genomfor", "andra", "sett", f"lagg_till_{NEW}"}
"""What is posted to say what to do, and is not part of the term."""


@dataclass
class _Work:
    """A new term being put together in a request."""

    request: HttpRequest
    body: Body
    last_day: date
    first_day: date
    rows: list[Membership]
    """Those who sit in the body on the last day, but for whoever asks."""
    own: list[Membership]
    members: list[MemberForm]
    newcomers: Any

    @property
    def mark(self) -> str:
        """Return the mark of the memberships it is put together from."""
        return mark_of_members(self.rows)

    @property
    def gap_days(self) -> int:
        """Return how many days there are between the terms."""
        return (self.first_day - self.last_day).days - 1

    def is_valid(self) -> bool:
        """Tell whether every form is as it should be; all are asked."""
        return all([*[form.is_valid() for form in self.members], self.newcomers.is_valid()])

    def kept(self) -> list[Any]:
        """Return the rows of those who come in that are filled in and not taken away."""
        gone = self.newcomers.deleted_forms
        return [form for form in self.newcomers if form not in gone and form.has_changed()]

    def term(self) -> Term:
        """Return what was put together, once it is valid."""
        return Term(
            last_day=self.last_day,
            first_day=self.first_day,
            stays={form.membership.pk: form.seat() for form in self.members if form.stays},
            leaves=frozenset(form.membership.pk for form in self.members if not form.stays),
            newcomers=tuple(form.newcomer() for form in self.kept()),
        )

    def errors(self) -> list[dict[str, str]]:
        """Return everything that is wrong, by whose row it is in, as the summary on top of the page shows it."""
        of_members = [
            {**error, "label": f"{form.membership.person}, {error['label'].lower()}".rstrip(", ")}
            for form in self.members
            for error in errors_of(form)
        ]
        return of_members + errors_of(self.newcomers)

    def show(self, refusal: Refused) -> None:
        """Put what was refused at its fields, or above the page."""
        errors = refusal.errors if isinstance(refusal, TermRefused) else (("", "", refusal.message),)
        by_row: dict[str, forms.Form] = {f"m{form.membership.pk}": form for form in self.members}
        by_row |= {f"n{number}": form for number, form in enumerate(self.kept())}
        for row, field, message in errors:
            form = by_row.get(row)
            if form is None:
                messages.error(self.request, message)
            else:
                form.add_error(field if field in form.fields else None, message)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def term(request: HttpRequest, body_id: int) -> HttpResponse:
    """Ask for the days; then show who sits in the body; then what would change; then do it."""
    try:
        body = body_of(body_id, insight(request).county_ids)
    except Body.DoesNotExist:
        raise Http404 from None
    demand_administrator(request, body.county_id)
    if body.ended_on is not None:
        raise Refused(f"{body} upphörde {body.ended_on} och får ingen ny period.")
    days = DaysForm(request.GET if "sista" in request.GET else None, initial=_usual_days())
    if not days.is_valid():
        context = {"form": days, "body": body, "crumbs": _crumbs(body)}
        return render(request, "organ/period/dagar.html", context, status=422 if days.is_bound else 200)
    work = _work(request, body, days.cleaned_data["sista"], days.cleaned_data["forsta"])
    if not _is_sent(request):
        return _edit_page(request, work)
    return _look_through(request, work) if work.is_valid() else _edit_page(request, work, status=422)


def _usual_days() -> dict[str, date]:
    last = date(today().year, 12, 31)
    return {"sista": last, "forsta": last + DAY}


def _crumbs(body: Body) -> list[tuple[str, str]]:
    return [(reverse("organ"), "Organ"), (reverse("organet", args=[body.pk]), body.name)]


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and ("granska" in request.POST or "genomfor" in request.POST)


def _work(request: HttpRequest, body: Body, last_day: date, first_day: date) -> _Work:
    everybody = of_term(body, last_day)
    rows = [row for row in everybody if row.person_id != person_of(request).pk]
    options: dict[str, Any] = {"roles": roles_of(body), "organisations": organisations_of(body.county_id)}
    data = _posted(request)
    sent = data if _is_sent(request) else None
    members = [MemberForm(sent, membership=row, before=data, **options) for row in rows]
    again = None if sent is not None or data is None else _typed_rows(data)
    newcomers = NewcomerFormSet(sent, prefix=NEW, form_kwargs=options, initial=again)
    own = [row for row in everybody if row.person_id == person_of(request).pk]
    return _Work(request, body, last_day, first_day, rows, own, members, newcomers)


def _posted(request: HttpRequest) -> Any:
    """Return what was posted, every row of those who come in as one that may be empty; None for a page just opened."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    total = data.get(f"{NEW}-TOTAL_FORMS", "")
    is_number = total.isascii() and total.isdecimal() and len(total) < len("9999")
    data[f"{NEW}-TOTAL_FORMS"], data[f"{NEW}-INITIAL_FORMS"] = total if is_number else "0", "0"
    return data


def _typed_rows(data: Any) -> list[dict[str, str]]:
    """Return the rows of those who come in as they were typed, with the one that a button adds or takes away."""
    names = ("email", "name", "role", "represents")
    rows = [
        {name: data.get(f"{NEW}-{number}-{name}", "") for name in names}
        for number in range(int(data[f"{NEW}-TOTAL_FORMS"]))
        if f"ta_bort_{NEW}-{number}" not in data and f"{NEW}-{number}-DELETE" not in data
    ]
    return [*rows, {}] if f"lagg_till_{NEW}" in data else rows


def _edit_page(request: HttpRequest, work: _Work, status: int = 200) -> HttpResponse:
    errors = work.errors() if _is_sent(request) else []
    context = {
        "body": work.body,
        "work": work,
        "errors": errors,
        "has_errors": bool(errors),
        "crumbs": _crumbs(work.body),
    }
    return render(request, "organ/period/medlemmar.html", context, status=status)


@dataclass
class _Leaver:
    """Somebody who loses a mandate with the new term, and what they have open."""

    membership: Membership
    tasks: OpenTasks


def _look_through(request: HttpRequest, work: _Work) -> HttpResponse:
    """Show what would change, found by doing it and undoing it; do it when it has been seen."""
    asked, actor = work.term(), person_of(request)
    leaving = [form.membership for form in work.members if not form.stays]
    try:
        after = try_term(actor=actor, body=work.body, term=asked, seen=work.mark, leaving=leaving)
        leavers, missing = _leavers(request, work, after), gaps(viewer_of(request), after)
        form = _take_over_form(request, leavers, after)
        mark = mark_of([one.tasks for one in leavers], missing, work.mark, str(asked))
        if "genomfor" in request.POST and form.is_valid():
            if request.POST.get("sett") == mark:
                handed = _carry_out(request, work, leavers, form)
                messages.success(request, f"{work.body} har en ny period från {work.first_day}.{in_words(handed)}")
                return HttpResponseRedirect(reverse("organet", args=[work.body.pk]))
            messages.error(request, "Någonting har ändrats sedan du granskade. Läs igenom igen.")
    except NotAdministrator:
        raise
    except Refused as refusal:
        work.show(refusal)
        return _edit_page(request, work, status=422)
    context = {
        "body": work.body,
        "work": work,
        "form": form,
        "stays": [one for one in work.members if one.stays],
        "leaves": leaving,
        "newcomers": asked.newcomers,
        "leavers": leavers,
        "gaps": missing,
        "mark": mark,
        "sent": [(name, value) for name, values in request.POST.lists() if _is_kept(name) for value in values],
        "has_errors": bool(form.errors),
        "crumbs": _crumbs(work.body),
    }
    return render(request, "organ/period/granska.html", context, status=422 if form.errors else 200)


def _is_kept(name: str) -> bool:
    return name not in NOT_KEPT and not name.startswith((f"ta_bort_{NEW}", "tar_over_"))


def _leavers(request: HttpRequest, work: _Work, after: After) -> list[_Leaver]:
    """Return those who lose a mandate and have something open that needs it; four statements for all of them."""
    losing = {row.person_id: row for row in work.rows if after.lost(row.person_id)}
    names = {person_id: row.person.name for person_id, row in losing.items()}
    tasks = open_tasks(viewer_of(request), names, [work.body.county_id]) if losing else {}
    found = [
        _Leaver(row, left_behind(tasks[person_id].within(work.body.pk), work.body, after.lost(person_id)))
        for person_id, row in losing.items()
    ]
    return [one for one in found if one.tasks.count]


def _take_over_form(request: HttpRequest, leavers: list[_Leaver], after: After) -> forms.Form:
    """Return the form that asks who takes over what each leaver has open."""
    form = forms.Form(request.POST if "genomfor" in request.POST else None)
    leaving = {one.membership.person_id for one in leavers}
    for one in leavers:
        name, key = one.membership.person.name, one.membership.person_id
        if one.tasks.cases:
            add_take_over(form, f"tar_over_{key}_cases", f"Handläggare efter {name}", after.preparing(leaving=leaving))
        if one.tasks.answers:
            add_take_over(form, f"tar_over_{key}_answers", f"Svarar efter {name}", after.answering(leaving=leaving))
    return form


def _carry_out(request: HttpRequest, work: _Work, leavers: list[_Leaver], form: forms.Form) -> Handed:
    values = form.cleaned_data
    handovers = [
        Handover(
            key := one.membership.person_id,
            one.tasks,
            values.get(f"tar_over_{key}_cases"),
            values.get(f"tar_over_{key}_answers"),
        )
        for one in leavers
    ]
    return begin_term_and_hand_over(
        actor=person_of(request),
        body=work.body,
        term=work.term(),
        seen=work.mark,
        handovers=handovers,
        leaving=[form.membership for form in work.members if not form.stays],
    )
