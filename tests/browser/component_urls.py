"""The site with one page more, which shows every component; it exists in the tests alone."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from config.urls import urlpatterns as site_urls
from governance.vocabulary import StationKind
from satsningar.formfields import DayField, LineField, MarkdownField
from satsningar.forms.fields import AmountField
from satsningar.help import FieldHelp
from satsningar.markdown import render as render_markdown
from satsningar.models import Ekonomi

NOW = dt.datetime(2026, 11, 3, 14, 5, tzinfo=dt.UTC)
PAGE = Path(__file__).with_name("components.html")
TEXT = """## Varför

Vi ser **tre** skäl:

- fler äldre
- längre väntan

| År | Antal |
| --- | --- |
| 2025 | 1 204 |
"""
SUM = Ekonomi._meta.get_field("grov_kostnad")
STEPS = ("Utkast", "Inlämnad", "Beredning", "Beslut", "Beslutad", "Genomförande", "Uppföljning", "Breddinförande")


class Part(forms.Form):
    """A form with every control."""

    examples = {"behov": "Var femte person över 80 år i länet söker akut minst tre gånger per år."}  # noqa: RUF012

    titel = LineField(label="Titel", help_text="Kort, så att den går att säga på ett möte.")
    behov = MarkdownField(label="Behov", max_length=500, help_text="Vad är problemet, för vem och hur vet ni det?")
    start = DayField(label="Startdatum", required=False)
    kostnad = AmountField(SUM, FieldHelp("Hela kronor."), label="Kostnad i kronor")
    fokus = forms.ChoiceField(label="Fokusområde", choices=[("p", "Personcentrering"), ("h", "Hälsofrämjande")])
    slag = forms.ChoiceField(
        label="Hur deltar brukare?",
        choices=[
            ("planering", "I planeringen"),
            ("genomforande", "I genomförandet"),
            ("uppfoljning", "I uppföljningen"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sprids = forms.BooleanField(label="Satsningen ska spridas till hela länet", required=False)
    bilaga = forms.FileField(label="Bilaga", help_text="PDF, Word eller Excel, högst 20 MB.", required=False)


class Cost(forms.Form):
    """A row."""

    ar = forms.IntegerField(label="År", required=False)
    organisation = LineField(label="Organisation", required=False)
    belopp = AmountField(SUM, FieldHelp(""), label="Belopp")


Costs = forms.formset_factory(Cost, can_delete=True, extra=0)


class Filter(forms.Form):
    """A filter."""

    q = forms.CharField(label="Sök", required=False)
    steg = forms.ChoiceField(label="Steg", choices=[("", "Alla"), *StationKind.choices], required=False)


def _context() -> dict[str, Any]:
    steps = [
        {"name": name, "state": "done" if place < 2 else "current" if place == 2 else "coming", "note": ""}
        for place, name in enumerate(STEPS)
    ]
    steps[2]["note"] = "12 dagar"
    return {
        "user": SimpleNamespace(
            is_authenticated=True, get_full_name="Karin Ekström", email="karin.ekstrom@example.org"
        ),
        "county_name": "Sörmland",
        "example_data": True,
        "show_laget": True,
        "show_personer": True,
        "now": NOW,
        "kinds": StationKind.choices,
        "steps": steps,
        "crumbs": [("/", "Satsningar"), ("/", "LSG 2026-0014")],
        "tasks": [
            {"name": "Uppdrag", "url": "#", "state": "done"},
            {"name": "Ekonomi", "url": "#", "state": "started", "status": "Påbörjad, 2 saker saknas"},
            {"name": "Plan för införande", "url": "#", "state": "empty", "hint": "En rad för varje kommun"},
            {"name": "Slutrapport", "state": "locked", "status": "Skrivs under breddinförandet"},
        ],
        "gaps": [
            {"part": "Ekonomi", "message": "Beräknad kostnad för 2027 saknas.", "url": "#"},
            {"part": "Uppföljning", "message": "Måttet ”Fallskador över 80 år” saknar utgångsvärde.", "url": "#"},
        ],
        "summary": [
            {"term": "Går vidare till", "value": "Länsstyrgruppen", "url": "#", "hidden": "mottagare"},
            {"term": "Förslag till beslut", "value": "Länsstyrgruppen beslutar att införa mobila team i hela länet."},
            {"term": "Datum för mötet", "value": "", "url": "#"},
        ],
        "days": [
            {
                "day": NOW.date(),
                "events": [
                    {
                        "time": NOW,
                        "what": "Återremiss",
                        "who": "Anna Berg",
                        "body": "Länsstyrgruppen",
                        "why": "Kostnaden för kommunerna behöver räknas om.",
                        "url": "#",
                        "color": "warning",
                    },
                    {"time": NOW, "what": "Anmäld till beslut", "who": "Per Lund", "body": "Beredningsgruppen äldre"},
                ],
            },
            {
                "day": dt.date(2026, 10, 12),
                "events": [{"time": NOW, "what": "Inlämnad", "who": "Sara Öst", "body": "Arbetsgruppen mobila team"}],
            },
        ],
        "filter_form": Filter({"q": "mobil", "steg": ""}),
        "chosen": [{"text": "Steg: Beredning", "url": "?"}, {"text": "Fokusområde: Personcentrering", "url": "?"}],
        "page": Paginator(range(230), 20).page(4),
        "figures": [
            {"value": 38, "label": "Satsningar på väg", "url": "#"},
            {"value": "12 400 000 kr".replace(" ", "\xa0"), "label": "Beräknad kostnad 2027"},
            {"value": 4, "label": "Väntar på länsstyrgruppen", "hint": "Äldst: 31 dagar"},
        ],
        "definitions": [
            {"term": "Ansvarig grupp", "value": "Arbetsgruppen mobila team"},
            {"term": "Diarienummer", "value": ""},
        ],
        "differences": [
            {
                "part": "Ekonomi",
                "label": "Kostnad 2027",
                "before": "1 250 000 kr",
                "after": "1 400 000 kr",
                "change": "changed",
            },
            {
                "part": "Resurser",
                "label": "Trosa kommun",
                "before": "",
                "after": "Sjuksköterska, 50 procent",
                "change": "added",
            },
        ],
        "conflict_rows": [{"label": "Behov", "mine": "Var femte person söker akut.", "theirs": "Var fjärde."}],
        "text": TEXT,
        "sum": 1250000,
    }


@csrf_protect
def components(request: HttpRequest) -> HttpResponse:
    """Show everything; a posted form is answered with its errors."""
    form = Part(request.POST or None, initial={"titel": "Mobila team i hela länet", "kostnad": "1250000.00"})
    rows = Costs(
        request.POST if request.method == "POST" else None,
        prefix="kostnader",
        initial=[{"ar": 2026, "organisation": "Region Sörmland", "belopp": "850000.00"}, {"ar": 2027}],
    )
    context = _context() | {"form": form, "rows": rows}
    template = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    return HttpResponse(template.render(context, request), status=422 if request.POST else 200)


SAVED: list[dict[str, str]] = []


@csrf_protect
def save(request: HttpRequest) -> HttpResponse:
    """Answer as a page with autosave does: by what is written in the title."""
    title = request.POST["titel"]
    if title == "för lång":
        return JsonResponse({"errors": {"titel": ["Titeln är för lång."]}}, status=422)
    if title == "utloggad" and not SAVED:
        SAVED.append({"titel": "inloggningen"})
        return HttpResponseRedirect("/konto/login/")
    if title == "krock":
        html = (
            engines["django"]
            .get_template("components/conflict.html")
            .render(
                {
                    "who": "Per Lund",
                    "at": NOW,
                    "version": 9,
                    "rows": [{"label": "Titel", "mine": title, "theirs": "Annat"}],
                }
            )
        )
        return JsonResponse({"html": html}, status=409)
    SAVED.append(request.POST.dict())
    return JsonResponse({"saved": "14.05", "version": int(request.POST["version"]) + 1})


def preview(request: HttpRequest) -> HttpResponse:
    """Show a text as the site's own preview does, to anybody."""
    return HttpResponse(render_markdown(request.POST["markdown_text"]))


urlpatterns = [
    path("forhandsgranska/", preview, name="forhandsgranska"),
    path("komponenter/", components, name="satsningar"),
    path("komponenter/spara/", save),
    path("", components, name="mitt_arbete"),
    path("laget/", components, name="laget"),
    path("organ/", components, name="organ"),
    path("arendegang/", components, name="arendegangar"),
    path("personer/", components, name="personer"),
    *site_urls,
]
