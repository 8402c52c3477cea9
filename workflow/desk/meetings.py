"""The statements that read what meetings leave waiting for somebody; `sources` says what a branch is."""

from workflow.meetings.rights import MARKED

CLOSED = """CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.state = 'avslutat'
    ORDER BY m.starts_at LIMIT %(most)s) m"""
"""The meetings of a body `w.body` whose minutes are not adjusted."""
NEWEST = """SELECT p.id, p.number, p.made_at, p.justeras_senast, p.process_id
    FROM workflow_protokoll p WHERE p.meeting_id = m.id ORDER BY p.number DESC LIMIT 1"""
"""The version of the minutes of a meeting `m` that counts."""

PAPERS = """SELECT 'las', m.id, m.id, w.body, '', '', m.is_example, m.called_at,
    (m.starts_at AT TIME ZONE %(zone)s)::date, json_build_object('item', i.first, 'unread', i.unread, 'count', i.count)
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.state IN ('kallat', 'pagar')
    ORDER BY m.starts_at LIMIT %(most)s) m
CROSS JOIN LATERAL (
    SELECT count(*) AS count, count(*) FILTER (WHERE i.unread) AS unread,
        (array_agg(i.id ORDER BY i.position, i.id) FILTER (WHERE i.unread))[1] AS first
    FROM (SELECT i.id, i.position, r.id IS NULL OR r.underlag < coalesce((SELECT max(u.number)
            FROM workflow_underlag u WHERE u.item_id = i.id), 0) AS unread
        FROM workflow_agendaitem i LEFT JOIN workflow_readmark r ON r.item_id = i.id AND r.person_id = %(person)s
        WHERE i.meeting_id = m.id AND i.withdrawn_at IS NULL AND i.settled_at IS NULL
            AND (i.kind <> 'staende' OR i.standing = ANY(%(with_content)s::text[]) OR i.text <> '')) i) i
WHERE i.unread > 0"""

VOTES = """SELECT 'rost', m.item_id, m.id, w.body, m.title, '', m.is_example, m.called_at,
    (m.ends_at AT TIME ZONE %(zone)s)::date, json_build_object('settles', m.ends_at < %(midnight)s)
FROM unnest(%(bodies)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT m.id, i.id AS item_id, i.title, m.is_example, m.called_at, m.ends_at
    FROM workflow_meeting m JOIN workflow_agendaitem i ON i.meeting_id = m.id
    WHERE m.body_id = w.body AND m.form = 'per_capsulam' AND m.state = 'kallat' AND (
        (m.ends_at < %(midnight)s AND w.body = ANY(%(kept)s::bigint[])) OR (m.ends_at >= %(midnight)s
        AND EXISTS (SELECT FROM governance_membership x WHERE x.person_id = %(person)s AND x.body_id = w.body
            AND x.role = ANY(%(asked_roles)s::text[]) AND x.starts_on <= %(day)s
            AND (x.ends_on IS NULL OR x.ends_on >= %(day)s))
        AND NOT EXISTS (SELECT FROM workflow_ballot b JOIN workflow_vote v ON v.ballot_id = b.id
            JOIN governance_membership x ON x.id = v.membership_id
            WHERE b.item_id = i.id AND x.person_id = %(person)s)
        AND NOT EXISTS (SELECT FROM workflow_jav j JOIN governance_membership x ON x.id = j.membership_id
            WHERE j.item_id = i.id AND j.state = 'jav' AND x.person_id = %(person)s)))
    ORDER BY m.ends_at LIMIT %(most)s) m"""

CALLS = """SELECT 'kalla', m.id, m.id, w.body, '', '', m.is_example, m.created_at, m.kallelse_due,
    json_build_object('day', (m.starts_at AT TIME ZONE %(zone)s)::date)
FROM unnest(%(kept)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT * FROM workflow_meeting m WHERE m.body_id = w.body AND m.state = 'planerat' AND m.form = 'sammantrade'
        AND m.ends_at >= %(midnight)s AND m.kallelse_due <= %(soon)s
    ORDER BY m.starts_at LIMIT %(most)s) m"""

ADJUSTINGS = """SELECT 'justera', j.id, m.id, m.body_id, '', '', m.is_example, p.made_at, p.justeras_senast,
    json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date, 'version', p.number,
        'reminded', (j.reminded_at AT TIME ZONE %(zone)s)::date)
FROM governance_membership x JOIN workflow_justering j ON j.membership_id = x.id AND j.state = 'vantar'
JOIN workflow_protokoll p ON p.id = j.protokoll_id JOIN workflow_meeting m ON m.id = p.meeting_id
WHERE x.person_id = %(person)s AND x.body_id = ANY(%(bodies)s::bigint[]) AND x.starts_on <= %(day)s
    AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)"""

CORRECTIONS = f"""SELECT 'ratta', j.id, m.id, w.body, '', '', m.is_example, coalesce(j.at, p.made_at), NULL::date,
    json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date, 'version', p.number,
        'name', j.name)
FROM unnest(%(kept)s::bigint[]) AS w(body)
{CLOSED}
CROSS JOIN LATERAL ({NEWEST}) p
JOIN workflow_justering j ON j.protokoll_id = p.id AND j.state = 'rattelse'"""  # noqa: S608 - made of constants

