"""What stands beside the list: what the person waits for from others, what lies on the table, and the next meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from governance import prepared
from governance.paths import PathVersion
from workflow.desk.asking import Values
from workflow.desk.lines import in_days
from workflow.desk.meetings import CLOSED, NEWEST
from workflow.desk.saying import Row, proposal
from workflow.desk.sources import READABLE
from workflow.desk.vocabulary import BesideKind
from workflow.meetings.planning.selectors import COLOURS
from workflow.meetings.reminding import may_remind
from workflow.meetings.vocabulary import MeetingState

_CASE = "CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s WHERE s.id = {0}.satsning_id OFFSET 0) s"
"""The case of a row, looked up for the rows that there are: never by reading all cases."""
_TITLE = "(SELECT u.titel FROM satsningar_uppdrag u WHERE u.satsning_id = s.id)"

_ROUNDS = f"""SELECT 'runda', r.id, r.satsning_id, w.body, {_TITLE}, s.reference, s.is_example, r.opened_at, r.deadline,
    json_build_object('purpose', r.purpose, 'waits', a.waits, 'asked', a.asked)
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_round r WHERE r.opened_by_body_id = w.body AND r.closed_at IS NULL
    ORDER BY r.deadline LIMIT %(most)s) r
CROSS JOIN LATERAL (
    SELECT count(*) AS asked, count(*) FILTER (WHERE a.state = 'vantar') AS waits
    FROM workflow_roundanswer a WHERE a.round_id = r.id) a
{_CASE.format("r")}"""  # noqa: S608 - made of constants

_AVSTEG = f"""SELECT 'avsteg', a.id, a.satsning_id, w.body, {_TITLE}, s.reference, s.is_example, a.asked_at, NULL::date,
    json_build_object('to', b.name)
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT a.* FROM workflow_avsteg a
    CROSS JOIN LATERAL (SELECT * FROM satsningar_satsning s
        WHERE s.id = a.satsning_id AND s.version_id = a.version_id AND {READABLE} OFFSET 0) s
    WHERE a.asked_by_body_id = w.body
        AND NOT EXISTS (SELECT FROM workflow_avstegssvar v WHERE v.avsteg_id = a.id)
    ORDER BY a.asked_at LIMIT %(most)s) a
{_CASE.format("a")} JOIN governance_body b ON b.id = a.body_id"""  # noqa: S608

_EXTRACTS = """SELECT 'otaget', u.receiver_id, u.meeting_id, w.body, r.name, '', u.is_example, u.since, NULL::date,
    json_build_object('count', u.count, 'day', u.day, 'reminded', (u.reminded AT TIME ZONE %(zone)s)::date,
        'reached', EXISTS (SELECT FROM governance_membership x JOIN governance_person y ON y.id = x.person_id
            AND y.is_active WHERE x.body_id = u.receiver_id AND x.starts_on <= %(day)s
            AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)))
FROM unnest(%(kept)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT u.receiver_id, m.id AS meeting_id, m.is_example, min(u.sent_at) AS since, count(*) AS count,
        max(u.reminded_at) AS reminded, (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date AS day
    FROM workflow_paragraf p JOIN workflow_utdrag u ON u.paragraf_id = p.id AND u.delivered_at IS NULL
    JOIN workflow_agendaitem i ON i.id = p.item_id JOIN workflow_meeting m ON m.id = i.meeting_id
    WHERE p.body_id = w.body GROUP BY u.receiver_id, m.id ORDER BY min(u.sent_at) LIMIT %(most)s) u
JOIN governance_body r ON r.id = u.receiver_id"""

_ADJUSTINGS = f"""SELECT 'justeras', p.id, m.id, w.body, '', '', m.is_example, p.made_at, p.justeras_senast,
    json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date, 'names', j.names)
FROM unnest(%(kept)s::bigint[]) AS w(body)
{CLOSED}
CROSS JOIN LATERAL ({NEWEST}) p
CROSS JOIN LATERAL (
    SELECT array_agg(j.name ORDER BY j.id) AS names FROM workflow_justering j
    WHERE j.protokoll_id = p.id AND j.state = 'vantar') j
WHERE j.names IS NOT NULL"""  # noqa: S608

_TABLE = f"""SELECT 'bord', a.id, a.satsning_id, w.body, {_TITLE}, s.reference, s.is_example, a.opened_at, NULL::date,
    json_build_object('version', s.version_id, 'station', s.station, 'move', a.move, 'advice', a.rekommendation,
        'avsteg', jsonb_array_length(a.avsteg), 'records', w.body = ANY(%(recording)s::bigint[]))
