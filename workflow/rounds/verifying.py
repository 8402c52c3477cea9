"""How rounds are compared with the journal: the statements that `workflow.verifying` runs.

Each names the acts it is about and gives the first row or act that has no like; `act` holds those acts. A receiver is
known by its body, since the standing by which somebody answers is held there. Entries from before rounds had a list of
questions say them as one text, and nothing of each answer's replies.
"""

_OF_COUNTY = "JOIN satsningar_satsning s ON s.id = r.satsning_id WHERE s.county_id = %(county)s"

_OPENED = f"""
, made AS (
    SELECT r.*, (
        SELECT jsonb_agg(jsonb_build_array(q.part, q.text) ORDER BY q.number)
        FROM workflow_roundquestion q WHERE q.round_id = r.id
    ) AS asked, (
        SELECT jsonb_agg(w.body_id ORDER BY w.body_id) FROM workflow_roundanswer w WHERE w.round_id = r.id
    ) AS bodies
    FROM workflow_round r {_OF_COUNTY}
), said AS (
    SELECT a.*, CASE jsonb_typeof(a.said->'questions')
        WHEN 'array' THEN nullif(a.said->'questions', '[]')
        ELSE CASE WHEN a.said->>'questions' <> '' THEN
            jsonb_build_array(jsonb_build_array('', a.said->>'questions')) END
        END AS asked, (
        SELECT jsonb_agg(one ORDER BY one::text::bigint)
        FROM act b CROSS JOIN LATERAL jsonb_array_elements(b.said->'bodies') one
        WHERE b.said->>'round' = a.said->>'round' AND a.said->'bodies' IS NOT NULL
    ) AS bodies
    FROM act a WHERE a.act = 'runda_oppnad'
)
SELECT 'runda ' || coalesce(m.id, (a.said->>'round')::bigint)
FROM made m FULL JOIN said a ON (a.said->>'round')::bigint = m.id
WHERE (m.satsning_id, m.kind, m.purpose, m.opened_by_id, m.opened_by_body_id, m.revision_id, m.asked)
    IS DISTINCT FROM (a.satsning_id, a.said->>'kind', a.said->>'purpose', a.actor_id, a.body_id, a.revision_id, a.asked)
    OR m.bodies IS DISTINCT FROM coalesce(a.bodies, m.bodies)
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names
"""What was asked, of whom and by whom."""

_DEADLINES = f"""
, made AS (
    SELECT r.* FROM workflow_round r {_OF_COUNTY}
), said AS (
    SELECT DISTINCT ON (a.said->>'round') (a.said->>'round')::bigint AS id, a.said->>'deadline' AS deadline
    FROM act a WHERE a.act = 'runda_oppnad' OR a.said->'whole' = 'true' ORDER BY a.said->>'round', a.number DESC
)
SELECT 'sista svarsdag för runda ' || coalesce(m.id, a.id)
FROM made m FULL JOIN said a ON a.id = m.id
WHERE m.deadline::text IS DISTINCT FROM a.deadline
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names
"""The last day, as it was said when the round was opened or when everybody was given longer."""

_ENDED = f"""
, made AS (
    SELECT r.* FROM workflow_round r {_OF_COUNTY} AND r.ending IN ('stangd', 'dragen')
)
SELECT 'slutet på runda ' || coalesce(m.id, (a.said->>'round')::bigint)
FROM made m FULL JOIN (SELECT * FROM act WHERE act.said->'ending_reason' IS NOT NULL) a
    ON (a.said->>'round')::bigint = m.id
WHERE ('runda_' || m.ending, m.ending_reason) IS DISTINCT FROM (a.act, a.said->>'ending_reason')
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names
"""How somebody ended it, and why; entries from before that was kept say nothing of it."""

_ANSWERED = f"""
, made AS (
    SELECT w.*, (
        SELECT jsonb_agg(jsonb_build_array(q.number, p.stance, p.text) ORDER BY q.number)
        FROM workflow_roundreply p JOIN workflow_roundquestion q ON q.id = p.question_id WHERE p.answer_id = w.id
    ) AS replies
    FROM workflow_roundanswer w JOIN workflow_round r ON r.id = w.round_id {_OF_COUNTY}
        AND (w.answered_at IS NOT NULL OR w.stance <> '' OR w.text <> '' OR w.state IN ('besvarad', 'avbojd'))
), said AS (
    SELECT a.*, a.said->'svar' IS NOT NULL AS whole, nullif(a.said->'svar'->'replies', '[]') AS replies FROM act a
)
SELECT 'svaret från organ ' || coalesce(m.body_id, a.body_id) || ' i runda '
    || coalesce(m.round_id, (a.said->>'round')::bigint)
