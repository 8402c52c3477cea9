"""The closed vocabulary of guides: one for each thing that somebody comes here to do."""

from django.db.models import TextChoices


class Guide(TextChoices):
    """What a guide is for, in the order they are shown to somebody who has several roles."""

    STOD = "stod", "Du som arbetar i regionalt stöd"
    SEKRETERARE = "sekreterare", "Du som för in beslut"
    BEREDNING = "beredning", "Du som bereder"
    ARBETSGRUPP = "arbetsgrupp", "Du som arbetar i en arbetsgrupp"
    BESLUT = "beslut", "Du som beslutar"
    KONTAKT = "kontakt", "Du som svarar för en organisation"
    DELTAR = "deltar", "Du som deltar utan att besluta"
