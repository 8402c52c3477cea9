"""What the journal says of a called agenda and its frozen papers, compared with their tables by `workflow.verifying`.

An act that calls a body, or adds to an agenda afterwards, says of each item its title, the checksum of its text and its
mark (`punkter`), and of each frozen paper its number and checksum (`underlag`). A row that no act says is made up where
the act by which its meeting was called says them at all. One from before acts did is passed over, unless an act that
came later says it: what was never journaled can not be compared, and is not reported as changed.
"""

_TOLD = """
, told AS (
    SELECT DISTINCT (a.said->>'meeting')::bigint AS meeting_id FROM act a
    WHERE a.act IN ('mote_kallat', 'mote_oppnat') AND a.said ? '{key}'
)
"""
"""The meetings that were called by an act that says what is asked for."""

_ITEMS = (
    _TOLD.replace("{key}", "punkter")  # noqa: S608 - the house's own names
    + """
, said AS (
    SELECT DISTINCT ON (one->>0) (one->>0)::bigint AS item_id, (a.said->>'meeting')::bigint AS meeting_id,
        one->>1 AS title, one->>2 AS digest, one->>3 AS mark
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'punkter') one
    ORDER BY one->>0, a.number DESC
), made AS (
    SELECT i.id, i.meeting_id, i.title, i.text, i.sekretess FROM workflow_agendaitem i
    JOIN workflow_meeting m ON m.id = i.meeting_id JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id = %(county)s
)
SELECT 'punkt ' || coalesce(i.id, s.item_id) || ' på dagordningen (' || coalesce(i.title, s.title) || ')'
FROM made i FULL JOIN said s ON s.item_id = i.id
WHERE (s.item_id IS NULL AND i.meeting_id IN (SELECT meeting_id FROM told))
    OR (s.item_id IS NOT NULL
        AND (i.meeting_id, i.title, encode(sha256(convert_to(i.text, 'UTF8')), 'hex'), i.sekretess)
        IS DISTINCT FROM (s.meeting_id, s.title, s.digest, s.mark))
ORDER BY coalesce(i.id, s.item_id) LIMIT 1
"""
)

_PAPERS = (
    _TOLD.replace("{key}", "underlag")  # noqa: S608 - the house's own names
    + """
, said AS (
    SELECT DISTINCT (one->>0)::bigint AS item_id, (one->>1)::int AS number, one->>2 AS sha256, a.actor_id
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'underlag') one
), made AS (
    SELECT u.item_id, u.number, u.sha256, u.frozen_by_id, i.meeting_id,
        u.sha256 = encode(sha256(convert_to(u.content, 'UTF8')), 'hex') AS is_whole
    FROM workflow_underlag u JOIN workflow_agendaitem i ON i.id = u.item_id
    JOIN workflow_meeting m ON m.id = i.meeting_id JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id = %(county)s
)
SELECT 'underlag ' || coalesce(u.number, s.number) || ' till punkt ' || coalesce(u.item_id, s.item_id)
FROM made u FULL JOIN said s ON (s.item_id, s.number) = (u.item_id, u.number)
WHERE NOT coalesce(u.is_whole, false)
    OR (s.item_id IS NULL AND u.meeting_id IN (SELECT meeting_id FROM told))
    OR (s.item_id IS NOT NULL AND (u.sha256, u.frozen_by_id) IS DISTINCT FROM (s.sha256, s.actor_id))
ORDER BY coalesce(u.item_id, s.item_id), 1 LIMIT 1
"""
)

_CALLS = "e.act IN ('mote_kallat', 'mote_oppnat')"

COMPARED = (
    (f"{_CALLS} OR strpos(p.content, '\"punkter\":[') > 0", _ITEMS, "den"),
    (f"{_CALLS} OR strpos(p.content, '\"underlag\":[') > 0", _PAPERS, "det"),
)
"""For each table: which acts, how the rows differ from them, and the pronoun of what differs."""
