"""The letter of a delivery, in text and HTML: what happened, what is expected still, by when, and one link."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Case, When
from django.template.loader import render_to_string
from django.urls import reverse

from workflow.desk.turns import paths_of
from workflow.meetings.calendar.events import one_line
from workflow.notices.models import Delivery
from workflow.notices.selectors import described, visible
from workflow.notices.settled import settled
from workflow.notices.vocabulary import Brevslag
from workflow.notices.wording import Said, say
from workflow.rights import viewer
from workflow.templatetags.satsningar_tags import number

GROUPS, LINES = 25, 5
"""How many cases a digest names, and how many events of each; the rest is counted, and is on the page."""
READ = 400
"""How many events of a digest are read to choose from."""


@dataclass(frozen=True, slots=True)
class Group:
    """What happened to one thing."""

    about: str
    lines: Sequence[Said]


def letter_of(row: Delivery) -> EmailMultiAlternatives | None:
    """Return the letter; None when nothing is left that its person may read.

    Args:
        row: with its person.

    """
    content = content_of(row)
    if content is None:
        return None
    letter = EmailMultiAlternatives(
        subject=content["subject"],
        body=render_to_string("notiser/brev/brev.txt", content),
        to=[row.person.email],
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},
    )
    letter.attach_alternative(render_to_string("notiser/brev/brev.html", content), "text/html")
    return letter


def content_of(row: Delivery) -> dict[str, Any] | None:
    """Return what a letter says, as its templates take it; None when nothing is left to say."""
    who = viewer(row.person)
    about = visible(who).filter(delivery=row)
    total = about.count()
    if not total:
        return None
    must_first = Case(When(expected="", then=1), default=0)
    rows = list(described(about).order_by(must_first, "-entry_id")[:READ])
    said = say(rows, who, in_letter=True, settled=settled(rows, who, paths_of(who)))
    content = {"person": row.person, "site_facts": settings.SITE_FACTS, "total": total}
    if total == 1:
        [one] = said
        return content | {"one": one, "subject": one.subject, "address": one.address}
    groups, shown = _grouped(sorted(said, key=lambda one: not one.waits))
    return content | {
        "groups": groups,
        "more": total - shown,
        "subject": one_line(_digest_subject(row, total)),
        "address": f"{settings.SITE_URL}{reverse('notiser')}",
    }


def _grouped(said: Sequence[Said]) -> tuple[list[Group], int]:
    found: dict[str, list[Said]] = {}
    for one in said:
        found.setdefault(one.group, []).append(one)
    groups = [Group(lines[0].about, lines[:LINES]) for lines in list(found.values())[:GROUPS]]
    return groups, sum(len(group.lines) for group in groups)


def _digest_subject(row: Delivery, total: int) -> str:
    when = {Brevslag.DAG: "i dagens brev", Brevslag.VECKA: "i veckans brev"}.get(Brevslag(row.kind), "nu")
    return f"Satsningar: {number(total)} händelser {when}"
