"""Saying why a case stands still, and that it goes on."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from governance.posting import posted_from
from workflow.deadlines.forms import StoppForm
from workflow.deadlines.stopping import WHO, go_on, open_stop, stop, stopping_standing
from workflow.errors import Invalid, NoMandate
from workflow.forms.refusals import add_refusal
from workflow.requests import person_of, viewer_of
from workflow.selectors.cases import readable_case, title_of


@login_required
def stop_page(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Show the causes to choose among; write the chosen one."""
    satsning = readable_case(viewer_of(request), satsning_id)
    if stopping_standing(viewer_of(request), satsning) is None:
        raise NoMandate(WHO)
    before = open_stop(satsning.pk)
    first = {"edition": satsning.edition} | ({"cause": before.cause, "text": before.text} if before else {})
    form = StoppForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            stop(
                satsning.pk,
                said["cause"],
                said["text"],
                actor=person_of(request),
                expected_edition=said["edition"],
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Det står nu varför satsningen står still.")
            return redirect("satsning", satsning.pk)
    title = title_of(satsning.pk)
    context = {
        "satsning": satsning,
        "title": title,
        "crumbs": [(reverse("satsning", args=[satsning.pk]), title)],
        "form": form,
        "before": before,
    }
    return render(request, "satsning/star_still.html", context, status=422 if form.errors else 200)


@login_required
@posted_from("satsning", "satsning_id")
def go_on_page(request: HttpRequest, satsning_id: int) -> HttpResponse:
    """Say that the case goes on."""
    readable_case(viewer_of(request), satsning_id)
    go_on(satsning_id, actor=person_of(request))
    messages.success(request, "Satsningen står inte längre still.")
    return redirect("satsning", satsning_id)
