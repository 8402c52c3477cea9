"""What the journal says of a county's letters, compared with their tables both ways by `workflow.verifying`."""

_SETTINGS = """
, newest AS (SELECT * FROM act ORDER BY number DESC LIMIT 1), made AS (
    SELECT * FROM workflow_utskick u WHERE u.county_id = %(county)s AND u.edition > 0
)
SELECT 'inställningen av utskicken'
FROM made u FULL JOIN newest a ON true
WHERE (u.test_mode::text, u.stopped::text, u.holds_decisions::text, u.edition::text)
    IS DISTINCT FROM (a.said#>>'{after,test_mode}', a.said#>>'{after,stopped}', a.said#>>'{after,holds_decisions}',
        a.said->>'edition')
"""

_RELEASED = """
, made AS (
    SELECT r.*, e.number AS about FROM workflow_slappt r JOIN workflow_journalentry e ON e.id = r.entry_id
    WHERE e.county_id = %(county)s
)
SELECT 'släppet av breven om post ' || coalesce(r.about::text, a.said->>'post')
FROM made r FULL JOIN act a ON a.act_id = r.act_id
WHERE (r.by_id, r.about::text) IS DISTINCT FROM (a.actor_id, a.said->>'post')
ORDER BY 1 LIMIT 1
"""

COMPARED = (("e.act = 'utskick_andrat'", _SETTINGS, "den"), ("e.act = 'brev_slappta'", _RELEASED, "det"))
"""For each table: which acts, how the rows differ from them, and the pronoun of what differs."""