FROM made m FULL JOIN said a ON ((a.said->>'round')::bigint, a.body_id) = (m.round_id, m.body_id)
WHERE (m.answered_by_id, m.state, m.text, coalesce(m.home_decision_date::text, ''), m.home_decision_number)
    IS DISTINCT FROM (a.actor_id, a.said->>'state', a.said->>'text', a.said->'home_decision'->>0,
        a.said->'home_decision'->>1)
    OR a.whole AND (m.stance, m.late::text, m.replies)
        IS DISTINCT FROM (a.said->'svar'->>'stance', a.said->'svar'->>'late', a.replies)
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names
"""What each receiver answered, as a whole and to each question."""

_ADDED = f"""
, made AS (
    SELECT d.*, w.round_id, w.body_id FROM workflow_roundaddendum d
    JOIN workflow_roundanswer w ON w.id = d.answer_id JOIN workflow_round r ON r.id = w.round_id {_OF_COUNTY}
)
SELECT 'kompletteringen ' || coalesce(m.id, (a.said->>'addendum')::bigint) || ' av ett svar'
FROM made m FULL JOIN act a ON (a.said->>'addendum')::bigint = m.id
WHERE (m.round_id::text, m.body_id, m.added_by_id, m.text)
    IS DISTINCT FROM (a.said->>'round', a.body_id, a.actor_id, a.said->>'text')
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names
"""What was added to an answer."""

_REMINDED = f"""
, made AS (
    SELECT w.round_id, w.body_id, m.day, m.kind, m.due, m.by_id FROM workflow_roundreminder m
    JOIN workflow_roundanswer w ON w.id = m.answer_id JOIN workflow_round r ON r.id = w.round_id {_OF_COUNTY}
), said AS (
    SELECT (a.said->>'round')::bigint AS round_id, one::text::bigint AS body_id, a.said->>'day' AS day, a.actor_id,
        coalesce(a.said->'paminnelse'->>'kind', '') AS kind, a.said->'paminnelse'->>'due' AS due
    FROM act a CROSS JOIN LATERAL jsonb_array_elements(a.said->'bodies') one
)
SELECT 'påminnelsen till organ ' || coalesce(m.body_id, a.body_id) || ' i runda ' || coalesce(m.round_id, a.round_id)
FROM made m FULL JOIN said a ON (a.round_id, a.body_id, a.day, a.kind) = (m.round_id, m.body_id, m.day::text, m.kind)
WHERE (m.by_id, m.due::text) IS DISTINCT FROM (a.actor_id, a.due)
ORDER BY 1 LIMIT 1
"""  # noqa: S608 - the house's own names
"""Who was reminded, when and by whom, and of which last day where the clock did it."""

ROUNDS = (
    (("e.act IN ('runda_oppnad', 'runda_utokad')", _OPENED), "den"),
    (("e.act IN ('runda_oppnad', 'runda_forlangd')", _DEADLINES), "den"),
    (("e.act IN ('runda_stangd', 'runda_dragen')", _ENDED), "det"),
    (("e.act = 'runda_besvarad'", _ANSWERED), "det"),
    (("e.act = 'runda_svar_kompletterat'", _ADDED), "den"),
    (("e.act = 'runda_pamind'", _REMINDED), "den"),
)
