"""What the journal says of what happens at the table, compared with its tables both ways by `workflow.verifying`.

Paragraphs, jäv, reservations, attendance and votes. Who came and went, and who voted what, has been journaled since
the act that opens a meeting says who is there under `narvaro`, or the one that asks for votes per capsulam says
`omrostning`: a row of such a meeting that no act says is made up. A meeting opened before then has rows that no act
says, and they are passed over; what acts do say of it is compared all the same.
"""

_WHICH = "strpos(p.content, '\"paragrafer\":[') > 0 OR strpos(p.content, '\"mote\":{') > 0"
"""The acts that settled an item: those that say so of themselves, and moves decided in a meeting."""

_PARAGRAPHS = """
, said AS (
    SELECT a.act_id, a.actor_id, one AS f FROM act a CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN a.said ? 'paragrafer' THEN a.said->'paragrafer' ELSE jsonb_build_array(a.said#>'{beslut,mote}') END
    ) one
), made AS (
    SELECT r.* FROM workflow_paragraf r JOIN governance_body o ON o.id = r.body_id WHERE o.county_id = %(county)s
)
SELECT 'paragraf ' || coalesce(r.label || ' ' || r.year, f->>'label' || ' ' || (f->>'year'))
FROM made r FULL JOIN said s ON (r.act_id, r.item_id::text) = (s.act_id, s.f->>'item')
WHERE (r.recorded_by_id, r.year::text, r.number::text, r.label, r.outcome, r.outcome_words, r.wording, r.decided)
    IS DISTINCT FROM (s.actor_id, f->>'year', f->>'number', f->>'label', f->>'outcome', f->>'words', f->>'wording',
        f->>'decided')
    OR (r.condition, r.reason, r.quorum, r.participants, r.votes, r.ballot_result, r.to_meeting_id::text,
        r.chair_id::text)
    IS DISTINCT FROM (f->>'condition', f->>'reason', f->>'quorum', f->'participants', f->'votes',
        f->>'ballot_result', f->>'to_meeting', f->>'chair')
    OR (r.beslut_id IS NULL AND EXISTS (SELECT FROM workflow_beslut d WHERE d.act_id = r.act_id))
ORDER BY r.id, s.act_id LIMIT 1
"""

_DUTIES = """
, said AS (
    SELECT r.id AS paragraf_id, one FROM act a
    JOIN workflow_paragraf r ON r.act_id = a.act_id
    CROSS JOIN LATERAL jsonb_array_elements(
        CASE WHEN a.said ? 'paragrafer' THEN a.said->'paragrafer' ELSE jsonb_build_array(a.said#>'{beslut,mote}') END
    ) f
    CROSS JOIN LATERAL jsonb_array_elements(f->'uppdrag') one
    WHERE f->>'item' = r.item_id::text
), wanted AS (
    SELECT s.*, row_number() OVER (PARTITION BY paragraf_id, one::text) AS place FROM said s
), made AS (
    SELECT d.*, jsonb_build_array(d.kind, d.text, d.responsible_id, d.due) AS one
    FROM workflow_beslutsuppdrag d JOIN governance_body o ON o.id = d.body_id
    WHERE o.county_id = %(county)s AND d.act_id IS NULL
), kept AS (
    SELECT d.*, row_number() OVER (PARTITION BY paragraf_id, one::text ORDER BY d.id) AS place FROM made d
)
SELECT 'uppdraget i paragraf ' || p.label
FROM kept d FULL JOIN wanted w ON (d.paragraf_id, d.one, d.place) = (w.paragraf_id, w.one, w.place)
JOIN workflow_paragraf p ON p.id = coalesce(d.paragraf_id, w.paragraf_id)
WHERE d.id IS NULL OR w.paragraf_id IS NULL
ORDER BY p.id LIMIT 1
"""
"""What a decision asks for is open from the decision on: its rows have no act of their own."""

_OF_COUNTY = """
    JOIN workflow_meeting m ON m.id = {meeting} JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id = %(county)s
"""

