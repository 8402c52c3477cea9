"""How comments and what is written in them are compared with what the journal says; see `workflow.verifying`."""

COMMENTS: tuple[tuple[tuple[str, str], str], ...] = (
    (
        (
            "e.act = 'kommentar'",
            """
, made AS (
    SELECT k.*, coalesce((SELECT jsonb_agg(n.person_id ORDER BY n.person_id) FROM workflow_kommentarsnamn n
        WHERE n.kommentar_id = k.id AND n.inlagg_id IS NULL), '[]') AS names
    FROM workflow_kommentar k JOIN satsningar_satsning s ON s.id = k.satsning_id WHERE s.county_id = %(county)s
)
SELECT coalesce('kommentar ' || k.id, 'kommentaren i post ' || a.number)
FROM made k FULL JOIN act a ON a.act_id = k.act_id
WHERE (k.satsning_id, k.by_id, k.by_body_id, k.text, k.part, k.field, k.names)
    IS DISTINCT FROM (a.satsning_id, a.actor_id, a.body_id, a.said->>'kommentar', a.said#>>'{kommenterat,part}',
        a.said#>>'{kommenterat,field}', a.said#>'{kommenterat,names}')
ORDER BY k.id, a.number LIMIT 1
""",
        ),
        "den",
    ),
    (
        (
            "e.act IN ('kommentar_svar', 'kommentar_inlagg', 'kommentar_godtagen', 'kommentar_oppnad')",
            """
, made AS (
    SELECT i.*, k.satsning_id, coalesce((
        SELECT jsonb_agg(n.person_id ORDER BY n.person_id) FROM workflow_kommentarsnamn n
        WHERE n.inlagg_id = i.id), '[]') AS names
    FROM workflow_kommentarsinlagg i JOIN workflow_kommentar k ON k.id = i.kommentar_id
    JOIN satsningar_satsning s ON s.id = k.satsning_id WHERE s.county_id = %(county)s
)
SELECT coalesce('inlägg ' || i.id, 'inlägget i post ' || a.number)
FROM made i FULL JOIN act a ON a.act_id = i.act_id
WHERE (i.satsning_id, i.by_id, i.by_body_id, i.text, 'kommentar_' || i.kind, i.kommentar_id::text, i.state, i.names)
    IS DISTINCT FROM (a.satsning_id, a.actor_id, a.body_id, a.said->>'kommentar', a.act,
        a.said#>>'{inlagg,kommentar}', a.said#>>'{inlagg,state}', a.said#>'{inlagg,names}')
ORDER BY i.id, a.number LIMIT 1
""",
        ),
        "det",
    ),
    (
        (
            "strpos(p.content, '\"samlade\":[') > 0",
            """
, made AS (
    SELECT g.komplettering_id, g.kommentar_id, m.satsning_id FROM workflow_kommentarbegaran g
    JOIN workflow_komplettering m ON m.id = g.komplettering_id
    JOIN satsningar_satsning s ON s.id = m.satsning_id WHERE s.county_id = %(county)s
), said AS (
    SELECT a.satsning_id, (one->>0)::bigint AS komplettering_id, (one->>1)::bigint AS kommentar_id
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'samlade') one
)
SELECT 'kommentaren i begäran ' || coalesce(g.komplettering_id, y.komplettering_id)
FROM made g FULL JOIN said y ON (g.komplettering_id, g.kommentar_id) = (y.komplettering_id, y.kommentar_id)
WHERE g.satsning_id IS DISTINCT FROM y.satsning_id
ORDER BY 1 LIMIT 1
""",
        ),
        "den",
    ),
)
"""Which acts, the statement that compares them, and how what is found is spoken of."""
