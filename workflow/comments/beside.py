"""What the page of a case shows of comments and of reading, read in one statement."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from governance import prepared
from workflow.vocabulary import Kommentarslage

_BESIDE = """
SELECT (SELECT m.versions::text FROM workflow_casereadmark m
        WHERE m.person_id = %(person)s::bigint AND m.satsning_id = %(satsning)s::bigint),
    (SELECT json_agg(json_build_array(c.part, c.state, c.many))::text FROM (
        SELECT part, state, count(*) AS many FROM (
            SELECT k.part, coalesce((SELECT i.state FROM workflow_kommentarsinlagg i WHERE i.kommentar_id = k.id
                ORDER BY i.id DESC LIMIT 1), 'oppen') AS state
            FROM workflow_kommentar k WHERE k.satsning_id = %(satsning)s::bigint) s
        GROUP BY part, state) c),
    (SELECT json_agg(p.name ORDER BY p.name)::text FROM workflow_medforfattare f JOIN governance_person p
        ON p.id = f.person_id WHERE f.satsning_id = %(satsning)s::bigint AND f.ended_at IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """How far the person has read the case, None where they have never opened it; its comments by part and state."""

    seen: Mapping[str, int] | None
    comments: Mapping[str, Mapping[Kommentarslage, int]]
    coauthors: tuple[str, ...] = ()
    """Who has accepted an invitation that has not been ended."""

    def count(self, state: Kommentarslage) -> int:
        """Return how many comments stand so."""
        return sum(part.get(state, 0) for part in self.comments.values())


def beside(satsning_id: int, person_id: int) -> Beside:
    """Return what stands beside a case for a person; one statement."""
    seen, counted, names = prepared.fetch_all(_BESIDE, {"person": person_id, "satsning": satsning_id})[0]
    comments: dict[str, dict[Kommentarslage, int]] = {}
    for part, state, many in json.loads(counted) if counted else ():
        comments.setdefault(part, {})[Kommentarslage(state)] = many
    return Beside(json.loads(seen) if seen else None, comments, tuple(json.loads(names)) if names else ())
