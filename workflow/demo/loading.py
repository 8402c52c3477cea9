"""Loading the demonstration's satsningar: each whole or not at all, and those that are there are left as they are."""

import json
from collections.abc import Iterator

from django.db import transaction

from governance.models import County
from satsningar.models import Satsning
from workflow.demo import courses_orebro  # noqa: F401 - registers what happens in Örebro län
from workflow.demo.beside import begin
from workflow.demo.courses import COURSES
from workflow.demo.hands import Cast
from workflow.demo.values import script
from workflow.models import JournalPayload
from workflow.vocabulary import Act


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
    for name in missing(county):
        telling = COURSES[name]
        with transaction.atomic():
            case = begin(cast, telling.who, telling.group, name, preparing=telling.preparing)
            telling.course(case)
        yield case.satsning
