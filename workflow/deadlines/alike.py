"""How reminders, and the reasons why cases stand still, are compared with the journal, one by one and both ways."""

_STOPPED = (
    "e.act IN ('stopp', 'stopp_slut')",
    """
, made AS (
    SELECT t.* FROM workflow_stopp t JOIN satsningar_satsning s ON s.id = t.satsning_id WHERE s.county_id = %(county)s
), said AS (
    SELECT a.* FROM act a WHERE a.act = 'stopp'
), closed AS (
    SELECT y.*, z.act_id AS ended_by, z.actor_id AS ender FROM said y LEFT JOIN LATERAL (
        SELECT x.act_id, x.actor_id FROM act x WHERE x.satsning_id = y.satsning_id AND x.number > y.number
        ORDER BY x.number LIMIT 1) z ON true
)
SELECT coalesce('stoppet ' || t.id, 'stoppet i post ' || y.number)
FROM made t FULL JOIN closed y ON y.act_id = t.act_id
WHERE (t.satsning_id, t.cause, t.text, t.set_by_id, t.set_by_body_id, t.cleared_act_id, t.cleared_by_id)
    IS DISTINCT FROM (y.satsning_id, y.said#>>'{stopp,cause}', y.said#>>'{stopp,text}', y.actor_id, y.body_id,
        y.ended_by, y.ender)
    OR (t.cleared_at IS NULL) <> (y.ended_by IS NULL)
ORDER BY 1 LIMIT 1
""",
    "det",
)

_REMINDED = (
    "e.act = 'paminnelse'",
    """
, made AS (
    SELECT r.* FROM workflow_paminnelse r JOIN satsningar_satsning s ON s.id = r.satsning_id
    WHERE s.county_id = %(county)s
)
SELECT coalesce('påminnelsen ' || r.id, 'påminnelsen i post ' || a.number)
FROM made r FULL JOIN act a ON a.act_id = r.act_id
WHERE (r.satsning_id, r.kind, r.due::text, r.to_id::text, r.station) IS DISTINCT FROM (a.satsning_id,
    a.said#>>'{paminnelse,kind}', a.said#>>'{paminnelse,due}', a.said#>>'{paminnelse,to}', a.to_station)
ORDER BY 1 LIMIT 1
""",
    "den",
)

COMPARED = (_STOPPED, _REMINDED)
