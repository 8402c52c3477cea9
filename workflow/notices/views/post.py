"""The pages of a county's letters, for regionalt stöd; of what waits for release, for secretaries too."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.letters import sends_mail
from governance.models import County
from governance.posting import posted_from
from workflow.models.journal import JournalEntry
from workflow.notices.county import MANY, release, send_again, send_all_again, settle
from workflow.notices.forms import UtskickForm
from workflow.notices.letters import content_of, letter_of
from workflow.notices.models import Delivery, Utskick
from workflow.notices.post import counts_of, county_kept, held_for, kept_counties, letter_kept, letters_of
from workflow.notices.sending import why_held
from workflow.notices.vocabulary import Brevlage
from workflow.requests import person_of, viewer_of

COLOURS = {
    Brevlage.VANTAR: "info",
    Brevlage.FORSOK: "warning",
    Brevlage.HALLET: "neutral",
    Brevlage.SANT: "success",
    Brevlage.UPPGIVET: "danger",
}
LONGEST_KEY = 18


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


def _county(request: HttpRequest) -> County:
    """Return the county that is asked for.

    Raises:
        PermissionDenied: the person keeps no such county's letters.

    """
    asked = request.GET.get("lan") or request.POST.get("lan")
    number = _number(asked)
    county = county_kept(viewer_of(request), number)
    if county is None or (asked and number is None):
        raise PermissionDenied
    return county


@login_required
@require_safe
def post(request: HttpRequest) -> HttpResponse:
    """Show a county's letters in one state, with how they go out."""
    return _page(request, _county(request))


def _page(request: HttpRequest, county: County, form: UtskickForm | None = None, status: int = 200) -> HttpResponse:
    asked = request.GET.get("lage", "")
    counts = counts_of(county.pk)
    state = Brevlage(asked) if asked in Brevlage.values else _first(counts)
    settings = Utskick.of(county.pk)
    found = letters_of(county.pk, state, before=_number(request.GET.get("fore")))
    context: dict[str, Any] = {
        "county": county,
        "counties": County.objects.filter(pk__in=kept_counties(viewer_of(request))).order_by("name"),
        "settings": settings,
        "form": form or UtskickForm.of(settings),
        "sends_mail": sends_mail(),
        "states": [(one.value, one.label, counts[one], one == state) for one in Brevlage],
        "state": state,
        "color": COLOURS[state],
        "letters": found.rows,
        "following": found.following,
        "again": counts[state] if state in MANY and sends_mail() and not settings.test_mode else 0,
        "held": held_for(viewer_of(request)),
    }
    return render(request, "notiser/utskick.html", context, status=status)


def _first(counts: dict[Brevlage, int]) -> Brevlage:
    """Return the state that is worth seeing first: what has gone wrong, then what waits."""
    order = (Brevlage.UPPGIVET, Brevlage.FORSOK, Brevlage.VANTAR, Brevlage.HALLET)
    return next((state for state in order if counts[state]), Brevlage.SANT)


@login_required
@posted_from("utskick")
def settings_page(request: HttpRequest) -> HttpResponse:
    """Change how a county's letters go out."""
    county = _county(request)
    form = UtskickForm(request.POST)
    if not form.is_valid():
        return _page(request, county, form, 422)
    edition = form.cleaned_data["edition"]
    changed = settle(county.pk, form.wanted, actor=person_of(request), expected_edition=edition)
    messages.success(request, "Inställningarna är sparade." if changed else "Inget var ändrat.")
    return redirect(f"{reverse('utskick')}?lan={county.pk}")


def _letter(request: HttpRequest, delivery_id: int) -> Delivery:
    row = letter_kept(viewer_of(request), delivery_id)
    if row is None:
        raise Http404
    return row


@login_required
@require_safe
def letter(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Show a letter in full."""
    row = _letter(request, delivery_id)
    made = letter_of(row)
    state = Brevlage(row.state)
    context = {"letter": row, "state": state, "color": COLOURS[state], "made": made, "content": content_of(row)}
    return render(request, "notiser/brevet.html", context)


@login_required
@posted_from("utskicksbrev", "delivery_id")
def again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Let a letter be tried again."""
    row = _letter(request, delivery_id)
    send_again(row.pk, actor=person_of(request))
    messages.success(request, f"Brevet till {row.person.name} skickas igen inom en minut.")
    return redirect("utskicksbrev", row.pk)


@login_required
@posted_from("utskick")
def all_again(request: HttpRequest) -> HttpResponse:
    """Let every letter of a county in a state be tried again."""
    county = _county(request)
    count = send_all_again(county.pk, request.POST.get("lage", ""), actor=person_of(request))
    messages.success(request, f"{count} brev skickas, med början inom en minut.")
    return redirect(f"{reverse('utskick')}?lan={county.pk}")


@login_required
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """Show the decisions whose letters the person may release."""
    return render(request, "notiser/att_slappa.html", {"held": held_for(viewer_of(request))})


@login_required
@posted_from("brev_att_slappa")
def let_go(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Let the letters about a decision go."""
    try:
        entry = release(entry_id, actor=person_of(request))
    except JournalEntry.DoesNotExist:
        raise Http404 from None
    why = why_held(entry.county_id)
    then = f"De hålls kvar. {why}" if why else "De skickas inom en minut, eller som var och en har valt."
    messages.success(request, f"Breven om beslutet är släppta. {then}")
    return redirect("brev_att_slappa")
