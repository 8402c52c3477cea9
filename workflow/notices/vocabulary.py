"""The closed words of notices: kinds of event, when a person wants letters, and how letters stand."""

from django.db.models import TextChoices


class Slag(TextChoices):
    """What a notice is about; people choose letters and filter by these."""

    ARENDE = "arende", "Satsningar på väg"
    BESLUT = "beslut", "Beslut"
    RUNDA = "runda", "Remisser och bekräftelser"
    AVSTEG = "avsteg", "Avsteg"
    MOTE = "mote", "Möten och protokoll"
    EFTER = "efter", "Utdrag och uppdrag"


class Takt(TextChoices):
    """When somebody wants letters about a kind of event."""

    BLANDAT = "blandat", "Strax när jag ska göra något, resten en gång om dagen"
    STRAX = "strax", "Strax, allt"
    DAG = "dag", "En gång om dagen"
    VECKA = "vecka", "En gång i veckan"
    BARA_JAG = "bara_jag", "Bara när jag ska göra något"
    ALDRIG = "aldrig", "Aldrig med e-post"


class Postlage(TextChoices):
    """What becomes of a notice by letter."""

    NY = "ny", "Inte sorterad"
    DAG = "dag", "Väntar på dagens brev"
    VECKA = "vecka", "Väntar på veckans brev"
    BESLUT = "beslut", "Väntar på att släppas"
    BREV = "brev", "I ett brev"
    INGET = "inget", "Inget brev"


class Brevslag(TextChoices):
    """What a letter gathers."""

    STRAX = "strax", "Strax"
    DAG = "dag", "Dagens"
    VECKA = "vecka", "Veckans"


class Brevlage(TextChoices):
    """How a letter stands."""

    VANTAR = "vantar", "Väntar"
    FORSOK = "forsok", "Försöks igen"
    HALLET = "hallet", "Hålls kvar"
    SANT = "sant", "Skickat"
    UPPGIVET = "uppgivet", "Gick inte fram"