MINUTES = f"""SELECT 'protokoll', m.id, m.id, w.body, '', '', m.is_example,
    coalesce(p.made_at, m.closed_at, m.ends_at), p.justeras_senast,
    json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date, 'version', p.number,
        'kind', b.kind, 'rule', b.meeting_rule)
FROM unnest(%(kept)s::bigint[]) AS w(body) JOIN governance_body b ON b.id = w.body
{CLOSED}
LEFT JOIN LATERAL ({NEWEST}) p ON true
WHERE p.process_id IS NULL AND EXISTS (
    SELECT FROM workflow_agendaitem i JOIN workflow_paragraf q ON q.item_id = i.id WHERE i.meeting_id = m.id)"""  # noqa: S608 - made of constants

EXTRACTS = f"""SELECT 'utdrag', u.id, m.id, w.body, p.label || ' ' || i.title, '', m.is_example, u.sent_at,
    NULL::date, json_build_object('day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date,
        'decided', b.name, 'purpose', u.purpose, 'reminded', (u.reminded_at AT TIME ZONE %(zone)s)::date)
FROM unnest(%(receiving)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT u.* FROM workflow_utdrag u WHERE u.receiver_id = w.body AND u.delivered_at IS NULL
        AND EXISTS (SELECT FROM workflow_paragraf p JOIN workflow_agendaitem i ON i.id = p.item_id
            LEFT JOIN workflow_ovrigtarende o ON o.id = i.matter_id WHERE p.id = u.paragraf_id
            AND (NOT {MARKED} OR i.marked_at IS NULL OR u.sent_at >= i.marked_at))
    ORDER BY u.sent_at LIMIT %(most)s) u
JOIN workflow_paragraf p ON p.id = u.paragraf_id JOIN governance_body b ON b.id = p.body_id
JOIN workflow_agendaitem i ON i.id = p.item_id JOIN workflow_meeting m ON m.id = i.meeting_id"""  # noqa: S608

HOMES = """SELECT 'hem', h.id, h.meeting_id, w.body, '', '', h.is_example, h.opened_at, NULL::date,
    json_build_object('day', h.day, 'decided', h.decided, 'organisation', o.id, 'name', o.name)
FROM (SELECT * FROM unnest(%(organisations)s::bigint[], %(contacts)s::bigint[], %(nowhere)s::bigint[])
      UNION ALL SELECT x.represents_id, x.body_id, x.body_id FROM governance_membership x
      WHERE x.id = ANY(%(deciding)s::bigint[]) AND x.represents_id IS NOT NULL) AS w(organisation, body, decided)
JOIN governance_organisation o ON o.id = w.organisation
CROSS JOIN LATERAL (
    SELECT h.id, h.meeting_id, h.opened_at, m.is_example, b.name AS decided,
        (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date AS day
    FROM workflow_aterforing h JOIN workflow_meeting m ON m.id = h.meeting_id AND m.state = 'justerat'
    JOIN governance_body b ON b.id = m.body_id
    WHERE h.organisation_id = w.organisation AND h.returned_at IS NULL AND m.body_id = coalesce(w.decided, m.body_id)
    ORDER BY h.opened_at LIMIT %(most)s) h"""

_HIDES = f"""{MARKED} AND d.body_id <> ALL(%(bodies)s::bigint[])
    AND NOT EXISTS (SELECT FROM workflow_utdrag u
        WHERE u.paragraf_id = p.id AND u.receiver_id = ANY(%(bodies)s::bigint[])
        AND (i.marked_at IS NULL OR u.sent_at >= i.marked_at))"""
"""The words of a duty are not for its reader: as `workflow.meetings.after.rights.hidden_duties` tells for many."""

DUTIES = f"""SELECT 'verkstall', d.id, m.id, w.body, CASE WHEN {_HIDES} THEN '' ELSE left(d.text, 150) END, '',
    m.is_example, d.created_at, d.due,
    json_build_object('kind', d.kind, 'paragraph', p.label, 'decided', b.name,
        'day', (coalesce(m.opened_at, m.starts_at) AT TIME ZONE %(zone)s)::date)
FROM unnest(%(receiving)s::bigint[]) AS w(body)
CROSS JOIN LATERAL (
    SELECT d.* FROM workflow_beslutsuppdrag d WHERE d.responsible_id = w.body AND d.done_at IS NULL
    ORDER BY d.due, d.created_at LIMIT %(most)s) d
JOIN workflow_paragraf p ON p.id = d.paragraf_id JOIN governance_body b ON b.id = d.body_id
JOIN workflow_agendaitem i ON i.id = p.item_id LEFT JOIN workflow_ovrigtarende o ON o.id = i.matter_id
JOIN workflow_meeting m ON m.id = i.meeting_id AND m.state IN ('avslutat', 'justerat')"""  # noqa: S608 - made of constants
