"""Inviting many at once, and the page where somebody invited chooses a first password."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.directory import Insight, people_for, roles_now
from governance.invitations import (
    DAYS,
    MOST_AT_ONCE,
    Made,
    NotUsable,
    choose_password,
    find,
    in_need,
    invite_many,
    newest,
)
from governance.letters import send_invitations, sends_mail
from governance.models import PeopleImport, Person
from governance.sorting import swedish
from governance.views.common import demand_administrator, page, person_of
from governance.views.people import invitation_of

if TYPE_CHECKING:
    _SetPassword = SetPasswordForm[Person]
else:
    _SetPassword = SetPasswordForm

SHOWN = MOST_AT_ONCE


@require_http_methods(["GET", "HEAD", "POST"])
@page
@never_cache
def several(request: HttpRequest) -> HttpResponse:
    """Show those who have no password yet, and invite the chosen ones by e-mail or by links to hand over."""
    seen = demand_administrator(request)
    upload, people = _asked(request, seen)
    if request.method == "POST":
        return _invite(request, people)
    waiting = in_need(people).order_by(swedish("name"), "pk")
    count, shown = waiting.count(), list(waiting[:SHOWN])
    ids, now = [one.pk for one in shown], timezone.now()
    roles, invitations = roles_now(ids, seen.administered), newest(ids)
    rows = []
    for one in shown:
        invitation = invitation_of(one, invitations.get(one.pk), now)
        chosen = upload is not None or invitation["row"] is None
        rows.append({"person": one, "roles": roles.get(one.pk, []), "invitation": invitation, "chosen": chosen})
    context = {
        "rows": rows,
        "count": count,
        "more": max(0, count - SHOWN),
        "upload": upload,
        "sends_mail": sends_mail(),
        "days": DAYS,
        "crumbs": [(reverse("personer"), "Personer")],
    }
    return render(request, "personer/inbjudan/flera.html", context)


def _asked(request: HttpRequest, seen: Insight) -> tuple[PeopleImport | None, QuerySet[Person]]:
    """Return the people that the page is about: those that a file added, or everybody the person administers.

    Raises:
        Http404: the address names no file that was read in where the person administers people.

    """
    people = people_for(seen)
    asked = request.GET.get("inlasning")
    if asked is None:
        return None, people
    uploads = PeopleImport.objects.filter(county__in=seen.administered)
    upload = uploads.filter(pk=int(asked)).first() if _is_key(asked) else None
    if upload is None:
        raise Http404
    return upload, people.filter(pk__in=upload.new_people)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(2**63))


def _invite(request: HttpRequest, people: QuerySet[Person]) -> HttpResponse:
    chosen = [int(key) for key in request.POST.getlist("person") if _is_key(key)]
    made = invite_many(actor=person_of(request), people=people.filter(pk__in=chosen))
    if not made:
        messages.error(request, "Ingen bjöds in. Välj personer som inte har något lösenord än.")
        return HttpResponseRedirect(request.get_full_path())
    failed = made
    if "skicka" in request.POST and sends_mail():
        failed = send_invitations(made, sender=person_of(request), absolute=request.build_absolute_uri)
        sent = len(made) - len(failed)
        if sent:
            messages.success(request, f"{sent} {'inbjudan är skickad' if sent == 1 else 'inbjudningar är skickade'}.")
        if not failed:
            return HttpResponseRedirect(f"{reverse('personer')}?visa=inbjudna")
        messages.error(request, "Breven till dem som står nedan kunde inte skickas. Lämna länkarna själv.")
    return _links_page(request, failed)


def _links_page(request: HttpRequest, made: list[Made]) -> HttpResponse:
    context = {
        "rows": [{"person": one.person, "link": request.build_absolute_uri(one.path)} for one in made],
        "expires_at": made[0].expires_at,
        "crumbs": [(reverse("personer"), "Personer"), (reverse("bjud_in"), "Bjud in flera")],
    }
    return render(request, "personer/inbjudan/lankar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody invited choose a first password, once; a link that does not work says why and what to do."""
    try:
        invitation = find(token, opened=request.method == "GET")
        if request.user.is_authenticated:
            return render(request, "personer/inbjudan/inloggad.html", {"person": invitation.person}, status=409)
        form = _PasswordForm(invitation.person, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            choose_password(token, form.cleaned_data["new_password1"])
            messages.success(request, "Ditt lösenord är valt. Logga in med din e-postadress och lösenordet.")
            return HttpResponseRedirect(reverse("account_login"))
    except NotUsable as refusal:
        context: dict[str, Any] = {"reason": refusal.message}
        return render(request, "personer/inbjudan/ogiltig.html", context, status=410 if refusal.is_known else 404)
    context = {"form": form, "person": invitation.person, "expires_at": invitation.expires_at}
    return render(request, "personer/inbjudan/valj.html", context, status=422 if form.errors else 200)


class _PasswordForm(_SetPassword):
    """Django's own, by our labels."""

    error_messages = {"password_mismatch": "Lösenorden är inte lika. Skriv samma två gånger."}  # noqa: RUF012 - as Django does

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what the fields are in the site's words."""
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "Lösenord", "Lösenordet en gång till"
        first.help_text = "Minst tolv tecken. En egen fras som du kommer ihåg är bättre än ett kort ord med siffror."
        second.help_text = ""
        first.error_messages["required"] = "Välj ett lösenord."
        second.error_messages["required"] = "Skriv lösenordet en gång till."
