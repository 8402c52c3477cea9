"""How absences are compared with what the journal says of them, one by one and both ways."""

_AWAY = (
    "e.act IN ('franvaro', 'franvaro_slut')",
    """
, made AS (
    SELECT f.*, m.person_id, m.body_id FROM governance_franvaro f JOIN governance_membership m ON m.id = f.membership_id
    JOIN governance_body b ON b.id = m.body_id WHERE b.county_id = %(county)s
), said AS (
    SELECT a.* FROM act a WHERE a.act = 'franvaro'
), taken AS (
    SELECT a.* FROM act a WHERE a.act = 'franvaro_slut'
)
SELECT coalesce('frånvaron ' || f.id, 'frånvaron i post ' || y.number)
FROM made f FULL JOIN said y ON y.act_id = f.act_id FULL JOIN taken z ON z.act_id = f.revoked_act_id
WHERE (f.membership_id::text, f.substitute_id::text, f.starts_on::text, f.ends_on::text, f.person_id, f.body_id)
    IS DISTINCT FROM (y.said#>>'{franvaro,membership}', y.said#>>'{franvaro,substitute}', y.said#>>'{franvaro,from}',
        y.said#>>'{franvaro,to}', y.actor_id, y.body_id)
    OR (f.revoked_at IS NULL) <> (z.act_id IS NULL)
    OR (z.act_id IS NOT NULL AND f.membership_id::text IS DISTINCT FROM z.said#>>'{franvaro_slut,membership}')
ORDER BY 1 LIMIT 1
""",
    "den",
)

COMPARED = (_AWAY,)
