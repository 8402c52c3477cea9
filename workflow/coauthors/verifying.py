"""How co-authors are compared with what the journal says of them; see `workflow.verifying`."""

COAUTHORS: tuple[tuple[tuple[str, str], str], ...] = (
    (
        (
            "e.act = 'medforfattare_inbjuden'",
            """
, made AS (
    SELECT c.* FROM workflow_medforfattare c JOIN satsningar_satsning s ON s.id = c.satsning_id
    WHERE s.county_id = %(county)s
)
SELECT coalesce('inbjudan av medförfattare ' || c.id, 'inbjudan i post ' || a.number)
FROM made c FULL JOIN act a ON a.act_id = c.act_id
WHERE (c.satsning_id, c.invited_by_id, c.invited_by_body_id, c.purpose, c.email, c.role)
    IS DISTINCT FROM (a.satsning_id, a.actor_id, a.body_id, a.said->>'reason', a.said#>>'{inbjuden,email}',
        a.said#>>'{inbjuden,role}')
ORDER BY c.id, a.number LIMIT 1
""",
        ),
        "den",
    ),
    (
        (
            "e.act = 'medforfattare_med'",
            """
, made AS (
    SELECT c.* FROM workflow_medforfattare c JOIN satsningar_satsning s ON s.id = c.satsning_id
    WHERE s.county_id = %(county)s
)
SELECT coalesce('medverkan ' || c.id, 'medverkan i post ' || a.number)
FROM (SELECT * FROM made WHERE accepted_at IS NOT NULL OR person_id IS NOT NULL) c
FULL JOIN act a ON a.act_id = c.accept_act_id
WHERE (c.satsning_id, c.person_id, c.id::text) IS DISTINCT FROM (a.satsning_id, a.actor_id, a.said->>'inbjudan')
ORDER BY c.id, a.number LIMIT 1
""",
        ),
        "den",
    ),
    (
        (
            "e.act = 'medforfattare_avslutad'",
            """
, made AS (
    SELECT c.* FROM workflow_medforfattare c JOIN satsningar_satsning s ON s.id = c.satsning_id
    WHERE s.county_id = %(county)s
)
SELECT coalesce('slutet på medverkan ' || c.id, 'slutet i post ' || a.number)
FROM (SELECT * FROM made WHERE ended_at IS NOT NULL) c FULL JOIN act a ON a.act_id = c.end_act_id
WHERE (a.act_id IS NULL AND NOT EXISTS (
        SELECT FROM workflow_journalentry e WHERE e.act_id = c.end_act_id AND e.satsning_id = c.satsning_id))
    OR (a.act_id IS NOT NULL AND (c.satsning_id, c.id::text) IS DISTINCT FROM (a.satsning_id, a.said->>'avslutad'))
ORDER BY c.id, a.number LIMIT 1
""",
        ),
        "det",
    ),
)
"""Which acts, the statement that compares them, and how what is found is spoken of."""
