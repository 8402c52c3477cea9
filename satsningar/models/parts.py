"""The seven parts of a satsning and its links to the målbild, as the working group proposes them.

A part is one row with a version, keyed by the satsning; what it lists lies in row tables beside it.
`satsningar.content` reads them all in one statement and `satsningar.services` alone writes them.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from governance.models import (
    Fokusomrade,
    Forflyttning,
    FundingArea,
    Malomrade,
    Malsattning,
    Matt,
    Organisation,
    Perspektiv,
)
from governance.sorting import swedish
from satsningar.models.satsning import Satsning
from satsningar.vocabulary import Finansiering, Frekvens, Kostnadsslag, Riktning

SEARCHED = SearchVector("titel", "behov", "syfte", "malgrupp", "effekt", "ledare", config="swedish")
"""The words of a satsning that it is found by; the same expression is indexed and asked for."""
YEARS = (MinValueValidator(1900), MaxValueValidator(2200))


class Part(models.Model):
    """One part of one satsning; `version` is raised by every save."""

    satsning = models.OneToOneField(
        Satsning, on_delete=models.PROTECT, primary_key=True, related_name="%(class)s", editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class PartRow(models.Model):
    """One line of a list in a part; its id stays the same from save to save."""

    satsning = models.ForeignKey(Satsning, on_delete=models.PROTECT, related_name="%(class)s_rows", editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ("position", "id")


class Uppdrag(Part):
    """What is to be done, why and for whom."""

    titel = models.CharField("titel", max_length=200, blank=True)
    behov = models.TextField("behov", blank=True)
    behov_kalla = models.TextField("källa till behovet", blank=True)
    syfte = models.TextField("syfte", blank=True)
    malgrupp = models.TextField("målgrupp", blank=True)
    effekt = models.TextField("förväntad effekt för invånaren", blank=True)
    far_besluta = models.TextField("gruppen får själv besluta om", blank=True)
    aterfors = models.TextField("måste tillbaka för beslut", blank=True)
    startar = models.DateField("startar", null=True, blank=True)
    slutar = models.DateField("slutar", null=True, blank=True)
    tidplan = models.TextField("tidplan", blank=True)
    ledare = models.CharField("vem som leder", max_length=150, blank=True)
    ledande_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Part.Meta):
        indexes = (
            GinIndex(SEARCHED, name="uppdrag_words", fastupdate=False),
            models.Index(swedish("titel"), "satsning", name="uppdrag_by_title"),
        )


class Kopplingar(Part):
    """How the satsning serves the målbild; the links are the rows."""

    framgangsfaktorer = models.TextField("förutsättningar och framgångsfaktorer", blank=True)


class KopplingRad(PartRow):
    """A link to exactly one line of the target picture, with a sentence of why."""

    TARGETS = ("malomrade", "fokusomrade", "malsattning", "forflyttning", "perspektiv")

    malomrade = models.ForeignKey(Malomrade, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fokusomrade = models.ForeignKey(Fokusomrade, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    malsattning = models.ForeignKey(Malsattning, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    forflyttning = models.ForeignKey(Forflyttning, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    perspektiv = models.ForeignKey(Perspektiv, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    varfor = models.TextField("varför", blank=True)

    class Meta(PartRow.Meta):
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    models.expressions.RawSQL(
                        "num_nonnulls(malomrade_id, fokusomrade_id, malsattning_id, forflyttning_id,"
                        " perspektiv_id) = 1",
                        (),
                        output_field=models.BooleanField(),
                    )
                ),
                name="koppling_one_target",
            ),
        )


class OmfattningDel(Part):
    """Which organisations take part and how it is to be spread."""

    spridning = models.TextField("avsikt att sprida till hela länet", blank=True)
    resurser_tillfors = models.TextField("resurser som tillförs", blank=True)


class Deltagande(PartRow):
    """A taking-part organisation and what it does."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="deltaganden")
    roll = models.TextField("vad organisationen gör", blank=True)


