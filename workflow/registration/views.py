"""The pages of registration: one case by hand, a sheet of them, and writing in what a case held."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.errors import Refused
from governance.sheets.kept import from_kept, to_kept
from governance.sheets.templates import as_csv, as_workbook
from governance.views.sheets import shown_of, template_response
from satsningar import content
from workflow import facts
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.registration.actions import WHO, complete_registration, may_register, register, register_all
from workflow.registration.checking import check_entry
from workflow.registration.columns import COLUMNS
from workflow.registration.forms import RegistrationForm, SheetForm
from workflow.registration.grounds import Grounds
from workflow.registration.selectors import choices_in, counties_led_by, registration_of, rows_of
from workflow.registration.sheet import MOST_ROWS, Plan, entries_of, plan_sheet, read_satsningar
from workflow.requests import person_of, viewer_of
from workflow.rights import station_of
from workflow.selectors.cases import readable_case
from workflow.selectors.tasks import tasks_of
from workflow.views.conflicts import number_posted

KEPT_FOR = 60 * 60
"""Seconds from the check of a sheet to its registration."""
ALL_THERE = "Alla satsningar i bladet är redan registrerade."
RULES = (
    "En rad är en satsning. Det som är beslutat behöver också dag och källa till beslutet.",
    "Resten går att skriva in efteråt.",
    f"Högst {MOST_ROWS} satsningar i en fil. Det som redan är registrerat hoppas över.",
    "Ingenting skrivs när du skickar in filen. Du ser först vad som registreras och allt som behöver rättas.",
)


def _counties(request: HttpRequest) -> list[tuple[int, str]]:
    found = counties_led_by(viewer_of(request))
    if not found:
        raise NoMandate(WHO)
    return found


@login_required
def register_one(request: HttpRequest) -> HttpResponse:
    """Show the form; show what will be registered; register it."""
    choices = choices_in(pk for pk, _ in _counties(request))
    form = RegistrationForm(request.POST if request.method == "POST" else None, **choices)
    if request.method == "POST" and form.is_valid() and "andra" not in request.POST:
        entry = form.entry()
        try:
            if "bekraftad" in request.POST:
                satsning_id, _ = register(entry, actor=person_of(request))
                messages.success(request, "Satsningen är registrerad. Skriv nu in det innehåll som fanns.")
                return redirect("satsning", satsning_id)
            checked = check_entry(entry, Grounds(entry.ansvarig_grupp.county_id), actor=person_of(request))
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            return render(request, "registrering/kontroll.html", {"form": form, "rows": rows_of(checked)})
    status = 422 if form.errors else 200
    return render(request, "registrering/ny.html", {"form": form}, status=status)


@login_required
def register_sheet(request: HttpRequest) -> HttpResponse:
    """Show how a sheet is made; show what one comes to; register its cases."""
    counties = _counties(request)
    if request.method == "POST" and "kontrollerat" in request.POST:
        return _register_checked(request, counties)
    files = request.FILES if request.method == "POST" else None
    form = SheetForm(request.POST if request.method == "POST" else None, files, counties=counties)
    plan, token = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            sheet = read_satsningar(form.cleaned_data["blad"].read())
        except Refused as refusal:
            form.add_error("blad", refusal.message)
        else:
            plan = plan_sheet(sheet, form.county_id, actor=person_of(request))
            if plan.may_be_made:
                token = _signer(request).sign_object([form.county_id, to_kept(sheet)], compress=True)
    return _sheet_page(request, form, plan, token)


def _sheet_page(request: HttpRequest, form: SheetForm, plan: Plan | None, token: str = "") -> HttpResponse:
    failed = bool(form.errors) or bool(plan and plan.problems)
    context = {
        "form": form,
        "plan": plan,
        **shown_of(plan.problems if plan else (), plan.notices if plan else ()),
        "token": token,
        "columns": COLUMNS,
        "most_rows": MOST_ROWS,
        "has_errors": failed,
    }
    return render(request, "registrering/blad.html", context, status=422 if failed else 200)


def _signer(request: HttpRequest) -> TimestampSigner:
    return TimestampSigner(salt=f"registrering-{person_of(request).pk}")


def _register_checked(request: HttpRequest, counties: list[tuple[int, str]]) -> HttpResponse:
    """Register the sheet that was checked, checked anew; what cannot be read again is to be sent anew."""
    form = SheetForm(counties=counties)
    try:
        county_id, kept = _signer(request).unsign_object(request.POST["kontrollerat"], max_age=KEPT_FOR)
    except BadSignature:
        messages.error(request, "Kontrollen är för gammal. Skicka in filen en gång till.")
        return redirect("registrera_blad")
    plan = plan_sheet(from_kept(kept, COLUMNS), county_id, actor=person_of(request))
    if not plan.may_be_made:
        if not plan.problems:
            messages.info(request, ALL_THERE)
            return redirect("registrera_blad")
        return _sheet_page(request, form, plan)
    try:
        done = register_all(list(entries_of(plan)), actor=person_of(request))
    except Invalid as refusal:
        messages.error(request, f"Ingenting är registrerat. {refusal}")
        return redirect("registrera_blad")
    there = len(plan.new) - len(done) + len(plan.skipped)
    if not done:
        messages.info(request, ALL_THERE)
        return redirect("registrera_blad")
    made = "1 satsning är registrerad" if len(done) == 1 else f"{len(done)} satsningar är registrerade"
    also = f" {there} fanns redan." if there else ""
    messages.success(request, f"{made}.{also} Skriv nu in det innehåll som fanns i var och en.")
    return redirect("satsningar")


@login_required
@require_safe
def template(request: HttpRequest, ending: str) -> HttpResponse:
    """Return the empty sheet to fill in."""
    _counties(request)
    made = {
        "xlsx": lambda: as_workbook("Satsningar", COLUMNS, rules=RULES, most_rows=MOST_ROWS),
        "csv": lambda: as_csv(COLUMNS),
    }
    return template_response("mall-registrera-satsningar", ending, made)


@login_required
def writing_in(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show what has been written in of a case registered afterwards; declare it complete."""
    who = viewer_of(request)
    satsning = readable_case(who, satsning_id)
    read, known = content.read(satsning.pk), facts.read(satsning.pk)
    if not known.registered:
        raise Http404
    if request.method == "POST":
        seen = number_posted(request, "edition")
        complete_registration(satsning.pk, actor=person_of(request), expected_edition=seen)
        messages.success(request, "Inskrivningen är klar. Från och med nu gäller de vanliga reglerna.")
        return redirect("satsning", satsning.pk)
    context = {
        "satsning": satsning,
        "title": read.title,
        "crumbs": [(reverse("satsning", args=[satsning.pk]), read.title)],
        "station": station_of(satsning),
        "rows": registration_of(satsning),
        "tasks": tasks_of(who, satsning, read, known),
        "writing_in": known.writing_in,
        "may_complete": known.writing_in and may_register(who, satsning.county_id) is not None,
    }
    return render(request, "registrering/inskrivning.html", context)
