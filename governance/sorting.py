"""The only place that says in which order Swedish names stand, the same on every PostgreSQL."""

from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Collate, Lower


def swedish(column: str | Expression | F) -> Collate:
    """Return the expression to sort by: å, ä and ö last, capitals as small letters.

    The embedded PostgreSQL has no Swedish collation; the three letters are therefore put after z, byte by byte.
    """
    text: Combinable = F(column) if isinstance(column, str) else column
    return Collate(Func(Lower(text), Value("åäöÅÄÖ"), Value("{|}{|}"), function="translate"), "C")
