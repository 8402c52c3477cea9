"""The closed vocabulary of last days: how a case stands to its own, kinds of reminder, and why a case stands still."""

from django.db.models import TextChoices


class Paminnelseslag(TextChoices):
    """Why a reminder is made: before the last day, after it, or to take it further."""

    FORE = "fore", "Påminnelse före sista dagen"
    EFTER = "efter", "Påminnelse efter sista dagen"
    ESKALERING = "eskalering", "Förd vidare"


class Stopporsak(TextChoices):
    """Why a case stands still; `annat` says so in words of its own."""

    PRIORITERING = "prioritering", "Prioriteringen är ändrad"
    RESURS = "resurs", "Resurser saknas"
    SYSTEM = "system", "It eller verksamhetssystem"
    LAG = "lag", "Lag eller informationsdelning"
    BESLUT = "beslut", "Väntar på beslut"
    ANNAT = "annat", "Annat"
