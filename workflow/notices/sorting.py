"""From notices to letters: what each person chose decides which go at once, which wait for a digest, and which never.

Everything is in the database: a worker that dies half-way leaves it as it was, and the next goes on.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from workflow.notices.choosing import USUAL, mail_for
from workflow.notices.concerned import DECISIONS
from workflow.notices.models import Delivery, Notice, Preference, Slappt, Utskick
from workflow.notices.vocabulary import Brevlage, Brevslag, Postlage, Takt

AT_ONCE = 500
"""Notices sorted in one transaction."""
TOGETHER = 3
"""More new notices than this for one person go in one letter."""
DIGESTS_AT = time(7)
"""When digests are written, by the clock in Sweden."""
DIGESTS = {Brevslag.DAG: Postlage.DAG, Brevslag.VECKA: Postlage.VECKA}


def sort_new() -> int:
    """Sort the notices that are new, and those of decisions that have been released; return how many letters came."""
    _requeue_released()
    letters = 0
    while True:
        with transaction.atomic():
            rows = list(
                Notice.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("entry")
                .filter(mail=Postlage.NY)
                .order_by("person_id", "entry_id")[:AT_ONCE]
            )
            letters += _sort(rows)
        if len(rows) < AT_ONCE:
            return letters


def _requeue_released() -> None:
    """Let notices go whose decision was released, or whose county no longer holds them."""
    free = Q(Exists(Slappt.objects.filter(entry=OuterRef("entry")))) | Q(entry__county__utskick__holds_decisions=False)
    keys = Notice.objects.filter(free, mail=Postlage.BESLUT).values("pk")
    Notice.objects.filter(pk__in=keys).update(mail=Postlage.NY)


def _sort(rows: list[Notice]) -> int:
    if not rows:
        return 0
    held = _held(rows)
    taken = {
        (person, kind): Takt(takt)
        for person, kind, takt in Preference.objects.filter(person__in={row.person_id for row in rows}).values_list(
            "person", "kind", "takt"
        )
    }
    at_once: dict[tuple[int, int], list[Notice]] = defaultdict(list)
    for row in rows:
        if row.entry_id in held:
            row.mail = Postlage.BESLUT
            continue
        takt = taken.get((row.person_id, row.kind), USUAL)
        row.mail = mail_for(takt, must_act=bool(row.expected))
        if row.mail == Postlage.BREV:
            at_once[row.person_id, row.entry.county_id].append(row)
    pairs = [pair for (person, county), found in at_once.items() for pair in _letters(person, county, found)]
    Delivery.objects.bulk_create(letter for letter, _ in pairs)
    for letter, about in pairs:
        for row in about:
            row.delivery = letter
    Notice.objects.bulk_update(rows, ["mail", "delivery"])
    return len(pairs)


def _held(rows: Iterable[Notice]) -> set[int]:
    """Return the entries of decisions whose letters wait to be released."""
    decisions = {row.entry_id: row.entry.county_id for row in rows if row.entry.act in DECISIONS}
    if not decisions:
        return set()
    free = set(Slappt.objects.filter(entry__in=decisions).values_list("entry", flat=True))
    open_counties = Utskick.objects.filter(county__in=decisions.values(), holds_decisions=False)
    free_counties = set(open_counties.values_list("county", flat=True))
    return {entry for entry, county in decisions.items() if entry not in free and county not in free_counties}


def _letters(person: int, county: int, rows: list[Notice]) -> list[tuple[Delivery, list[Notice]]]:
    if len(rows) > TOGETHER:
        return [(_letter(person, county, Brevslag.STRAX), rows)]
    return [(_letter(person, county, Brevslag.STRAX), [row]) for row in rows]


def _letter(person: int, county: int, kind: Brevslag) -> Delivery:
    now = timezone.now()
    return Delivery(
        person_id=person,
        county_id=county,
        kind=kind,
        message_id=new_message_id(),
        state=Brevlage.VANTAR,
        next_try_at=now,
        created_at=now,
    )


def new_message_id() -> str:
    """Return the id by which mail servers know a letter, whatever number of times it comes."""
    return make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost")


def write_digests(now: datetime | None = None) -> int:
    """Write the digests that are due: one for each person, county and day or week; return how many.

    Missed when the hour struck, they are written as soon as somebody works again.
    """
    written = 0
    for kind, waiting in DIGESTS.items():
        since = _since(kind, timezone.localtime(now))
        written_already = Delivery.objects.filter(
            person=OuterRef("person"), county=OuterRef("entry__county"), kind=kind, created_at__gte=since
        )
        rows = Notice.objects.filter(~Exists(written_already), mail=waiting, entry__at__lt=since)
        pairs = rows.order_by("person_id", "entry__county_id").values_list("person_id", "entry__county_id").distinct()
        for person, county in list(pairs):
            written += _write_digest(person, county, kind, waiting)
    return written


def _since(kind: Brevslag, here: datetime) -> datetime:
    """Return when the newest digest of a kind was due."""
    due = datetime.combine(here.date(), DIGESTS_AT, here.tzinfo)
    if kind == Brevslag.VECKA:
        due -= timedelta(days=here.weekday())
        step = timedelta(days=7)
    else:
        step = timedelta(days=1)
    return due if here >= due else due - step


def _write_digest(person: int, county: int, kind: Brevslag, waiting: Postlage) -> int:
    with transaction.atomic():
        rows = Notice.objects.select_for_update(skip_locked=True, of=("self",))
        keys = list(rows.filter(person=person, entry__county=county, mail=waiting).values_list("pk", flat=True))
        if not keys:
            return 0
        letter = _letter(person, county, kind)
        letter.save()
        Notice.objects.filter(pk__in=keys).update(mail=Postlage.BREV, delivery=letter)
    return 1
