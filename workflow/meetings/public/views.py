"""The pages open to everyone: no log-in, no cookie, and the same for all, so that they may be kept and indexed."""

from hashlib import sha256
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from workflow.links import address
from workflow.meetings.minutes.documents import paper_of, pdf_of, rectifications_pdf, rectified
from workflow.meetings.public.forms import PublicFilter
from workflow.meetings.public.selectors import public_decisions, public_minutes, public_protokoll, publishing_bodies
from workflow.papers.html import as_html
from workflow.papers.naming import file_name, sent

PER_PAGE = 50
MINUTES_SHOWN = 24
"""Minutes listed beside the decisions; a body and a year narrow them."""
PDF = "application/pdf"


def _kept(request: HttpRequest, response: HttpResponse, tag: str | None = None) -> HttpResponse:
    """Return the answer with its tag, or that nothing has changed since the asker had it.

    What is kept is asked about anew each time: a secrecy mark that is set hides at once. What frames the page of
    somebody who is logged in is that person's own, and is not kept by others.

    Args:
        request: what was asked.
        response: the answer.
        tag: what the answer depends on; its own bytes where nothing is said.

    """
    etag = quote_etag(tag or sha256(response.content).hexdigest())
    response["ETag"] = etag
    is_own = request.user.is_authenticated
    response["Cache-Control"] = "private, no-store" if is_own else "public, no-cache"
    found = get_conditional_response(request, etag=etag, response=response)
    return response if found is None else _http(found)


def _http(response: Any) -> HttpResponse:
    made: HttpResponse = response
    return made


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions and the minutes that everyone may read."""
    bodies = publishing_bodies()
    known = public_minutes(bodies)
    begun = known.values_list("meeting__starts_at", flat=True)
    years = sorted({timezone.localdate(at).year for at in begun}, reverse=True)
    several = len({body.county_id for body in bodies}) > 1
    names = [(body.pk, f"{body.name}, {body.county.name}" if several else body.name) for body in bodies]
    form = PublicFilter(request.GET, bodies=names, years=years)
    values = form.values
    body, year, words = values.get("organ"), values.get("ar"), values.get("q", "")
    rows = public_decisions(bodies)
    if body:
        rows, known = rows.filter(body=body), known.filter(meeting__body=body)
    if year:
        rows, known = rows.filter(year=year), known.filter(meeting__starts_at__year=year)
    for word in words.split():
        rows = rows.filter(Q(item__title__icontains=word) | Q(decided__icontains=word) | Q(wording__icontains=word))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "filter_form": form,
        "has_errors": bool(form.errors),
        "page": page,
        "words": words,
        "is_narrowed": bool(words or body or year),
        "minutes": [] if words else list(known[:MINUTES_SHOWN]),
        "several": several,
        "publishes": bool(bodies),
        "example_data": any(row.item.meeting.is_example for row in page),
    }
    return _kept(request, render(request, "moten/public/beslut.html", context))


@require_safe
def minutes(request: HttpRequest, protokoll_id: int) -> HttpResponse:
    """Show minutes that everyone may read."""
    protokoll = public_protokoll(protokoll_id)
    paper, hidden = paper_of(protokoll, reads_secret=False)
    context = {
        "paper": paper,
        "protokoll": protokoll,
        "meeting": protokoll.meeting,
        "facts": as_html((paper.facts,)),
        "body": as_html(paper.blocks),
        "rectified": rectified(protokoll.rattelser.all(), hidden),
        "rattelser_url": reverse("offentliga_rattelser", args=[protokoll.pk]),
        "pdf_url": reverse("offentligt_pdf", args=[protokoll.pk]),
        "crumbs": [(address("offentligt"), "Beslut och protokoll")],
        "example_data": protokoll.meeting.is_example,
    }
    return _kept(request, render(request, "moten/public/protokoll.html", context))


@require_safe
def pdf(request: HttpRequest, protokoll_id: int) -> HttpResponse:
    """Give minutes that everyone may read as PDF: the locked one itself, unless something in it carries a mark."""
    protokoll = public_protokoll(protokoll_id)
    paper, _ = paper_of(protokoll, reads_secret=False)
    return _file(request, pdf_of(protokoll, reads_secret=False), file_name(paper, "pdf"))


@require_safe
def rectifications(request: HttpRequest, protokoll_id: int) -> HttpResponse:
    """Give the sheet of corrections as PDF."""
    protokoll = public_protokoll(protokoll_id)
    made = rectifications_pdf(protokoll, protokoll.rattelser.all(), reads_secret=False)
    if made is None:
        raise Http404
    paper, _ = paper_of(protokoll, reads_secret=False)
    return _file(request, made, file_name(paper, "pdf", more=", rättelser"))


def _file(request: HttpRequest, made: bytes, name: str) -> HttpResponse:
    return _kept(request, sent(made, PDF, name))
