"""The closed vocabulary of a satsning's content."""

from django.db.models import TextChoices


class PartCode(TextChoices):
    """The parts of a satsning; each is edited on a page of its own and has a version of its own."""

    UPPDRAG = "uppdrag", "Uppdrag"
    KOPPLING = "koppling", "Koppling till målbilden"
    OMFATTNING = "omfattning", "Omfattning"
    RESURSER = "resurser", "Resurser"
    EKONOMI = "ekonomi", "Ekonomi"
    BRUKARMEDVERKAN = "brukarmedverkan", "Brukarmedverkan"
    UPPFOLJNING = "uppfoljning", "Plan för uppföljning"
    INFORANDE = "inforande", "Plan för införande"
    FORSTUDIERAPPORT = "forstudierapport", "Förstudierapport"
    INARBETNING = "inarbetning", "Inarbetade ändringar"
    VARDEN = "varden", "Mätvärden"
    UPPFOLJNINGSRAPPORT = "uppfoljningsrapport", "Uppföljningsrapport"
    LAGE = "lage", "Läget i varje organisation"
    SLUTRAPPORT = "slutrapport", "Slutrapport"


DECIDED_PARTS = (
    PartCode.UPPDRAG,
    PartCode.KOPPLING,
    PartCode.OMFATTNING,
    PartCode.RESURSER,
    PartCode.EKONOMI,
    PartCode.BRUKARMEDVERKAN,
    PartCode.UPPFOLJNING,
    PartCode.INFORANDE,
)
"""The seven parts and the links: what a working group proposes and the deciding body decides."""

LATER_PARTS = (
    PartCode.FORSTUDIERAPPORT,
    PartCode.INARBETNING,
    PartCode.VARDEN,
    PartCode.UPPFOLJNINGSRAPPORT,
    PartCode.LAGE,
    PartCode.SLUTRAPPORT,
)
"""What is written after the decision."""


class Kostnadsslag(TextChoices):
    """What a cost is for."""

    PERSONAL = "personal", "Personal"
    INKOP = "inkop", "Inköp"
    IT = "it", "It och system"
    LOKALER = "lokaler", "Lokaler"
    UTBILDNING = "utbildning", "Utbildning"
    OVRIGT = "ovrigt", "Övrigt"


class Finansiering(TextChoices):
    """Where the money comes from."""

    EGEN = "egen", "Egen budget"
    STATSBIDRAG = "statsbidrag", "Statsbidrag"
    PROJEKT = "projekt", "Projektmedel"
    ANNAN = "annan", "Annan finansiering"


class Riktning(TextChoices):
    """Which way a measure is meant to go."""

    OKA = "oka", "Öka"
    MINSKA = "minska", "Minska"
    BEHALLA = "behalla", "Vara oförändrat"


class Frekvens(TextChoices):
    """How often a measure is taken."""

    MANAD = "manad", "Varje månad"
    KVARTAL = "kvartal", "Varje kvartal"
    HALVAR = "halvar", "Varje halvår"
    AR = "ar", "Varje år"
    EN_GANG = "en_gang", "En gång"


class Vardeslag(TextChoices):
    """What a measured value is."""

    BASLINJE = "baslinje", "Utgångsvärde"
    MATNING = "matning", "Mätning"
    UTFALL = "utfall", "Utfall"


class Inforandestatus(TextChoices):
    """How far an organisation has come."""

    EJ_PABORJAT = "ej_paborjat", "Inte påbörjat"
    PAGAR = "pagar", "Pågår"
    INFORT = "infort", "Infört"
    AVSTATT = "avstatt", "Avstått"


FINAL_STATUSES = frozenset({Inforandestatus.INFORT, Inforandestatus.AVSTATT})


class Handlingsslag(TextChoices):
    """What kind of document a handling is."""

    BILAGA = "bilaga", "Bilaga"
    REVISION = "revision", "Revision av satsningen"
    UTLATANDE = "utlatande", "Utlåtande"
    BESLUT = "beslut", "Beslut"
    REMISSVAR = "remissvar", "Remissvar"
    SAMRADSSVAR = "samradssvar", "Svar i samråd"
    BEKRAFTELSE = "bekraftelse", "Bekräftelse av resurser"
    UTDRAG = "utdrag", "Protokollsutdrag"


class Handlingsstatus(TextChoices):
    """What a document is judged to be; an assessment, never a statement of law."""

    ARBETSMATERIAL = "arbetsmaterial", "Arbetsmaterial"
    INKOMMEN = "inkommen", "Inkommen"
    UPPRATTAD = "upprattad", "Upprättad"
    EXPEDIERAD = "expedierad", "Expedierad"
