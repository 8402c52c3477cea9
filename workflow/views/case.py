"""The page of one case: where it is, what it lacks, what may be done and by whom, and everything that has been."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import today
from governance.vocabulary import DECIDED_KINDS, FINAL_KINDS
from satsningar import content
from satsningar.content import Content
from satsningar.cost import cost_of
from satsningar.models import Satsning
from workflow import facts
from workflow.avsteg.applied import Applied, applied, in_papers
from workflow.avsteg.selectors import avsteg_of, follows
from workflow.avsteg.showing import case_rows, gaps_with_avsteg
from workflow.beginnings.publishing import may_publish, publication_of
from workflow.beginnings.selectors import source_of
from workflow.comments.showing import on_case
from workflow.deadlines.showing import case_deadline
from workflow.decisions import open_anmalan
from workflow.documents import may_add, may_mark
from workflow.facts import Facts
from workflow.gates import gaps
from workflow.links import address
from workflow.meetings.after.showing import case_block
from workflow.meetings.masking import masked_for, requests_shown
from workflow.meetings.planning.selectors import on_agenda
from workflow.models import Anmalan, Round
from workflow.preparation import bodies_of_statements
from workflow.registration.selectors import registration_of
from workflow.requests import viewer_of
from workflow.rights import Viewer, may_open_round, may_prepare, own_organisations, path_of, station_of
from workflow.rounds.selectors import rounds_of
from workflow.selectors.cases import bodies_of_county, readable_case
from workflow.selectors.decisions import brought, decisions_of
from workflow.selectors.documents import closed_statements, documents_of
from workflow.selectors.moves import moves_of
from workflow.selectors.own import organisations_of
from workflow.selectors.revisions import amended_difference, revisions_of
from workflow.selectors.steps import steps_of
from workflow.selectors.tasks import tasks_of
from workflow.selectors.timeline import days_of, entries_of, fold, visited
from workflow.upkeep import may_name_handlaggare, may_withdraw_anmalan
from workflow.versions.moving import moving_standing
from workflow.vocabulary import AnswerState, RoundKind


@login_required
@require_safe
def case(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show the case."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    path, station = path_of(satsning), station_of(satsning)
    read, known = content.read(satsning.pk), facts.read(satsning.pk)
    anmalan = open_anmalan(satsning)
    moves = moves_of(
        who, satsning, anmalan=anmalan, bodies=bodies_of_county(satsning.county_id), read=read, known=known
    )
    masked = masked_for(who, satsning.pk)
    entries = masked.entries(entries_of(satsning.pk))
    all_decided = decisions_of(satsning.pk)
    amended = amended_difference(satsning, all_decided, read)
    decided = masked.decided(all_decided)
    revisions = revisions_of(satsning.pk)
    documents = masked.documents(documents_of(who, satsning))
    papers_avsteg = _papers_avsteg(satsning, anmalan, read, known)
    told = [one["id"] for one in papers_avsteg]
    context = {
        "satsning": satsning,
        "title": read.title,
        "station": station,
        "steps": steps_of(path, satsning.station, visited(entries, path), _since(satsning), cost_of(read.parts)),
        "tasks": tasks_of(who, satsning, read, known),
        "moves": moves,
        "awaited": _awaited_gaps(who, satsning, read, known),
        "brought": brought(satsning, path, anmalan, masked.on_table(anmalan)),
        "on_agenda": on_agenda(who, anmalan),
        "papers_avsteg": papers_avsteg,
        "all_avsteg": case_rows(avsteg_of(satsning.pk), told) if known.avsteg else [],
        "counts_avsteg": follows(who) is not None,
        "decided": decided,
        "case_extracts": case_block(who, satsning.pk) if decided else [],
        "amended": amended,
        "rounds": [_round(one) for one in rounds_of(satsning)],
        "round_links": _round_links(who, satsning),
        "statements": bodies_of_statements(satsning.pk, who.bodies),
        "may_prepare": may_prepare(who, satsning) is not None,
        "documents": documents,
        "closed_statements": closed_statements(documents),
        "may_attach": may_add(who, satsning) is not None,
        "may_mark": may_mark(who, satsning) is not None,
        "revisions": revisions,
        "timeline": fold(days_of(satsning.pk, entries)),
        "requests": requests_shown(who, satsning, satsning.kompletteringar.filter(closed_at=None)),
        **on_case(who, satsning, read.versions),
        "numbers": satsning.registernummer.select_related("organisation").order_by("organisation__position"),
        "own_organisations": own_organisations(who, satsning),
        "facts": known,
        "my_organisations": organisations_of(who, satsning),
        "source": source_of(who, satsning) if known.has_source else None,
        "publication": publication_of(satsning.pk) if station.kind in DECIDED_KINDS | FINAL_KINDS else None,
        "may_publish": station.kind in DECIDED_KINDS | FINAL_KINDS and may_publish(who, satsning) is not None,
        "registration": registration_of(satsning) if known.registered else [],
        "about": _about(satsning),
        "may_name_handlaggare": may_name_handlaggare(who, satsning),
        "may_take_back": may_withdraw_anmalan(who, satsning, anmalan),
        "path": path,
        "deadline": case_deadline(who, satsning, path),
        "may_move_version": not station.is_final and moving_standing(who.standings, satsning.county_id) is not None,
        "is_decided": station.kind in DECIDED_KINDS | FINAL_KINDS,
    }
    return render(request, "satsning/satsning.html", context)


def _since(satsning: Satsning) -> str:
    """Return how long the case has been at its station, as it stands below the step."""
    days = (today() - timezone.localdate(satsning.station_since)).days
    return "sedan i dag" if days <= 0 else "1 dag" if days == 1 else f"{days} dagar"


def _awaited_gaps(who: Viewer, satsning: Satsning, read: Content, known: Facts) -> dict[str, Any]:
    """Return what the gate ahead still lacks, and what it leads to."""
    path = path_of(satsning)
    onward = path.next_move(satsning.station, cost_of(read.parts))
    if onward is None or onward.gate is None:
        return {}
    found = gaps_with_avsteg(who, satsning, (onward.gate,), gaps(onward.gate, read, known), known)
    waived = applied((onward.gate,), read, known)
    return {"gaps": found, "move": onward.name, "code": onward.code, "is_met": not found, "waived": waived}


def _papers_avsteg(satsning: Satsning, anmalan: Anmalan | None, read: Content, known: Facts) -> list[Applied]:
    """Return the avsteg in the papers of the matter before a deciding body; none when nothing is."""
    if anmalan is None:
        return []
    proposed = path_of(satsning).move_from(satsning.station, anmalan.move)
    return in_papers(anmalan.avsteg, (proposed.gate if proposed else None,), read, known)


def _round(one: Round) -> dict[str, Any]:
    answers = list(one.answers.all())
    given = [answer for answer in answers if answer.state in {AnswerState.BESVARAD, AnswerState.AVBOJD}]
    return {
        "round": one,
        "kind": RoundKind(one.kind).label,
        "url": address("runda", one.pk),
        "given": len(given),
        "asked": len(answers),
        "is_open": one.closed_at is None,
        "is_late": one.closed_at is None and one.deadline < today(),
    }


def _round_links(who: Viewer, satsning: Satsning) -> list[dict[str, str]]:
    """Return the rounds that the person may open now."""
    texts = {
        RoundKind.REMISS: "Skicka på remiss",
        RoundKind.SAMRAD: "Samråd med en annan beredningsgrupp",
        RoundKind.RESURSBEKRAFTELSE: "Be om bekräftelse av resurser",
    }
    return [
        {"url": url, "text": text}
        for kind, text in texts.items()
        if may_open_round(who, satsning, kind) is not None and (url := address("runda_oppna", satsning.pk, kind.value))
    ]


def _about(satsning: Satsning) -> Iterable[dict[str, str]]:
    """Return the facts that stand beside the case."""
    rows = [
        ("Ärendenummer", satsning.reference),
        ("Ansvarig grupp", satsning.ansvarig_grupp.name),
        ("Beredningsgrupp", satsning.beredningsgrupp.name if satsning.beredningsgrupp else ""),
        ("Handläggare", satsning.handlaggare.name if satsning.handlaggare else ""),
        ("Beslutande organ", satsning.beslutsorgan.name),
    ]
    return [{"term": term, "value": value} for term, value in rows]
