"""The bodies of a county and what each is: the list, and what the page of one shows of the constitution."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from governance.directory import bodies_by_county, insight_of, members_of, rule_in_words, workers_of
from governance.meeting_rules import may_meet, meeting_in_words, meeting_rule
from governance.models import Arendegang, Body, Person
from governance.paths import PathVersion
from governance.selectors import arendegang_for, version_in_force
from governance.views.common import page
from governance.views.counties import county_choice
from governance.vocabulary import BodyKind


@require_safe
@page
def bodies(request: HttpRequest) -> HttpResponse:
    """Show the bodies of each county the person takes part in, superiors above those that work for them."""
    choice = county_choice(request)
    context = {"counties": bodies_by_county(choice.shown), "county_links": choice.links}
    return render(request, "organ/list.html", context)


def body_context(body: Body, person: Person) -> dict[str, Any]:
    """Return what the page of a body shows of the constitution; the page itself adds the body's cases."""
    members = members_of(body)
    seen = insight_of(person)
    return {
        "body": body,
        "rule": rule_in_words(body.rule),
        "meetings": meeting_in_words(meeting_rule(body)) if may_meet(body) else [],
        "workers": workers_of(body),
        "members": members,
        "path": _path_of(body),
        "may_administer": body.county_id in seen.administered,
        "crumbs": [(reverse("organ"), "Organ")],
    }


def _path_of(body: Body) -> PathVersion | None:
    if body.kind == BodyKind.ORGANISATION:
        return None
    try:
        return version_in_force(arendegang_for(body))
    except Arendegang.DoesNotExist:
        return None
