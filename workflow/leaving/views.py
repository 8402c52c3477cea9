"""A person's page with what is open, and the end of a membership with what is left behind."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.directory import Insight
from governance.errors import NotAdministrator, Refused
from governance.forms.fields import DateField, show_refusal
from governance.membership_rules import LATEST
from governance.models import Body, Membership, Person
from governance.permissions import today
from governance.views import people
from governance.views.common import demand_administrator, insight, page, person_of
from governance.views.memberships import back_to
from governance.vocabulary import Mandate
from workflow.leaving.acts import Handed, Handover, leave
from workflow.leaving.forms import LeaveForm
from workflow.leaving.mandates import DAY, Gap, after_ending, gaps
from workflow.leaving.tasks import OpenTasks, open_tasks
from workflow.requests import viewer_of
from workflow.rounds.rights import answering_mandates


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person as `governance.views.people.person` does, with what the person has open."""

    def more(seen: Insight, shown: Person) -> dict[str, Any]:
        tasks = open_tasks(viewer_of(request), {shown.pk: shown.name}, seen.administered)[shown.pk]
        return {"tasks": tasks}

    return people.person(request, person_id, more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def end(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Show what somebody leaves behind in a body, end the membership, and hand over."""
    rows = Membership.objects.select_related("person", "body__county", "body__organisation", "represents")
    membership = rows.filter(pk=membership_id, body__county__in=insight(request).county_ids).first()
    if membership is None:
        raise Http404
    demand_administrator(request, membership.body.county_id)
    ends_on = _day(request, membership)
    after = after_ending(membership.body, [membership.pk], ends_on)
    tasks = open_tasks(viewer_of(request), {membership.person_id: membership.person.name}, [membership.body.county_id])
    here = tasks[membership.person_id].within(membership.body_id)
    left = left_behind(here, membership.body, after.lost(membership.person_id))
    missing = gaps(viewer_of(request), after)
    leaving = {membership.person_id}
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        initial={"ends_on": ends_on},
        preparing=after.preparing(leaving=leaving) if left.cases else None,
        answering=after.answering(leaving=leaving) if left.answers else None,
    )
    mark, back = mark_of([left], missing), back_to(request, reverse("organet", args=[membership.body_id]))
    unseen = _must_be_seen([left], missing) and request.POST.get("sett") != mark
    if request.method == "POST" and form.is_valid():
        if unseen:
            form.add_error(None, "Läs först vad som blir kvar, nedan, och välj sedan igen.")
        elif (handed := _leave(request, form, membership, left)) is not None:
            until = form.cleaned_data["ends_on"]
            role = membership.get_role_display().lower()
            text = f"{membership.person} är {role} i {membership.body} till och med {until}."
            messages.success(request, f"{text}{in_words(handed)}")
            return HttpResponseRedirect(back)
    context = {
        "form": form,
        "membership": membership,
        "tasks": left,
        "gaps": missing,
        "mark": mark,
        "back": back,
        "crumbs": [(reverse("organ"), "Organ"), (reverse("organet", args=[membership.body_id]), membership.body.name)],
    }
    return render(request, "organ/end.html", context, status=422 if form.errors else 200)


def _day(request: HttpRequest, membership: Membership) -> date:
    """Return the last day that is asked about: what was sent, if it is a day, else the one set, else today."""
    try:
        sent: date | None = DateField(required=False).clean(request.POST.get("ends_on", ""))
    except ValidationError:  # the form says it at the field
        sent = None
    wanted = sent or membership.ends_on or today()
    return min(max(wanted, membership.starts_on), LATEST - DAY)


def left_behind(tasks: OpenTasks, body: Body, lost: Collection[Mandate]) -> OpenTasks:
    """Return those of the tasks in a body that cannot be done without the mandates that are lost."""
    answers = bool(set(answering_mandates(body.kind)) & set(lost))
    return OpenTasks(
        tasks.cases if Mandate.BEREDA in lost else [],
        tasks.answers if answers else [],
        tasks.leads if Mandate.FORFATTA in lost else [],
    )


def _must_be_seen(tasks: list[OpenTasks], missing: list[Gap]) -> bool:
    return any(one.count for one in tasks) or any(gap.waiting for gap in missing)


def mark_of(tasks: list[OpenTasks], missing: list[Gap], *more: str) -> str:
    """Return a mark of what is left behind, and of what else was shown, by which it is known to have been seen."""
    parts = [str((one.cases, one.answers, one.leads)) for one in tasks] + [gap.sentence for gap in missing] + [*more]
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _leave(request: HttpRequest, form: LeaveForm, membership: Membership, left: OpenTasks) -> Handed | None:
    values = form.cleaned_data
    handover = Handover(membership.person_id, left, values.get("cases_to"), values.get("answers_to"))
    try:
        return leave(actor=person_of(request), membership=membership, ends_on=values["ends_on"], handover=handover)
    except NotAdministrator:
        raise
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def in_words(handed: Handed) -> str:
    """Return what was handed over, as the end of a message."""
    parts = []
    if handed.cases:
        parts.append(f"{handed.cases} {'satsning' if handed.cases == 1 else 'satsningar'} har fått ny handläggare.")
    if handed.answers:
        parts.append(f"{handed.answers} svar är {'överlämnat' if handed.answers == 1 else 'överlämnade'}.")
    return "".join(f" {part}" for part in parts)