class Resurser(Part):
    """Time and staff set aside."""

    kommentar = models.TextField("kommentar", blank=True)


class Resurs(PartRow):
    """Somebody's time: hours in all, or a share of full time, for a period."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    roll = models.CharField("roll", max_length=150)
    timmar = models.PositiveIntegerField("timmar", null=True, blank=True, validators=[MaxValueValidator(1_000_000)])
    andel = models.PositiveSmallIntegerField("procent", null=True, blank=True, validators=[MaxValueValidator(10_000)])
    fran = models.DateField("från", null=True, blank=True)
    till = models.DateField("till", null=True, blank=True)


class Ekonomi(Part):
    """What it costs and what the outcome means for whose budget."""

    grov_kostnad = models.DecimalField(
        "grov kostnad, kronor",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100_000_000_000)],
    )
    effekter = models.TextField("ekonomiska effekter", blank=True)
    effekter_budget = models.TextField("i vems budget effekterna hamnar", blank=True)
    efter_projektet = models.TextField("vem som betalar efter projektet", blank=True)


class Kostnad(PartRow):
    """A cost of one year, organisation, kind and funding, in kronor."""

    ar = models.PositiveSmallIntegerField("år", validators=YEARS)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    slag = models.CharField("slag", max_length=20, choices=Kostnadsslag.choices)
    finansiering = models.CharField("finansiering", max_length=20, choices=Finansiering.choices)
    belopp = models.DecimalField(
        "belopp, kronor",
        max_digits=14,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100_000_000_000)],
    )
    statsbidrag = models.ForeignKey(
        FundingArea, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="område"
    )
    halso_och_sjukvard = models.BooleanField("är hälso- och sjukvård", null=True, blank=True)
    motivering = models.TextField("motivering", blank=True)


class Brukarmedverkan(Part):
    """How users, patients and next of kin take part."""

    vilka = models.TextField("vilka som medverkar", blank=True)
    planering = models.TextField("i planeringen", blank=True)
    genomforande = models.TextField("i genomförandet", blank=True)
    uppfoljning = models.TextField("i uppföljningen", blank=True)
    andrade = models.TextField("vad medverkan har ändrat", blank=True)


class Uppfoljningsplan(Part):
    """Which effects are wanted and how they are measured."""

    effekter = models.TextField("önskade effekter", blank=True)
    hur = models.TextField("hur uppföljningen går till", blank=True)


class Effektmatt(PartRow):
    """A measure of the satsning's effect; its values are in `Matvarde`."""

    namn = models.CharField("mått", max_length=250)
    matt = models.ForeignKey(
        Matt,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="länets indikator och mått",
    )
    enhet = models.CharField("enhet", max_length=50, blank=True)
    mal = models.CharField("målvärde", max_length=100, blank=True)
    riktning = models.CharField("riktning", max_length=10, choices=Riktning.choices, blank=True)
    kalla = models.CharField("källa", max_length=250, blank=True)
    frekvens = models.CharField("hur ofta", max_length=10, choices=Frekvens.choices, blank=True)
    agare = models.CharField("ansvarig", max_length=150, blank=True)


class Inforandeplan(Part):
    """How it is tried and then spread."""

    pilot = models.TextField("pilot i liten skala", blank=True)
    karna = models.TextField("kärna som ska vara lika", blank=True)
    anpassas = models.TextField("vad som får anpassas lokalt", blank=True)


class InforandeRad(PartRow):
    """When and by whom it is introduced in one municipality."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ar = models.PositiveSmallIntegerField("år", null=True, blank=True, validators=YEARS)
    efter_piloten = models.BooleanField("efter piloten", default=False)
    ansvarig = models.CharField("ansvarig", max_length=150, blank=True)
    anpassning = models.TextField("lokal anpassning", blank=True)

    class Meta(PartRow.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("satsning", "organisation"), name="inforande_once", deferrable=models.Deferrable.DEFERRED
            ),
        )
