"""The only way that pages load a county file: who may, what was checked, and the load of what was seen."""

import tomllib
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from governance.countyfile import CountyFileError, Difference, Examined, Problem, examine, load, read_county
from governance.countyfile.fields import CODE
from governance.countyfile.places import lines_of
from governance.models import County, CountyDraft, Person
from governance.permissions import holds
from governance.selectors import counties_administered_by
from governance.vocabulary import Mandate

KEPT = 5
"""Checked files that are kept for one person; older ones go."""
KEPT_FOR = timedelta(days=7)


def may_load_something(person: Person) -> bool:
    """Tell whether there is any county whose file the person may load."""
    return may_begin_county(person) or holds(person.pk, Mandate.ADMINISTRERA)


def may_begin_county(person: Person) -> bool:
    """Tell whether the person may load the file of a county that is not here yet.

    That is a technical act of whoever runs the installation: it gives nobody any mandate, since nobody sits in a county
    that has just begun.
    """
    return person.is_active and person.is_staff


def may_load(person: Person, code: str) -> bool:
    """Tell whether the person may load the file of the county with this code, loaded or not."""
    county = County.objects.filter(code=code).first()
    if county is None:
        return may_begin_county(person)
    return holds(person.pk, Mandate.ADMINISTRERA, county_id=county.pk)


def check_file(text: str, *, actor: Person) -> CountyDraft:
    """Check a file that somebody wants to load and keep it, so that the load needs nothing typed again.

    Effects, in order: the file is checked; whose it is; it is compared with what is loaded; it is kept as a draft of
    the actor's own, and the actor's oldest drafts go. What the actor may not load is not compared with anything.

    Raises:
        CountyFileError: with every problem; nothing is kept.

    """
    try:
        code = read_county(text).code
    except CountyFileError as error:
        code = _code_in(text)
        if code and not may_load(actor, code):
            raise CountyFileError([_not_yours(text, code, actor), *error.problems]) from None
        raise
    if not may_load(actor, code):
        raise CountyFileError([_not_yours(text, code, actor)])
    examine(text)
    with transaction.atomic():
        draft = CountyDraft.objects.create(person=actor, code=code, text=text)
        own = CountyDraft.objects.filter(person=actor)
        own.exclude(pk__in=own.order_by("-pk").values("pk")[:KEPT]).delete()
        CountyDraft.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    return draft


def examine_draft(draft: CountyDraft) -> Examined:
    """Return a kept file beside what is loaded now.

    Raises:
        CountyFileError: what is loaded no longer agrees with the file.

    """
    return examine(draft.text)


def load_draft(draft: CountyDraft, *, actor: Person, seen: str) -> Difference:
    """Load a kept file, by somebody who has seen what it changes; return what changed.

    Effects, in order: the actor's right is asked for again; the file is loaded; the actor's drafts for the county go.

    Args:
        draft: the actor's own.
        actor: who loads it.
        seen: the state of the county when the difference was shown.

    Raises:
        CountyFileError: what is loaded no longer agrees with the file, or the actor may not load it any longer.
        ChangedMeanwhile: the county is no longer as it was seen.

    """
    with transaction.atomic():
        if not may_load(actor, draft.code):
            raise CountyFileError([_not_yours(draft.text, draft.code, actor)])
        difference = load(draft.text, loaded_by=actor, seen=seen)
        CountyDraft.objects.filter(person=actor, code=draft.code).delete()
    return difference


def _code_in(text: str) -> str:
    """Return the county's code in a file with problems, or an empty text where none can be read."""
    try:
        county = tomllib.loads(text).get("lan")
    except (ValueError, RecursionError):
        return ""
    code = county.get("kod") if isinstance(county, dict) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else ""


def _not_yours(text: str, code: str, actor: Person) -> Problem:
    """Return the problem of a file for a county that the actor may not load; it does not tell whether it is there."""
    own = [county.code for county in counties_administered_by(actor.pk)]
    problem = Problem(
        "lan.kod",
        f"Filen gäller länet ”{code}”, som du inte kan ladda.",
        f"Skriv koden för ett län där du administrerar: {', '.join(own)}."
        if own
        else "Ett län som redan är inlagt ändras av regionalt stöd där.",
    )
    return replace(problem, line=lines_of(text).get("lan.kod"))
