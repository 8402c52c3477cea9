"""The closed vocabulary of the desk: what can wait for somebody, and how urgent it is."""

from django.db.models import TextChoices


class DeskKind(TextChoices):
    """What a line of the desk is; the word is what its mark says."""

    DRAG = "drag", "Satsning"
    VIDARE = "vidare", "Fört vidare"
    SVAR = "svar", "Remiss eller bekräftelse"
    AVSTEG = "avsteg", "Avsteg"
    LAGE = "lage", "Läge"
    BESLUT = "beslut", "Beslut"
    LAS = "las", "Handlingar"
    ROST = "rost", "Per capsulam"
    KALLA = "kalla", "Kallelse"
    JUSTERA = "justera", "Justering"
    RATTA = "ratta", "Rättelse"
    PROTOKOLL = "protokoll", "Protokoll"
    UTDRAG = "utdrag", "Utdrag"
    HEM = "hem", "Återföring"
    VERKSTALL = "verkstall", "Beslut att verkställa"
    KOMMENTAR = "kommentar", "Kommentar"


class BesideKind(TextChoices):
    """What stands beside: what the person waits for from others, and what is to come."""

    RUNDA = "runda", "Remiss eller bekräftelse"
    AVSTEG = "avsteg", "Avsteg"
    OTAGET = "otaget", "Utdrag"
    JUSTERAS = "justeras", "Justering"
    BORD = "bord", "På bordet"
    MOTE = "mote", "Möte"
    ERSATTER = "ersatter", "Du ersätter"
    BORTA = "borta", "Din frånvaro"


class Urgency(TextChoices):
    """How soon something must be done."""

    FORSENAT = "forsenat", "Försenat"
    SNART = "snart", "Inom en vecka"
    SEN = "sen", "Senare, eller utan sista dag"
