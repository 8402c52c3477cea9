"""The pages that decide: one matter as proposed or otherwise, and a whole section as recommended."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.models import Body
from governance.posting import posted_from
from workflow.errors import Refusal
from workflow.forms.rows import changes_rows
from workflow.meetings.models import Meeting
from workflow.meetings.papers.tabled import tabled_of
from workflow.meetings.planning.kallelse import title_of
from workflow.meetings.planning.selectors import open_meetings
from workflow.meetings.table.choices import AS_RECOMMENDED
from workflow.meetings.table.deciding import decide
from workflow.meetings.table.forms.deciding import DUTIES, RENAMED, DecisionForm, Offered
from workflow.meetings.table.matter import cost_of, matter_of, recommended
from workflow.meetings.table.options import Option, is_refusal
from workflow.meetings.table.saying import recorded_in_words
from workflow.meetings.table.screen import Line
from workflow.meetings.table.sections import decide_section
from workflow.meetings.table.views.common import answered, framed, kept_meeting, meeting_of, seen, valid, with_errors
from workflow.meetings.table.views.pages import show_item
from workflow.meetings.vocabulary import MeetingState
from workflow.requests import person_of


@login_required
@posted_from("bordet_punkt", "meeting_id", "item_id")
def as_proposed(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Decide a matter as it is proposed."""
    meeting = meeting_of(request, meeting_id)

    def act() -> str:
        paragraf = decide(meeting.pk, item_id, AS_RECOMMENDED, actor=person_of(request))
        return recorded_in_words(paragraf.item, paragraf)

    def shown(refusal: Refusal) -> HttpResponse:
        return show_item(request, meeting_of(request, meeting.pk), item_id, refusal=refusal)

    return answered(request, act, to=reverse("bordet_punkt", args=[meeting.pk, item_id]), shown=shown)


def offered_to(meeting: Meeting, option: Option) -> Offered:
    """Return what may be chosen in the form of a decision; at most one statement."""
    if option.has_condition:
        rows = Body.objects.filter(county=meeting.body.county_id, ended_on=None).order_by("position", "name")
        return Offered(bodies=list(rows.values_list("pk", "name")))
    if option.puts_off:
        later = [one for one in open_meetings(meeting.body) if one.day > meeting.day]
        return Offered(meetings=[(one.pk, title_of(one)) for one in later])
    return Offered()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def otherwise(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Decide a matter otherwise than proposed: first what, then with only the fields that it needs."""
    meeting = kept_meeting(request, meeting_id)
    screen = seen(request, meeting)
    matter = matter_of(screen, item_id, suggests=False)
    if not matter.decides or not matter.is_open:
        return redirect("bordet_punkt", meeting.pk, item_id)
    code = request.GET.get("val", "")
    option = next((one for one in matter.options if one.code == code), None)
    context = framed(screen) | {"matter": matter, "item": matter.item, "option": option, "refusal": ""}
    context["crumbs"].append((reverse("bordet_punkt", args=[meeting.pk, item_id]), matter.line.row.title))
    if option is None:
        if code or request.method == "POST":
            raise Http404
        return render(request, "moten/table/annat.html", context)
    offered = offered_to(meeting, option)
    posted = request.POST if request.method == "POST" else None
    typed = posted if posted is not None and changes_rows(posted, DUTIES) else None
    form = DecisionForm(None if typed else posted, option=option, offered=offered, typed=typed)
    context |= {"form": form, "offered": offered}
    if posted is None or typed:
        return render(request, "moten/table/annat.html", context)

    def act() -> str:
        valid(form)
        paragraf = decide(meeting.pk, item_id, form.choice(), actor=person_of(request))
        return recorded_in_words(paragraf.item, paragraf)

    def shown(refusal: Refusal) -> HttpResponse:
        with_errors(form, refusal, RENAMED)
        return render(request, "moten/table/annat.html", context, status=refusal.status)

    return answered(request, act, to=reverse("bordet_punkt", args=[meeting.pk, item_id]), shown=shown)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Check the matters of a section, then decide them one after another as recommended."""
    meeting = kept_meeting(request, meeting_id)
    if meeting.state != MeetingState.PAGAR:
        return redirect("bordet", meeting.pk)
    name = request.GET.get("avsnitt", "")
    screen = seen(request, meeting)
    lines = [line for line in screen.open_matters if name and line.row.item.section == name]
    context = framed(screen) | {"section": name}
    if request.method == "POST" and lines:
        results = decide_section(meeting.pk, name, actor=person_of(request))
        context |= {"results": results, "refused": [one for one in results if one.paragraf is None]}
        return render(request, "moten/table/avsnitt.html", context | framed(seen(request, meeting)))
    if not lines and any(name and line.row.item.section == name for line in screen.lines):
        return redirect("bordet", meeting.pk)
    if not lines:
        raise Http404
    context["rows"] = _rows(lines)
    return render(request, "moten/table/avsnitt.html", context)


def _rows(lines: list[Line]) -> list[dict[str, object]]:
    """Return each matter of a section with what is proposed of it; a fixed number of statements."""
    papers = tabled_of([line.row.item for line in lines])
    return [
        {
            "line": line,
            "tabled": papers[line.row.item.pk],
            "cost": cost_of(papers[line.row.item.pk]),
            "recommended": recommended(papers[line.row.item.pk]),
            "is_refusal": is_refusal(line.row.item),
            "waits": line.row.item.is_late and not line.row.item.late_accepted,
        }
        for line in lines
    ]