_JAV = """
, said AS (
    SELECT DISTINCT ON (item_id, membership_id) * FROM (
        SELECT (a.said->>'item')::bigint AS item_id, (a.said#>>'{member,0}')::bigint AS membership_id, a.number,
            a.actor_id, a.said->>'jav' AS state, a.said->>'source' AS source, a.said->>'reason' AS reason FROM act a
    ) one ORDER BY item_id, membership_id, number DESC
), made AS (
    SELECT j.* FROM workflow_jav j JOIN workflow_agendaitem i ON i.id = j.item_id
    {of_county}
)
SELECT 'jävet för plats ' || coalesce(j.membership_id, s.membership_id) || ' i punkt ' || coalesce(j.item_id, s.item_id)
FROM made j FULL JOIN said s ON (s.item_id, s.membership_id) = (j.item_id, j.membership_id)
WHERE (j.state, j.source, j.reason, j.recorded_by_id) IS DISTINCT FROM (s.state, s.source, s.reason, s.actor_id)
ORDER BY coalesce(j.item_id, s.item_id), 1 LIMIT 1
""".replace("{of_county}", _OF_COUNTY.replace("{meeting}", "i.meeting_id"))
"""What was last said of each member's jäv."""

_DISSENTS = """
, told AS (
    SELECT (a.said->>'item')::bigint AS item_id, (a.said#>>'{member,0}')::bigint AS membership_id,
        a.said#>>'{member,1}' AS name, a.said->>'kind' AS kind, a.said->>'text' AS text, a.said->>'due' AS due,
        a.actor_id, a.number FROM act a
), said AS (
    SELECT DISTINCT ON (item_id, membership_id, kind) *,
        first_value(actor_id) OVER (PARTITION BY item_id, membership_id, kind ORDER BY number) AS declared_by
    FROM told ORDER BY item_id, membership_id, kind, number DESC
), made AS (
    SELECT r.* FROM workflow_reservation r JOIN workflow_agendaitem i ON i.id = r.item_id
    {of_county}
)
SELECT CASE coalesce(r.kind, s.kind) WHEN 'reservation' THEN 'reservationen' ELSE 'anteckningen' END || ' av plats '
    || coalesce(r.membership_id, s.membership_id) || ' i punkt ' || coalesce(r.item_id, s.item_id)
FROM made r FULL JOIN said s ON (s.item_id, s.membership_id, s.kind) = (r.item_id, r.membership_id, r.kind)
WHERE (r.name, r.text, r.due::text, r.recorded_by_id) IS DISTINCT FROM (s.name, s.text, s.due, s.declared_by)
ORDER BY coalesce(r.item_id, s.item_id), 1 LIMIT 1
""".replace("{of_county}", _OF_COUNTY.replace("{meeting}", "i.meeting_id"))
"""Reservations and notes: who declared each, and the text that was written last."""

_TOLD = """
, told AS (
    SELECT DISTINCT (a.said->>'meeting')::bigint AS meeting_id FROM act a
    WHERE (a.said ? 'narvaro' AND a.act IN ('mote_oppnat', 'mote_avslutat'))
        OR (a.said ? 'omrostning' AND a.act = 'mote_kallat')
)
"""
"""The meetings of which the journal has all attendance and all votes."""

_PRESENCE = (
    _TOLD  # noqa: S608 - the house's own names
    + """
, said AS (
    SELECT (a.said->>'meeting')::bigint AS meeting_id, (one->>0)::bigint AS membership_id, (one->>1)::bigint AS item_id,
        (one->>2)::boolean AS is_present, a.actor_id, row_number() OVER (
            PARTITION BY a.said->>'meeting', one->>0 ORDER BY a.number, place) AS place
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'narvaro') WITH ORDINALITY AS every(one, place)
), made AS (
    SELECT v.meeting_id, v.membership_id, v.item_id, v.is_present, v.recorded_by_id,
        v.meeting_id IN (SELECT meeting_id FROM told) AS is_told,
        row_number() OVER (PARTITION BY v.meeting_id, v.membership_id ORDER BY v.id) AS place,
        count(*) OVER (PARTITION BY v.meeting_id, v.membership_id) AS total
    FROM workflow_attendanceevent v
"""
    + _OF_COUNTY.replace("{meeting}", "v.meeting_id")
    + """
), kept AS (
    SELECT n.*, CASE WHEN n.is_told THEN n.place ELSE n.place - n.total + s.known END AS nth
    FROM made n LEFT JOIN (SELECT meeting_id, membership_id, count(*) AS known FROM said GROUP BY 1, 2) s
        ON (s.meeting_id, s.membership_id) = (n.meeting_id, n.membership_id)
    WHERE n.is_told OR n.place > n.total - s.known
)
SELECT 'närvaron för plats ' || coalesce(v.membership_id, s.membership_id) || ' vid möte '
    || coalesce(v.meeting_id, s.meeting_id)
FROM kept v FULL JOIN said s
    ON (s.meeting_id, s.membership_id, s.place) = (v.meeting_id, v.membership_id, v.nth)
WHERE (v.meeting_id, v.item_id, v.is_present, v.recorded_by_id)
    IS DISTINCT FROM (s.meeting_id, s.item_id, s.is_present, s.actor_id)
ORDER BY coalesce(v.meeting_id, s.meeting_id), 1 LIMIT 1
"""
)
"""Who came and went, in each one's order; of a meeting opened before, the last ones are those that acts say."""

