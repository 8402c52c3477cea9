"""The closed vocabulary of meetings: their states and forms, what an agenda holds and what becomes of it."""

from django.db.models import TextChoices


class MeetingState(TextChoices):
    """How far a meeting has come; only `installt` leaves the line."""

    PLANERAT = "planerat", "Planerat"
    KALLAT = "kallat", "Kallat"
    PAGAR = "pagar", "Pågår"
    AVSLUTAT = "avslutat", "Avslutat"
    JUSTERAT = "justerat", "Justerat"
    INSTALLT = "installt", "Inställt"


class MeetingForm(TextChoices):
    """How a body decides: around a table, by everybody's answer between meetings, or by the chair alone."""

    SAMMANTRADE = "sammantrade", "Sammanträde"
    PER_CAPSULAM = "per_capsulam", "Beslut per capsulam"
    DELEGATION = "delegation", "Beslut på delegation"


class ItemKind(TextChoices):
    """What an item of an agenda is."""

    ARENDE = "arende", "Satsning till beslut"
    OVRIGT = "ovrigt", "Övrigt ärende till beslut"
    INFORMATION = "information", "Information"
    STAENDE = "staende", "Stående punkt"


class StandingItem(TextChoices):
    """A standing item whose content the records give."""

    OPPNANDE = "oppnande", "Sammanträdet öppnas"
    NARVARO = "narvaro", "Närvaro"
    JUSTERARE = "justerare", "Val av justerare"
    DAGORDNING = "dagordning", "Fastställande av dagordningen"
    FOREGAENDE = "foregaende", "Föregående protokoll"
    OPPNA_BESLUT = "oppna_beslut", "Uppföljning av beslut"
    MELLAN_MOTEN = "mellan_moten", "Anmälan av beslut mellan möten"
    OVRIGA_FRAGOR = "ovriga_fragor", "Övriga frågor"
    AVSLUTANDE = "avslutande", "Sammanträdet avslutas"


class ItemSort(TextChoices):
    """Whether the body is to work with a matter, or to know of it."""

    ARBETA = "arbeta", "Arbeta"
    BRA_ATT_VETA = "bra_att_veta", "Bra att veta"

    @property
    def beside(self) -> str:
        """Return what it is called beside a matter, where no heading says what it is about."""
        return "Att arbeta med" if self is ItemSort.ARBETA else str(self.label)


class MatterKind(TextChoices):
    """What a matter without a satsning is about."""

    FOKUSOMRADE = "fokusomrade", "Fokusområde"
    HANDLINGSPLAN = "handlingsplan", "Handlingsplan"
    ARENDEGANG = "arendegang", "Version av ärendegången"
    REMISSVAR = "remissvar", "Svar på remiss"
    UTNAMNING = "utnamning", "Val eller utnämning"
    ANNAT = "annat", "Annat ärende"


class Outcome(TextChoices):
    """What became of an item: the kinds of decision, or that nothing was decided."""

    BIFALL = "bifall", "Bifall"
    BIFALL_ANDRING = "bifall_andring", "Bifall med ändring eller villkor"
    AVSLAG = "avslag", "Avslag"
    ATERREMISS = "aterremiss", "Återremiss"
    BORDLAGGNING = "bordlaggning", "Bordläggning"
    OVERLAMNAD = "overlamnad", "Överlämnad till annat organ"
    UTGICK = "utgick", "Utgick"
    NOTERAT = "noterat", "Informationen antecknas"
    BEHANDLAT = "behandlat", "Behandlat"


class JavState(TextChoices):
    """Whether somebody has jäv in a matter."""

    JAV = "jav", "Har jäv"
    INTE_JAV = "inte_jav", "Prövat: inte jäv"


class JavSource(TextChoices):
    """How a jäv came to be known."""

    ANMALT = "anmalt", "Anmält i förväg"
    VID_BORDET = "vid_bordet", "Anmält vid sammanträdet"
    FORESLAGET = "foreslaget", "Föreslaget av systemet"


class VoteValue(TextChoices):
    """A vote."""

    JA = "ja", "Ja"
    NEJ = "nej", "Nej"
    AVSTAR = "avstar", "Avstår"


class Dissent(TextChoices):
    """What somebody has written to the minutes about a decision."""

    RESERVATION = "reservation", "Reservation"
    ANTECKNING = "anteckning", "Anteckning till protokollet"


class JusteringState(TextChoices):
    """What an adjuster has said of the minutes."""

    VANTAR = "vantar", "Väntar på justering"
    GODKAND = "godkand", "Godkänt"
    RATTELSE = "rattelse", "Begär rättelse"
    AVSLUTAD = "avslutad", "Avslutades utan svar"


class DutyKind(TextChoices):
    """What an open decision asks for."""

    VILLKOR = "villkor", "Villkor"
    UPPDRAG = "uppdrag", "Uppdrag"


class SharePurpose(TextChoices):
    """What a receiver is sent an extract for."""

    ATGARD = "atgard", "för åtgärd"
    KANNEDOM = "kannedom", "för kännedom"


class HomeForm(TextChoices):
    """In what kind of meeting decisions were brought home."""

    NAMND = "namnd", "Nämnd eller styrelse"
    LEDNING = "ledning", "Ledningsgrupp"
    ARBETSPLATS = "arbetsplats", "Arbetsplatsträff"
    SKRIFTLIGT = "skriftligt", "Skriftligt"
    ANNAT = "annat", "På annat sätt"
