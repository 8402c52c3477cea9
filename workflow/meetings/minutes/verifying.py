"""What the journal says of minutes, compared both ways with the tables that keep them; carried out by `verifying`."""

PROTOKOLL = (
    "e.act = 'protokoll'",
    """
, made AS (
    SELECT p.* FROM workflow_protokoll p JOIN workflow_meeting m ON m.id = p.meeting_id
    JOIN governance_body b ON b.id = m.body_id WHERE b.county_id = %(county)s
)
SELECT coalesce('protokoll ' || p.id, 'protokollet i post ' || a.number)
FROM made p FULL JOIN act a ON a.said->>'protokoll' = p.id::text
WHERE (p.meeting_id::text, p.number::text, p.sha256, p.journal_number::text, p.journal_hash, p.made_by_id)
    IS DISTINCT FROM (a.said->>'meeting', a.said->>'number', a.said->>'sha256', a.said->>'journal_number',
        a.said->>'journal_hash', a.actor_id)
    OR p.sha256 IS DISTINCT FROM encode(sha256(convert_to(p.content, 'UTF8')), 'hex')
ORDER BY p.id, a.number LIMIT 1
""",
)
"""Every version, its words and its sum."""

ANSWERED = (
    "e.act = 'justering'",
    """
, made AS (
    SELECT j.* FROM workflow_justering j JOIN workflow_protokoll p ON p.id = j.protokoll_id
    JOIN workflow_meeting m ON m.id = p.meeting_id JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id = %(county)s AND j.state IN ('godkand', 'rattelse')
)
SELECT coalesce('svaret på justering ' || j.id, 'svaret på justering i post ' || a.number)
FROM made j FULL JOIN act a ON a.said->>'justering' = j.id::text
WHERE (j.protokoll_id::text, j.state, j.text) IS DISTINCT FROM
    (a.said->>'protokoll', a.said->>'state', a.said->>'reason')
    OR a.actor_id IS DISTINCT FROM (SELECT s.person_id FROM governance_membership s WHERE s.id = j.membership_id)
ORDER BY j.id, a.number LIMIT 1
""",
)
"""What each adjuster has answered, and that it was the adjuster who did."""

LOCKED = (
    "e.act = 'protokoll_justerat'",
    """
, made AS (
    SELECT p.*, m.id AS of_meeting, m.state FROM workflow_meeting m JOIN governance_body b ON b.id = m.body_id
    LEFT JOIN workflow_protokoll p ON p.meeting_id = m.id
        AND (p.locked_at IS NOT NULL OR p.pdf IS NOT NULL OR p.pdf_sha256 <> '')
    WHERE b.county_id = %(county)s AND (p.id IS NOT NULL OR m.state = 'justerat')
)
SELECT coalesce('justeringen av protokoll ' || p.id, 'justeringen av möte ' || p.of_meeting,
    'justeringen i post ' || a.number)
FROM made p FULL JOIN act a ON a.said->>'protokoll' = p.id::text
WHERE (p.meeting_id::text, p.number::text, p.sha256, p.pdf_sha256, p.state)
    IS DISTINCT FROM (a.said->>'meeting', a.said->>'number', a.said->>'sha256', a.said->>'pdf_sha256', 'justerat')
    OR p.pdf_sha256 IS DISTINCT FROM encode(sha256(p.pdf), 'hex')
    OR (p.of_meeting IS NOT NULL AND p.id IS NULL)
ORDER BY p.of_meeting, p.id, a.number LIMIT 1
""",
)
"""What was locked: both sums, the PDF itself, and that the meeting is adjusted."""

RECTIFIED = (
    "e.act = 'protokoll_rattat'",
    """
, made AS (
    SELECT r.* FROM workflow_rattelse r JOIN workflow_protokoll p ON p.id = r.protokoll_id
    JOIN workflow_meeting m ON m.id = p.meeting_id JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id = %(county)s
)
SELECT coalesce('rättelse ' || r.id, 'rättelsen i post ' || a.number)
FROM made r FULL JOIN act a ON a.act_id = r.act_id
WHERE (r.protokoll_id::text, r.number::text, r.paragraf_id::text, r.text, r.reason, r.sha256, r.by_id)
    IS DISTINCT FROM (a.said->>'protokoll', a.said->>'number', a.said->>'paragraf', a.said->>'text',
        a.said->>'reason', a.said->>'sha256', a.actor_id)
ORDER BY r.id, a.number LIMIT 1
""",
)
"""Every correction of adjusted minutes."""

MINUTES = ((PROTOKOLL, "det"), (ANSWERED, "det"), (LOCKED, "den"), (RECTIFIED, "den"))
"""Which acts of the journal, what they are compared with, and by which word the sentence of a fault refers to it."""
