"""What carries the paragraph of the minutes that decided it; written by `governance.minuted` alone."""

from django.db import models
from django.db.models import Q

LONGEST_PARAGRAPH, LONGEST_BODY = 40, 150
WHOLE = Q(decided_paragraph="", minuted_on=None, minuted_by="") | (
    ~Q(decided_paragraph="") & Q(minuted_on__isnull=False) & ~Q(minuted_by="")
)
"""A paragraph has a day and a body, or there is none of them."""


class Minuted(models.Model):
    """Something a meeting here has decided, or may come to decide.

    What a county file says of when and by whom it was decided is the file's own, in other columns: a loaded file
    neither sets nor empties these.
    """

    decided_paragraph = models.CharField("beslutsparagraf", max_length=LONGEST_PARAGRAPH, blank=True)
    minuted_on = models.DateField("mötesdag för beslutet", null=True, blank=True)
    minuted_by = models.CharField("organ som beslutade", max_length=LONGEST_BODY, blank=True)

    class Meta:
        abstract = True
