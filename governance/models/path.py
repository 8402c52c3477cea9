"""The ärendegång as rows: named paths, their versions, stations, moves and gates.

A version in force is immutable: `governance.paths` reads it once per process.
"""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from governance.models.bodies import County
from governance.models.minuted import WHOLE, Minuted
from governance.vocabulary import MoveKind, Omfattning, StationKind


class Arendegang(models.Model):
    """A named path of a county; `standard` is taken by bodies that name none. An ended path takes no new case."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="arendegangar")
    code = models.SlugField("kod")
    name = models.CharField("namn", max_length=150)
    standard = models.BooleanField("länets standard", default=False)
    ended_on = models.DateField("upphörde", null=True, blank=True)

    class Meta:
        verbose_name = "ärendegång"
        verbose_name_plural = "ärendegångar"
        constraints = (models.UniqueConstraint(fields=("county", "code"), name="arendegang_code_once"),)

    def __str__(self) -> str:
        """Return the path's name."""
        return self.name


class VersionQuerySet(models.QuerySet["ArendegangVersion"]):
    """Reads over versions."""

    def in_force(self, day: date) -> "VersionQuerySet":
        """Return the versions in force on `day`, newest first; the first one is taken."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from", "-number")


class ArendegangVersion(Minuted):
    """One decided version of a path; `digest` is of its part of the county file, which no paragraph is part of.

    `frister` is what `governance.deadlines.Frister` stores.
    """

    arendegang = models.ForeignKey(Arendegang, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    decided_on = models.DateField("beslutad", null=True, blank=True)
    decided_by = models.CharField("beslutad av", max_length=150, blank=True)
    in_force_from = models.DateField("gäller från")
    omfattning = models.CharField("omfattning", max_length=30, choices=Omfattning.choices)
    frister = models.JSONField("frister", default=dict, blank=True)
    digest = models.CharField("kontrollsumma", max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version av ärendegång"
        verbose_name_plural = "versioner av ärendegångar"
        constraints = (
            models.UniqueConstraint(fields=("arendegang", "number"), name="version_number_once"),
            models.CheckConstraint(condition=WHOLE, name="version_minuted_whole"),
        )

    def __str__(self) -> str:
        """Return path and number."""
        return f"{self.arendegang}, version {self.number}"


class Station(models.Model):
    """A step of the path. `held_by` names the body kind or body code that works there, if any.

    `days` is how many working days a case may stay there, None where the county says nothing.
    """

    version = models.ForeignKey(ArendegangVersion, on_delete=models.PROTECT, related_name="stations")
    code = models.CharField("kod", max_length=40)
    name = models.CharField("namn", max_length=100)
    kind = models.CharField("slag", max_length=20, choices=StationKind.choices)
    held_by = models.CharField("hos", max_length=50, blank=True)
    days = models.PositiveSmallIntegerField("tid i arbetsdagar", null=True, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "steg"
        verbose_name_plural = "steg"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="station_code_once"),)

    def __str__(self) -> str:
        """Return the station's name."""
        return self.name


class Gate(models.Model):
    """A named list of requirement codes, in the order they are shown."""

    version = models.ForeignKey(ArendegangVersion, on_delete=models.PROTECT, related_name="gates")
    code = models.CharField("kod", max_length=40)
    name = models.CharField("namn", max_length=100)
    requirements = ArrayField(models.CharField(max_length=40), verbose_name="krav")

    class Meta:
        verbose_name = "grind"
        verbose_name_plural = "grindar"
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="gate_code_once"),)

    def __str__(self) -> str:
        """Return the gate's name."""
        return self.name


class Move(models.Model):
    """A move: from which stations, to which, made by whom.

    `sources` is empty for the move that makes a case. `targets` is empty for a move that stays where
    it is; with several, the one who moves chooses. `made_by` maps `ansvarig_grupp`, a body kind or a
    body code to the mandate that is needed there. `condition` is what a satsning may cost, as
    `governance.conditions.Condition` stores it.
    """

    version = models.ForeignKey(ArendegangVersion, on_delete=models.PROTECT, related_name="moves")
    code = models.CharField("kod", max_length=40)
    name = models.CharField("namn", max_length=100)
    kind = models.CharField("slag", max_length=30, choices=MoveKind.choices)
    sources = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="från")
    targets = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="till")
    made_by = models.JSONField("av", default=dict)
    in_meeting = models.BooleanField("på möte", default=False)
    needs_reason = models.BooleanField("kräver skäl", default=False)
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, null=True, blank=True, related_name="moves")
    condition = models.JSONField("villkor", default=dict, blank=True)
    position = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "förflyttning"
        verbose_name_plural = "förflyttningar"
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("version", "position"), name="move_position_once"),)

    def __str__(self) -> str:
        """Return the move's name."""
        return self.name


class CountyLoad(models.Model):
    """Who loaded which county file when; the text is kept so that what was in force can be shown."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="loads")
    loaded_at = models.DateTimeField("laddad", auto_now_add=True)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    digest = models.CharField("kontrollsumma", max_length=64)
    text = models.TextField("länsfil")

    class Meta:
        verbose_name = "laddning av länsfil"
        verbose_name_plural = "laddningar av länsfiler"
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return county and time."""
        return f"{self.county} {self.loaded_at:%Y-%m-%d %H.%M}"


class CountyDraft(models.Model):
    """A checked county file that somebody has not loaded yet; only that person sees it. `code` is the county's."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.SlugField("länets kod")
    text = models.TextField("länsfil")
    created_at = models.DateTimeField("kontrollerad", auto_now_add=True)

    class Meta:
        verbose_name = "kontrollerad länsfil"
        verbose_name_plural = "kontrollerade länsfiler"
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return the county's code and the time."""
        return f"{self.code} {self.created_at:%Y-%m-%d %H.%M}"
