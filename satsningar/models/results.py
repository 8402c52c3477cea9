"""What is written after the decision: amendments worked in, values, reports and the state of each organisation."""

from django.db import models

from governance.models import Organisation
from satsningar.models.parts import Effektmatt, Part, PartRow
from satsningar.vocabulary import Inforandestatus, Vardeslag


class Forstudierapport(Part):
    """What the pre-study was to find out, what it found, and what it proposes."""

    fragor = models.TextField("vad förstudien skulle svara på", blank=True)
    resultat = models.TextField("vad förstudien visar", blank=True)
    alternativ = models.TextField("alternativ som har prövats", blank=True)
    brukarmedverkan = models.TextField("hur brukarna har medverkat", blank=True)
    risker = models.TextField("risker och det som fortfarande är oklart", blank=True)
    forslag = models.TextField("förslag till fortsättning", blank=True)


class Inarbetning(Part):
    """How the amendments and conditions of the decision were worked in."""

    hur = models.TextField("hur ändringar och villkor har arbetats in", blank=True)


class Varden(Part):
    """The values of the measures; the values are the rows."""

    kommentar = models.TextField("kommentar", blank=True)


class Matvarde(PartRow):
    """A value of a measure: where it stood before, on the way, or in the end."""

    effektmatt = models.ForeignKey(Effektmatt, on_delete=models.PROTECT, related_name="varden", verbose_name="mått")
    slag = models.CharField("slag", max_length=10, choices=Vardeslag.choices)
    datum = models.DateField("datum")
    varde = models.CharField("värde", max_length=100)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kommentar = models.TextField("kommentar", blank=True)


class Uppfoljningsrapport(Part):
    """What the follow-up showed."""

    resultat = models.TextField("resultat", blank=True)
    brukarmedverkan = models.TextField("hur brukarna har medverkat och vad det gav", blank=True)
    larande = models.TextField("vad vi har lärt oss", blank=True)
    forslag = models.TextField("förslag till fortsättning", blank=True)


class Lage(Part):
    """The state of each organisation; the states are the rows."""

    kommentar = models.TextField("kommentar", blank=True)


class LageRad(PartRow):
    """How far one organisation has come; its own contact answers for the row."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        "läge", max_length=15, choices=Inforandestatus.choices, default=Inforandestatus.EJ_PABORJAT
    )
    datum = models.DateField("datum", null=True, blank=True)
    kommentar = models.TextField("skäl eller kommentar", blank=True)

    class Meta(PartRow.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("satsning", "organisation"), name="lage_once", deferrable=models.Deferrable.DEFERRED
            ),
        )


class Slutrapport(Part):
    """The final report."""

    resultat = models.TextField("resultat i förhållande till målen", blank=True)
    ekonomi = models.TextField("ekonomiskt utfall", blank=True)
    lardomar = models.TextField("lärdomar", blank=True)
    forvaltning = models.TextField("vem som håller arbetssättet vid liv", blank=True)
