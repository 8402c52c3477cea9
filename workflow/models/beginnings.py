"""What a new satsning may begin from: a county's template, an earlier one, or what another county has published."""

from django.conf import settings
from django.db import models

from governance.models import Arendegang, County
from satsningar.models import Revision, Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode


class Mall(models.Model):
    """A county's template: words that the parts of a new satsning begin with.

    `parts` holds texts by part and field, cleaned as the parts themselves are. `arendegang` is the path it is for, or
    none when it is for all of them. `version` is raised by every save.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="mallar")
    arendegang = models.ForeignKey(
        Arendegang, on_delete=models.PROTECT, null=True, blank=True, related_name="mallar", verbose_name="ärendegång"
    )
    name = models.CharField("namn", max_length=150)
    description = models.TextField("när den passar", blank=True)
    parts = models.JSONField("innehåll", default=dict)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField("upphörde", null=True, blank=True)

    class Meta:
        verbose_name = "mall"
        verbose_name_plural = "mallar"
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("county", "name"), condition=models.Q(ended_at=None), name="mall_name_once_in_county"
            ),
        )

    def __str__(self) -> str:
        """Return its name."""
        return self.name


class Publicering(models.Model):
    """That a county lets everybody who takes part in any county read a decided revision of one of its satsningar.

    `title`, `reference` and `county_name` are kept as they were; `revision` is the frozen content. At most one is open
    per satsning, and one that is withdrawn stays as a row that is shown to nobody.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="publiceringar")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("titel", max_length=200)
    reference = models.CharField("ärendenummer", max_length=60, blank=True)
    county_name = models.CharField("län", max_length=100)
    published_at = models.DateTimeField("publicerad")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("återtagen", null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "publicering"
        verbose_name_plural = "publiceringar"
        ordering = ("-published_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("satsning",), condition=models.Q(withdrawn_at=None), name="publicering_open_once"
            ),
        )

    def __str__(self) -> str:
        """Return what is published and by whom."""
        return f"{self.title} ({self.county_name})"


class Forlaga(models.Model):
    """What a satsning began from. `label` says it in words that stay, whatever becomes of it.

    `left_behind` is what could not be taken along, as pairs of part and sentence. At most one of the links is set.
    """

    satsning = models.OneToOneField(Satsning, on_delete=models.PROTECT, primary_key=True, related_name="forlaga")
    label = models.CharField("bygger på", max_length=500)
    mall = models.ForeignKey(Mall, on_delete=models.PROTECT, null=True, related_name="+")
    tidigare = models.ForeignKey(Satsning, on_delete=models.PROTECT, null=True, related_name="+")
    publicering = models.ForeignKey(Publicering, on_delete=models.PROTECT, null=True, related_name="+")
    left_behind = models.JSONField("det som inte följde med", default=list)

    class Meta:
        verbose_name = "förlaga"
        verbose_name_plural = "förlagor"

    def __str__(self) -> str:
        """Return what it began from."""
        return self.label


class KopieradDel(models.Model):
    """A part that was copied when the satsning was made; unreviewed until somebody has looked it through."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="kopierade_delar")
    part = models.CharField("del", max_length=30, choices=[(part.value, part.label) for part in DECIDED_PARTS])
    reviewed_at = models.DateTimeField("genomgången", null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "kopierad del"
        verbose_name_plural = "kopierade delar"
        constraints = (models.UniqueConstraint(fields=("satsning", "part"), name="kopierad_del_once"),)

    def __str__(self) -> str:
        """Return the part."""
        return f"kopierad: {PartCode(self.part).label}"
