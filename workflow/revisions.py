"""Freezing: the only writer of revisions."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from governance import prepared
from satsningar.content import canonical_json

_FREEZE = """
INSERT INTO satsningar_revision (satsning_id, number, act, content, sha256, created_at)
SELECT %(satsning)s, coalesce(max(number), 0) + 1, %(act)s, %(content)s, %(sha256)s, %(at)s
FROM satsningar_revision WHERE satsning_id = %(satsning)s
RETURNING id, number
"""


def freeze(satsning_id: int, parts: Mapping[str, Any], *, act: str, at: datetime) -> tuple[int, int]:
    """Keep the content as it stands, for ever; return the revision's id and number. One statement.

    The case's row is locked by the caller, which keeps numbers without gaps.

    Args:
        satsning_id: whose content.
        parts: every part's value as `satsningar.content` reads it.
        act: the code of the move it is frozen at.
        at: when.

    """
    content = canonical_json(parts)
    written = {
        "satsning": satsning_id,
        "act": act,
        "content": content,
        "sha256": sha256(content.encode()).hexdigest(),
        "at": at,
    }
    [(id_, number)] = prepared.fetch_all(_FREEZE, written)
    return id_, number
