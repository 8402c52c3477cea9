"""The pages of justering: sending, answering, reminding, naming another adjuster, correcting and marking afterwards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from governance.posting import posted_from
from workflow.errors import Invalid, NotFromHere
from workflow.forms.refusals import add_refusal
from workflow.meetings.minutes.adjusters import name_another
from workflow.meetings.minutes.documents import paper_of
from workflow.meetings.minutes.forms import APPROVES, AnswerForm, MarkForm, RectificationForm, ReplacementForm
from workflow.meetings.minutes.gathering import paragraphs_of
from workflow.meetings.minutes.marking import set_mark
from workflow.meetings.minutes.rectifying import rectify
from workflow.meetings.minutes.reminding import remind
from workflow.meetings.minutes.rounds import approve, ask_for_correction, send_for_justering
from workflow.meetings.minutes.selectors import may_replace, meeting_with_minutes, text_item, versions_of
from workflow.meetings.minutes.showing import answered, under
from workflow.meetings.models import Meeting, Protokoll
from workflow.meetings.rights import keeping, mark_of, may_read_secret
from workflow.meetings.vocabulary import JusteringState
from workflow.papers.html import as_html
from workflow.requests import person_of, viewer_of
from workflow.views.conflicts import number_posted

PROBLEM = 422


def _newest(request: HttpRequest, meeting_id: int) -> tuple[Meeting, Protokoll]:
    """Return a meeting whose minutes the person may read, and their newest version.

    Raises:
        Http404: there is none.

    """
    meeting = meeting_with_minutes(viewer_of(request), meeting_id)
    versions = versions_of(meeting)
    if not versions:
        raise Http404
    return meeting, versions[0]


@login_required
@posted_from("protokoll", "meeting_id")
def send_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Send the minutes to those who adjust them."""
    meeting = meeting_with_minutes(viewer_of(request), meeting_id)

    def act() -> HttpResponse:
        edition = number_posted(request, "edition")
        sent = send_for_justering(meeting.pk, actor=person_of(request), expected_edition=edition)
        messages.success(request, f"Version {sent.number} är skickad för justering.")
        return redirect("protokoll", meeting.pk)

    return answered(request, meeting, act)


@login_required
@posted_from("protokoll", "meeting_id")
def remind_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Remind those who have not answered."""
    meeting = meeting_with_minutes(viewer_of(request), meeting_id)

    def act() -> HttpResponse:
        count = remind(meeting.pk, actor=person_of(request))
        messages.success(request, f"{count} justerare har fått en påminnelse, på Mitt arbete och som notis.")
        return redirect("protokoll", meeting.pk)

    return answered(request, meeting, act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Read the minutes through, and approve them or ask for a correction."""
    meeting, protokoll = _newest(request, meeting_id)
    person = person_of(request)
    mine = next((one for one in protokoll.justeringar.all() if one.membership.person_id == person.pk), None)
    if mine is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"version": protokoll.number})
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                return answered(request, meeting, lambda: _answer(request, meeting, protokoll, form))
            except Invalid as refusal:
                add_refusal(form, refusal)
    paper, _ = paper_of(protokoll, reads_secret=may_read_secret(viewer_of(request), meeting))
    context = under(meeting) | {
        "form": form,
        "protokoll": protokoll,
        "mine": mine,
        "waits": mine.state == JusteringState.VANTAR,
        "paper": paper,
        "facts": as_html((paper.facts,)),
        "body": as_html(paper.blocks),
    }
    return render(request, "moten/minutes/justera.html", context, status=status)


def _answer(request: HttpRequest, meeting: Meeting, protokoll: Protokoll, form: AnswerForm) -> HttpResponse:
    """Carry the answer out; it is about the version that was shown.

    Raises:
        NotFromHere: there is a newer one.

    """
    if form.cleaned_data["version"] != protokoll.number:
        raise NotFromHere("Det finns en nyare version av protokollet än den du läste. Läs den innan du svarar.")
    actor = person_of(request)
    if form.cleaned_data["answer"] == APPROVES:
        done = approve(protokoll.pk, actor=actor)
        said = "Alla har godkänt protokollet. Det är justerat." if done.locked_at else "Du har godkänt protokollet."
        messages.success(request, said)
    else:
        ask_for_correction(protokoll.pk, form.cleaned_data["text"], actor=actor)
        messages.success(request, "Du har begärt rättelse. Sekreteraren upprättar en ny version.")
    return redirect("protokoll", meeting.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace_page(request: HttpRequest, meeting_id: int, justering_id: int) -> HttpResponse:
    """Name another adjuster in the place of somebody who has left the body."""
    meeting, protokoll = _newest(request, meeting_id)
    waiting = next((one for one in protokoll.justeringar.all() if one.pk == justering_id), None)
    if waiting is None or keeping(viewer_of(request), meeting.body) is None:
        raise Http404
    people = [(row.pk, row.person.name) for row in may_replace(meeting)]
    form = ReplacementForm(request.POST if request.method == "POST" else None, people=people)
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            chosen, reason = form.cleaned_data["membership"], form.cleaned_data["reason"]

            def act() -> HttpResponse:
                named = name_another(waiting.pk, chosen, reason, actor=person_of(request))
                messages.success(request, f"{named.name} justerar protokollet.")
                return redirect("protokoll", meeting.pk)

            try:
                return answered(request, meeting, act)
            except Invalid as refusal:
                add_refusal(form, refusal)
    context = under(meeting) | {"form": form, "waiting": waiting, "people": people}
    return render(request, "moten/minutes/justerare.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rectify_page(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Correct adjusted minutes."""
    meeting, protokoll = _newest(request, meeting_id)
    if keeping(viewer_of(request), meeting.body) is None or protokoll.locked_at is None:
        raise Http404
    paragraphs = [(row.pk, f"{row.label} {row.item.title}") for row in paragraphs_of(meeting)]
    form = RectificationForm(request.POST if request.method == "POST" else None, paragraphs=paragraphs)
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            sent = form.cleaned_data
            try:
                made = rectify(protokoll.pk, sent["paragraf"], sent["text"], sent["reason"], actor=person_of(request))
            except Invalid as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, f"Rättelse {made.number} är införd.")
                return redirect("protokoll", meeting.pk)
    return render(request, "moten/minutes/ratta.html", under(meeting) | {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark_page(request: HttpRequest, meeting_id: int, item_id: int) -> HttpResponse:
    """Set a matter's secrecy mark after it was dealt with, or lift it."""
    who = viewer_of(request)
    meeting = meeting_with_minutes(who, meeting_id)
    if keeping(who, meeting.body) is None:
        raise Http404
    item = text_item(meeting, item_id)
    first = {"section": mark_of(item), "edition": meeting.edition}
    form = MarkForm(request.POST if request.method == "POST" else None, initial=first)
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            sent = form.cleaned_data

            def act() -> HttpResponse:
                set_mark(
                    meeting.pk,
                    item.pk,
                    sent["section"],
                    sent["reason"],
                    actor=person_of(request),
                    expected_edition=sent["edition"],
                )
                done = "är satt" if sent["section"] else "är hävd"
                messages.success(request, f"Markeringen på {item.paragraf.label} {done}.")
                return redirect("protokoll", meeting.pk)

            try:
                return answered(request, meeting, act)
            except Invalid as refusal:
                add_refusal(form, refusal)
    context = under(meeting) | {"form": form, "item": item, "mark": mark_of(item)}
    return render(request, "moten/minutes/sekretess.html", context, status=status)
