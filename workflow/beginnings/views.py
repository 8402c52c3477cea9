"""The pages of beginning from something: earlier satsningar, the county's templates, the mark of what was copied."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from governance.models import Arendegang
from governance.posting import posted_from
from satsningar.errors import Conflict
from satsningar.partspec import PARTS
from satsningar.vocabulary import PartCode
from workflow.beginnings.copying import mark_reviewed
from workflow.beginnings.forms import TemplateForm, WordsForm, parts_posted
from workflow.beginnings.mallar import WHO, end_template, save_template
from workflow.beginnings.selectors import earlier_cases
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.models import Mall
from workflow.registration.selectors import counties_led_by
from workflow.requests import person_of, viewer_of
from workflow.rights import station_of
from workflow.selectors.cases import groups_to_create_for, readable_case
from workflow.views.conflicts import number_posted

NO_GROUP = "En satsning skapas av en ledamot i en arbetsgrupp, av regionalt stöd eller av länsstyrgruppen."


@login_required
@require_safe
def earlier(request: HttpRequest) -> HttpResponse:
    """Show the satsningar that the person may begin a new one from."""
    who = viewer_of(request)
    groups = groups_to_create_for(who)
    if not groups:
        raise NoMandate(NO_GROUP)
    form = WordsForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found, more = earlier_cases(who, {group.county_id for group in groups}, words)
    rows = [{"case": case, "station": station_of(case)} for case in found]
    return render(request, "borja/tidigare.html", {"words_form": form, "rows": rows, "more": more, "words": words})


@login_required
@posted_from("del", "satsning_id", "part")
def reviewed(request: HttpRequest, satsning_id: int, part: str) -> HttpResponse:
    """Take the mark off a copied part."""
    if part not in PARTS:
        raise Http404
    readable_case(viewer_of(request), satsning_id)
    mark_reviewed(satsning_id, part, actor=person_of(request))
    messages.success(request, f"Genomgången: {PartCode(part).label.lower()}.")
    return redirect("satsning", satsning_id)


def _counties(request: HttpRequest) -> list[tuple[int, str]]:
    found = counties_led_by(viewer_of(request))
    if not found:
        raise NoMandate(WHO)
    return found


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """List the templates of the counties whose templates the person keeps."""
    counties = _counties(request)
    kept = Mall.objects.filter(county__in=[pk for pk, _ in counties], ended_at=None)
    rows = kept.select_related("county", "arendegang", "saved_by").order_by("county__name", "name", "pk")
    return render(request, "borja/mallar.html", {"rows": rows, "several_counties": len(counties) > 1})


@login_required
def new_template(request: HttpRequest) -> HttpResponse:
    """Show an empty template; keep what is posted."""
    return _template_page(request, _counties(request), None)


@login_required
def template(request: HttpRequest, mall_id: int) -> HttpResponse:
    """Show a template; keep what is posted as its next version."""
    counties = _counties(request)
    mall = Mall.objects.filter(pk=mall_id, county__in=[pk for pk, _ in counties], ended_at=None).first()
    if mall is None:
        raise Http404
    return _template_page(request, counties, mall)


def _template_page(request: HttpRequest, counties: list[tuple[int, str]], mall: Mall | None) -> HttpResponse:
    offered = [mall.county_id] if mall else [pk for pk, _ in counties]
    paths = list(Arendegang.objects.filter(county__in=offered, ended_on=None).values_list("pk", "name"))
    form = TemplateForm(
        request.POST if request.method == "POST" else None,
        paths=paths,
        counties=[] if mall else counties,
        initial=_initial(mall) if mall else None,
    )
    version = number_posted(request, "version") if request.method == "POST" else mall.version if mall else 0
    conflict: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form, mall, counties, version)
        except Invalid as refusal:
            add_refusal(form, refusal)
        except Conflict as found:
            conflict = {"conflict": str(found)}
            version = found.version
        else:
            messages.success(request, "Mallen är sparad. Den erbjuds när någon skapar en ny satsning.")
            return redirect("mallar")
    context = {"form": form, "mall": mall, "version": version, "has_errors": bool(form.errors or conflict)} | conflict
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "borja/mall.html", context, status=status)


def _initial(mall: Mall) -> dict[str, Any]:
    texts = {f"{code}-{name}": text for code, fields in mall.parts.items() for name, text in fields.items()}
    return {"name": mall.name, "description": mall.description, "arendegang": mall.arendegang_id} | texts


def _keep(
    request: HttpRequest, form: TemplateForm, mall: Mall | None, counties: list[tuple[int, str]], version: int
) -> None:
    said = form.cleaned_data
    save_template(
        mall.county_id if mall else said.get("county") or counties[0][0],
        actor=person_of(request),
        name=said["name"],
        description=said["description"],
        parts=parts_posted(request.POST),
        arendegang_id=said.get("arendegang"),
        mall_id=mall.pk if mall else None,
        expected_version=version,
    )


@login_required
@posted_from("mall", "mall_id")
def end(request: HttpRequest, mall_id: int) -> HttpResponse:
    """Let a template be offered no more."""
    _counties(request)
    try:
        mall = end_template(mall_id, actor=person_of(request))
    except Mall.DoesNotExist:
        raise Http404 from None
    messages.success(request, f"Mallen {mall.name} erbjuds inte längre.")
    return redirect("mallar")
