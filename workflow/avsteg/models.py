"""A request for an avsteg, its answer and its end: rows that are added and never changed."""

from django.conf import settings
from django.db import models

from governance.models import ArendegangVersion, Body
from governance.vocabulary import RequirementCode
from satsningar.models import Satsning
from workflow.vocabulary import Avstegslage


class Avsteg(models.Model):
    """A request to waive one requirement of one gate for a case; the table takes no UPDATE or DELETE.

    `version` is the version of the path that the case followed: an avsteg ends when it is moved to another.
    `gate_name` is the gate's name as it was, `body` the deciding body that answers.
    """

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="avsteg")
    version = models.ForeignKey(ArendegangVersion, on_delete=models.PROTECT, related_name="+")
    gate = models.CharField("grind", max_length=40)
    gate_name = models.CharField("grindens namn", max_length=100)
    requirement = models.CharField("krav", max_length=40)
    reason = models.TextField("skäl")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="begarda_avsteg")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="avsteg", verbose_name="till")
    asked_at = models.DateTimeField("begärt")
    act_id = models.UUIDField("händelse")

    class Meta:
        verbose_name = "avsteg"
        verbose_name_plural = "avsteg"
        ordering = ("-asked_at", "-id")

    def __str__(self) -> str:
        """Return what is waived, and where."""
        return f"{self.requirement_label}, {self.gate_name.lower()}"

    @property
    def requirement_label(self) -> str:
        """Return the requirement in words."""
        return str(RequirementCode(self.requirement).label)

    @property
    def state(self) -> Avstegslage:
        """Return how it stands; `workflow.facts` and `workflow.avsteg.selectors` have the same rule for many.

        Reads `svar`, `slut` and `satsning`: select them along.
        """
        svar: Avstegssvar | None = getattr(self, "svar", None)
        other_path = self.version_id != self.satsning.version_id
        if svar is None:
            return Avstegslage.FORFALLET if other_path else Avstegslage.BEGART
        if svar.outcome != Avstegslage.MEDGIVET:
            return Avstegslage(svar.outcome)
        has_ended = getattr(self, "slut", None) is not None
        return Avstegslage.UPPHORT if has_ended or other_path else Avstegslage.MEDGIVET


class Avstegssvar(models.Model):
    """What became of a request; the table takes no UPDATE or DELETE.

    `by` and `by_body` are empty where nobody answered before the case went on.
    """

    avsteg = models.OneToOneField(Avsteg, on_delete=models.PROTECT, related_name="svar")
    outcome = models.CharField("svar", max_length=12, choices=Avstegslage.choices)
    reason = models.TextField("skäl", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("tid")
    act_id = models.UUIDField("händelse")

    class Meta:
        verbose_name = "svar på begäran om avsteg"
        verbose_name_plural = "svar på begäran om avsteg"

    def __str__(self) -> str:
        """Return the outcome."""
        return self.get_outcome_display()


class Avstegsslut(models.Model):
    """The end of a granted avsteg: the move that took the case past it; the table takes no UPDATE or DELETE."""

    avsteg = models.OneToOneField(Avsteg, on_delete=models.PROTECT, related_name="slut")
    move = models.CharField("förflyttning", max_length=100)
    at = models.DateTimeField("tid")
    act_id = models.UUIDField("händelse")

    class Meta:
        verbose_name = "slut på avsteg"
        verbose_name_plural = "slut på avsteg"

    def __str__(self) -> str:
        """Return the move."""
        return self.move
