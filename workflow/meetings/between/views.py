"""The pages of decisions between meetings: everybody is asked, everybody answers, or the chair decides alone."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from governance.meeting_rules import may_meet, meeting_rule
from governance.models import Body
from governance.posting import posted_from
from governance.vocabulary import Role
from workflow.errors import NoMandate, NotFromHere, Refusal
from workflow.forms.rows import changes_rows
from workflow.meetings.between.actions import decide_on_delegation, propose_per_capsulam, settle_per_capsulam
from workflow.meetings.between.forms import DeclaredForm, ProposalForm
from workflow.meetings.between.showing import Answers, Waiting, answers_of, asked_in, decides_between, waiting_in
from workflow.meetings.models import Meeting
from workflow.meetings.papers.tabled import tabled_of
from workflow.meetings.planning.views.common import frame
from workflow.meetings.rights import keeping
from workflow.meetings.table.ballots import cast
from workflow.meetings.table.choices import AS_RECOMMENDED
from workflow.meetings.table.forms.deciding import DUTIES, RENAMED, DecisionForm
from workflow.meetings.table.keeping import who_keeps
from workflow.meetings.table.matter import facts_of
from workflow.meetings.table.options import Option, is_refusal, options_of
from workflow.meetings.table.saying import recorded_in_words
from workflow.meetings.table.views.common import answered, key_posted, meeting_of, valid, with_errors
from workflow.meetings.table.views.deciding import offered_to
from workflow.meetings.vocabulary import MeetingForm, Outcome, VoteValue
from workflow.requests import person_of, viewer_of

PROPOSED = "forslag"
"""The code of deciding as recommended."""


def _kept_body(request: HttpRequest, body_id: int) -> tuple[Body, bool]:
    """Return a body whose meetings the person keeps and that decides between them, and whether the person chairs it.

    Raises:
        Http404: there is none that the person sits in or follows.
        NoMandate: the person does not keep its meetings.
        NotFromHere: its rule lets nothing be decided between meetings.

    """
    who = viewer_of(request)
    body = Body.objects.select_related("county").filter(pk=body_id).first()
    if body is None or (body.pk not in who.bodies and body.county_id not in who.followed):
        raise Http404
    standing = keeping(who, body)
    if standing is None:
        raise NoMandate(who_keeps(body))
    if not may_meet(body) or not decides_between(body):
        raise NotFromHere(f"{body.name} fattar inga beslut mellan mötena. Ta upp ärendet på ett möte.")
    chairs = any(one.body_id == body.pk and one.role == Role.ORDFORANDE for one in who.standings)
    return body, chairs and meeting_rule(body).delegation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposed(request: HttpRequest, body_id: int) -> HttpResponse:
    """Show what waits for the body; ask its members to decide on one of them, or go on to decide alone."""
    body, chairs = _kept_body(request, body_id)
    waiting = waiting_in(body)
    asks = meeting_rule(body).per_capsulam
    first = {"brought": request.GET.get("vad", "")}
    form = ProposalForm(request.POST if request.method == "POST" else None, waiting=waiting, initial=first)
    context = {
        "body": body,
        "waiting": waiting,
        "asked": asked_in(body),
        "asks": asks,
        "chairs": chairs,
        "form": form,
        "crumbs": [(reverse("organet", args=[body.pk]), body.name)],
    }
    if request.method != "POST":
        return render(request, "moten/between/mellan.html", context)
    made: list[Meeting] = []

    def act() -> str:
        said = valid(form)
        chosen = next(one for one in waiting if one.code == said["brought"])
        made.append(
            propose_per_capsulam(body.pk, chosen.brought, answer_by=said["answer_by"], actor=person_of(request))
        )
        return f"Frågan är ställd. Ledamöterna svarar senast {said['answer_by'].isoformat()}."

    def shown(refusal: Refusal) -> HttpResponse:
        with_errors(form, refusal)
        return render(request, "moten/between/mellan.html", context, status=refusal.status)

    answer = answered(request, act, to=reverse("mellan_moten", args=[body.pk]), shown=shown)
    return redirect("per_capsulam", made[0].pk) if made else answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegated(request: HttpRequest, body_id: int) -> HttpResponse:
    """Let the chair decide a matter alone: first what, then with only the fields that it needs."""
    body, chairs = _kept_body(request, body_id)
    if not chairs:
        raise NoMandate(f"På delegation beslutar ordföranden i {body.name}, om organet har sagt det.")
    chosen = next((one for one in waiting_in(body) if one.code == request.GET.get("vad", "")), None)
    if chosen is None:
        raise Http404
    options = _options(chosen)
    option = next((one for one in options if one.code == request.GET.get("val", PROPOSED)), None)
    if option is None:
        raise Http404
    offered = offered_to(Meeting(body=body), option)
    posted = request.POST if request.method == "POST" else None
    typed = posted if posted is not None and changes_rows(posted, DUTIES) else None
    form = DecisionForm(None if typed else posted, option=option, offered=offered, typed=typed)
    declared = DeclaredForm(None if typed else posted, initial={"utan_jav": bool(typed and typed.get("utan_jav"))})
    context = {
        "declared": declared,
        "body": body,
        "chosen": chosen,
        "option": option,
        "options": [one for one in options if one is not option],
        "form": form,
        "crumbs": [
            (reverse("organet", args=[body.pk]), body.name),
            (reverse("mellan_moten", args=[body.pk]), "Beslut mellan möten"),
        ],
    }
    if posted is None or typed:
        return render(request, "moten/between/delegation.html", context)
    done: list[int] = []

    def act() -> str:
        declared.is_valid()
        valid(form)
        choice = AS_RECOMMENDED if option.code == PROPOSED else form.choice()
        paragraf = decide_on_delegation(
            body.pk,
            chosen.brought,
            choice,
            declares_no_jav=bool(valid(declared)["utan_jav"]),
            actor=person_of(request),
        )
        done.append(paragraf.item.meeting_id)
        return recorded_in_words(paragraf.item, paragraf)

    def shown(refusal: Refusal) -> HttpResponse:
        with_errors(form, refusal, RENAMED)
        return render(request, "moten/between/delegation.html", context, status=refusal.status)

    answer = answered(request, act, to=reverse("mellan_moten", args=[body.pk]), shown=shown)
    return redirect("mote", done[0]) if done else answer


def _options(chosen: Waiting) -> tuple[Option, ...]:
    """Return what the chair may decide alone: as proposed first; nothing is put off where no meeting is held."""
    item = chosen.as_item()
    label = "Besluta enligt rekommendationen: avslag" if is_refusal(item) else "Besluta enligt förslaget"
    others = (one for one in options_of(item) if one.outcome != Outcome.BORDLAGGNING and not one.puts_off)
    return (Option(code=PROPOSED, label=label), *others)


def _answers(request: HttpRequest, meeting_id: int) -> Answers:
    """Return a decision per capsulam that the person may read.

    Raises:
        Http404: there is none.

    """
    meeting = meeting_of(request, meeting_id)
    found = answers_of(viewer_of(request), meeting) if meeting.form == MeetingForm.PER_CAPSULAM else None
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answering(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a decision per capsulam and who has answered; take an answer."""
    found = _answers(request, meeting_id)
    if request.method != "POST":
        return _show(request, found)

    def act() -> str:
        value, key = request.POST.get("value", ""), key_posted(request, "membership")
        cast(meeting_id, found.key, key, value, actor=person_of(request))
        return f"Svaret är lämnat: {VoteValue(value).label.lower()}."

    there = reverse("per_capsulam", args=[meeting_id])
    return answered(
        request, act, to=there, shown=lambda refusal: _show(request, _answers(request, meeting_id), refusal)
    )


@login_required
@posted_from("per_capsulam", "meeting_id")
def settled(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Decide as everybody answered, or hand the matter back."""
    _answers(request, meeting_id)

    def act() -> str:
        paragraf = settle_per_capsulam(meeting_id, actor=person_of(request))
        return recorded_in_words(paragraf.item, paragraf)

    there = reverse("per_capsulam", args=[meeting_id])
    return answered(
        request, act, to=there, shown=lambda refusal: _show(request, _answers(request, meeting_id), refusal)
    )


def _show(request: HttpRequest, found: Answers, refusal: Refusal | None = None) -> HttpResponse:
    who = viewer_of(request)
    tabled = tabled_of([found.item])[found.item.pk]
    context: dict[str, Any] = frame(found.meeting) | {
        "answers": found,
        "item": found.item,
        "tabled": tabled,
        "facts": facts_of(found.item, tabled),
        "keeps": keeping(who, found.meeting.body) is not None,
        "refusal": str(refusal or ""),
        "has_errors": refusal is not None,
    }
    return render(request, "moten/between/svar.html", context, status=refusal.status if refusal else 200)