FROM unnest(%(tabled)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_anmalan a WHERE a.body_id = w.body AND a.closed_at IS NULL
    ORDER BY a.opened_at LIMIT %(most)s) a
{_CASE.format("a")}"""  # noqa: S608

_MEETINGS = """SELECT 'mote', m.id, m.id, w.body, m.place, '', m.is_example, m.starts_at, m.kallelse_due,
    json_build_object('state', m.state, 'ends', m.ends_at, 'keeps', w.body = ANY(%(kept)s::bigint[]))
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.form = 'sammantrade'
        AND (m.state = 'pagar' OR (m.state IN ('planerat', 'kallat') AND m.ends_at >= %(midnight)s))
    ORDER BY m.starts_at LIMIT 1) m"""

_AWAY = """SELECT CASE WHEN f.substitute_id = %(person)s THEN 'ersatter' ELSE 'borta' END, f.id, x.id, x.body_id,
    p.name, '', false, f.made_at, f.ends_on, json_build_object('from', f.starts_on)
FROM governance_franvaro f JOIN governance_membership x ON x.id = f.membership_id
JOIN governance_person p ON p.id = CASE WHEN f.substitute_id = %(person)s THEN x.person_id ELSE f.substitute_id END
WHERE f.revoked_at IS NULL AND f.ends_on >= %(day)s AND x.starts_on <= %(day)s
    AND (x.ends_on IS NULL OR x.ends_on >= %(day)s) AND (f.substitute_id = %(person)s OR f.membership_id IN (
        SELECT m.id FROM governance_membership m WHERE m.person_id = %(person)s))"""

BESIDE = f"""SELECT w.kind, w.key, w.about, w.body, b.name, w.title, w.reference, w.is_example, w.since, w.due, w.said
FROM ({" UNION ALL ".join(f"({one})" for one in (_ROUNDS, _AVSTEG, _ADJUSTINGS, _EXTRACTS, _TABLE, _MEETINGS, _AWAY))})
AS w(kind, key, about, body, title, reference, is_example, since, due, said)
JOIN governance_body b ON b.id = w.body ORDER BY w.due, w.since, w.key"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Beside:
    """Something beside the list; `said` is what its kind says more."""

    kind: BesideKind
    key: int
    about: int
    body_id: int
    body: str
    title: str
    reference: str
    is_example: bool
    since: datetime
    due: date | None
    said: Mapping[str, Any]
    as_of: date
    hints: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Tell whether its last day has been."""
        return self.due is not None and self.due < self.as_of

    @property
    def age(self) -> str:
        """Return how long it has waited."""
        days = (self.as_of - timezone.localdate(self.since)).days
        return "i dag" if days < 1 else in_days(days)

    @property
    def begins(self) -> date:
        """Return the first day of an absence."""
        return date.fromisoformat(self.said["from"])

    @property
    def has_begun(self) -> bool:
        """Tell whether an absence has begun."""
        return self.begins <= self.as_of

    @property
    def state(self) -> MeetingState:
        """Return how far a meeting has come."""
        return MeetingState(self.said["state"])

    @property
    def color(self) -> str:
        """Return the colour of a meeting's state."""
        return COLOURS[self.state]

    @property
    def ends(self) -> datetime:
        """Return when a meeting ends."""
        return timezone.localtime(datetime.fromisoformat(self.said["ends"]))

    @property
    def call_by(self) -> date | None:
        """Return by which day the person is to call to a meeting; None where that is done, or another's."""
        return self.due if self.said["keeps"] and self.state == MeetingState.PLANERAT else None

    @property
    def may_remind(self) -> bool:
        """Tell whether whoever is waited for has not been reminded today."""
        reminded = self.said.get("reminded")
        return reminded is None or may_remind(_noon(reminded))


def _noon(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=12)))


def beside(values: Values, paths: Mapping[int, PathVersion], as_of: date) -> list[Beside]:
    """Return everything that stands beside the list, by last day and then by age; one statement."""
    return [_said(Row(*row), paths, as_of) for row in prepared.fetch_all(BESIDE, values)]


def _said(row: Row, paths: Mapping[int, PathVersion], as_of: date) -> Beside:
    kind = BesideKind(row.kind)
    return Beside(
        kind=kind,
        key=row.key,
        about=row.about,
        body_id=row.body_id,
        body=row.body,
        title=row.title or ("" if kind == BesideKind.MOTE else "Utan titel"),
        reference=row.reference,
        is_example=row.is_example,
        since=timezone.localtime(row.since),
        due=row.due,
        said=row.said,
        as_of=as_of,
        hints=proposal(row.said, paths) if kind == BesideKind.BORD else (),
    )
