"""Loading the demonstration's satsningar: each whole or not at all, and those that are there are left as they are."""

import json
from collections.abc import Iterable, Iterator
from datetime import time

from django.db import transaction

from governance.models import County
from satsningar.models import Satsning
from workflow.demo import courses_orebro  # noqa: F401 - registers what happens in Örebro län
from workflow.demo.beside import be_away, begin
from workflow.demo.clock import ago, on
from workflow.demo.courses import COURSES
from workflow.demo.hands import Case, Cast
from workflow.demo.meetings import call_to_today
from workflow.demo.notices import begin_in_test_mode, have_read_what_is_old
from workflow.demo.values import script
from workflow.models import JournalPayload
from workflow.vocabulary import Act

SORMLAND = "sormland"
AWAY = "per"
"""Who is away from today, with a colleague standing in."""
TODAYS = ("samsjuklighet", "riktade-halsosamtal")
"""What länsstyrgruppen is called to decide today."""


def missing(county: County) -> list[str]:
    """Return the names of a county's satsningar that have not been made; a title changed since counts as made."""
    first = (Act.SKAPA, Act.REGISTRERA_I_EFTERHAND)
    began = JournalPayload.objects.filter(entry__county=county, entry__act__in=first, entry__satsning__is_example=True)
    made = {json.loads(content)["title"] for content in began.values_list("content", flat=True)}
    return [name for name in courses_of(county) if script(name)["titel"] not in made]


def courses_of(county: County) -> list[str]:
    """Return the names of the satsningar that the demonstration makes in a county, in the order they are made."""
    return [name for name, telling in COURSES.items() if telling.county == county.code]


def load_missing(county: County) -> Iterator[Satsning]:
    """Make the people and the satsningar that are not there; yield each satsning when it stands where it should.

    Each is made in a transaction of its own, so that what a killed run left is whole, and the next goes on from there.
    """
    cast = Cast(county)
    names = missing(county)
    with on(ago(max((COURSES[name].days_ago for name in names), default=0) + 1), time(8)):
        begin_in_test_mode(county)
    for number, name in enumerate(names):
        telling = COURSES[name]
        with on(ago(telling.days_ago), time(8 + number // 6, number % 6 * 10)), transaction.atomic():
            case = begin(cast, telling.who, telling.group, name, preparing=telling.preparing)
            telling.course(case)
        yield case.satsning
    have_read_what_is_old(county)
    if county.code == SORMLAND:
        with transaction.atomic():
            call_to_today(cast, _before(cast, TODAYS))
            be_away(cast, AWAY, "beredning-personcentrering", days=14)


def _before(cast: Cast, names: Iterable[str]) -> Iterator[Case]:
    """Yield those of the satsningar that lie before the deciding body."""
    for name in names:
        rows = Satsning.objects.filter(county=cast.county, is_example=True, uppdrag__titel=script(name)["titel"])
        for key in rows.filter(anmalningar__closed_at=None, anmalningar__isnull=False).values_list("pk", flat=True):
            yield Case(cast, key, name)