_BALLOTS = (
    _TOLD  # noqa: S608 - the house's own names
    + """
, said AS (
    SELECT DISTINCT ON (a.said#>>'{omrostning,id}') (a.said#>>'{omrostning,id}')::bigint AS id,
        (a.said->>'meeting')::bigint AS meeting_id, a.said->'omrostning' AS o
    FROM act a WHERE a.said ? 'omrostning' ORDER BY a.said#>>'{omrostning,id}', a.number DESC
), made AS (
    SELECT o.*, i.meeting_id FROM workflow_ballot o JOIN workflow_agendaitem i ON i.id = o.item_id
"""
    + _OF_COUNTY.replace("{meeting}", "i.meeting_id")
    + """
)
SELECT 'omröstning ' || coalesce(o.number::text, s.o->>'number') || ' i punkt '
    || coalesce(o.item_id::text, s.o->>'item')
FROM made o FULL JOIN said s ON s.id = o.id
WHERE (s.id IS NULL AND o.meeting_id IN (SELECT meeting_id FROM told))
    OR (s.id IS NOT NULL AND (o.item_id::text, o.number::text, o.yes, o.no, o.result, o.by_casting_vote::text)
        IS DISTINCT FROM (s.o->>'item', s.o->>'number', s.o->>'yes', s.o->>'no', s.o->>'result', s.o->>'utslagsrost'))
    OR (s.id IS NOT NULL AND (o.closed_at IS NULL) <> (s.o->>'result' = ''))
ORDER BY coalesce(o.id, s.id) LIMIT 1
"""
)
"""Every vote as it was last said: what it was about and how it came out."""

_VOTES = (
    _TOLD  # noqa: S608 - the house's own names
    + """
, said AS (
    SELECT (a.said#>>'{rost,omrostning}')::bigint AS ballot_id, (a.said#>>'{rost,member,0}')::bigint AS membership_id,
        a.said#>>'{rost,value}' AS value, a.actor_id FROM act a WHERE a.said ? 'rost'
), made AS (
    SELECT v.*, i.meeting_id FROM workflow_vote v JOIN workflow_ballot o ON o.id = v.ballot_id
    JOIN workflow_agendaitem i ON i.id = o.item_id
"""
    + _OF_COUNTY.replace("{meeting}", "i.meeting_id")
    + """
)
SELECT 'rösten av plats ' || coalesce(v.membership_id, s.membership_id) || ' i omröstning '
    || coalesce(v.ballot_id, s.ballot_id)
FROM made v FULL JOIN said s ON (s.ballot_id, s.membership_id) = (v.ballot_id, v.membership_id)
WHERE (s.ballot_id IS NULL AND v.meeting_id IN (SELECT meeting_id FROM told))
    OR (s.ballot_id IS NOT NULL AND (v.value, v.recorded_by_id) IS DISTINCT FROM (s.value, s.actor_id))
ORDER BY coalesce(v.ballot_id, s.ballot_id), 1 LIMIT 1
"""
)
"""Every vote of every member, and who noted it."""

_OPENS = "e.act IN ('mote_kallat', 'mote_oppnat', 'mote_avslutat')"

COMPARED = (
    (_WHICH, _PARAGRAPHS, "den"),
    (_WHICH, _DUTIES, "det"),
    ("e.act = 'jav_provat'", _JAV, "det"),
    ("e.act = 'reservation'", _DISSENTS, "den"),
    (f"{_OPENS} OR e.act = 'narvaro'", _PRESENCE, "den"),
    (f"{_OPENS} OR e.act = 'omrostning'", _BALLOTS, "den"),
    (f"{_OPENS} OR e.act = 'omrostning'", _VOTES, "den"),
)
"""For each table: which acts, how the rows differ from them, and the pronoun of what differs."""
