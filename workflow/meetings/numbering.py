"""The only giver of paragraph numbers: each body's year has one series, without gaps."""

from governance import prepared
from governance.meeting_rules import meeting_rule
from governance.models import Body

_NEXT = """
INSERT INTO workflow_paragrafserie AS s (body_id, year, last)
VALUES (%(body)s, %(year)s, 1 + CASE
    WHEN EXISTS (SELECT FROM workflow_paragrafserie k WHERE k.body_id = %(body)s AND k.year = %(year)s) THEN 0
    ELSE coalesce((
        SELECT max((
            SELECT found[1]::int FROM regexp_matches(b.paragraph, '[0-9]+', 'g') WITH ORDINALITY AS m (found, place)
            WHERE length(found[1]) <= 6 AND found[1] <> %(year)s::text ORDER BY place LIMIT 1
        ))
        FROM workflow_beslut b WHERE b.body_id = %(body)s
        AND b.meeting_date BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
    ), 0) END)
ON CONFLICT (body_id, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""
"""A number recorded by hand is the first in what was written that is not the year: `§ 14`, `LSG § 14/2026`."""


def next_paragraph(body: Body, year: int) -> tuple[int, str]:
    """Return the next number of the body's year and the paragraph as it is written; one statement.

    The series' row is locked until the transaction ends, so that a number whose paragraph is not written is given
    again. The first number of a year comes after the highest one that was recorded by hand.

    Args:
        body: whose paragraph; its meeting rule says how it is written.
        year: of the meeting's day.

    """
    [(number,)] = prepared.fetch_all(_NEXT, {"body": body.pk, "year": year})
    return number, meeting_rule(body).paragraph(year, number)
