"""The closed vocabulary that county files compose: every kind the machine knows, by its ASCII code.

A county file may use these codes and no others. What a kind *does* is written once, in the code that
handles it; adding a member here is a change of the machine, never of a county.
"""

from django.db.models import TextChoices


class OrganisationKind(TextChoices):
    """What an organisation is; `omfattning` counts them by kind."""

    REGION = "region", "Region"
    KOMMUN = "kommun", "Kommun"
    PRIVAT_VARDGIVARE = "privat_vardgivare", "Privat vårdgivare"
    ANNAN = "annan", "Annan organisation"


class BodyKind(TextChoices):
    """What a body is for. Each organisation also has one body of kind *organisation*: its contacts."""

    ARBETSGRUPP = "arbetsgrupp", "Arbetsgrupp"
    BEREDNINGSGRUPP = "beredningsgrupp", "Beredningsgrupp"
    STYRGRUPP = "styrgrupp", "Styrgrupp"
    NAMND = "namnd", "Politisk nämnd"
    REFERENSGRUPP = "referensgrupp", "Referensgrupp"
    REGIONALT_STOD = "regionalt_stod", "Länsgemensamt regionalt stöd"
    FOU = "fou", "FoU-enhet"
    ORGANISATION = "organisation", "Kontaktpersoner i organisation"


ANSVARIG_GRUPP = "ansvarig_grupp"
"""Stands in a move's `av` for the body that answers for the case, whatever its kind."""


class Role(TextChoices):
    """A person's role in a body (domain, section 3, the table of roles)."""

    ORDFORANDE = "ordforande", "Ordförande"
    VICE_ORDFORANDE = "vice_ordforande", "Vice ordförande"
    LEDAMOT = "ledamot", "Ledamot"
    ERSATTARE = "ersattare", "Ersättare"
    SEKRETERARE = "sekreterare", "Sekreterare"
    HANDLAGGARE = "handlaggare", "Handläggare"
    ADJUNGERAD = "adjungerad", "Adjungerad"
    KONTAKTPERSON = "kontaktperson", "Kontaktperson"
    SAMORDNARE = "samordnare", "Samordnare"


class Mandate(TextChoices):
    """What a role may do in its body; held as guardian permissions on the body."""

    FORFATTA = "forfatta", "Författa satsningar"
    BEREDA = "bereda", "Bereda ärenden"
    BESLUTA = "besluta", "Besluta"
    LEDA_MOTE = "leda_mote", "Leda möten"
    PROTOKOLLFORA = "protokollfora", "Föra in beslut"
    GE_AVSTEG = "ge_avsteg", "Medge avsteg"
    SVARA = "svara", "Svara för organisationen"
    FOLJA = "folja", "Följa alla satsningar"
    LEDA_ARENDEN = "leda_arenden", "Hålla ihop uppföljning och byta ansvarig grupp"
    ADMINISTRERA = "administrera", "Administrera personer och uppdrag"


HANDED_OVER = (Mandate.FORFATTA, Mandate.BEREDA, Mandate.SVARA, Mandate.LEDA_ARENDEN)
"""What a colleague may do in somebody's place. What is decided at the table is left to the body's own substitutes."""


class StationKind(TextChoices):
    """What a station is; who reads and writes there follows from it (domain, section 3)."""

    UTKAST = "utkast", "Utkast"
    INLAMNAD = "inlamnad", "Inlämnad"
    BEREDNING = "beredning", "Beredning"
    KOMPLETTERING = "komplettering", "Komplettering"
    BESLUT = "beslut", "Beslut"
    BESLUTAD = "beslutad", "Beslutad"
    FORSTUDIE = "forstudie", "Förstudie"
    GENOMFORANDE = "genomforande", "Genomförande"
    VILANDE = "vilande", "Vilande"
    UPPFOLJNING = "uppfoljning", "Uppföljning"
    BREDDINFORANDE = "breddinforande", "Breddinförande"
    SLUTFORD = "slutford", "Slutförd"
    AVSLAGEN = "avslagen", "Avslagen"
    AVBRUTEN = "avbruten", "Avbruten"
    ATERKALLAD = "aterkallad", "Återkallad"


FINAL_KINDS = frozenset(
    {StationKind.SLUTFORD, StationKind.AVSLAGEN, StationKind.AVBRUTEN, StationKind.ATERKALLAD},
)
DECIDED_KINDS = frozenset(
    {
        StationKind.BESLUTAD,
        StationKind.FORSTUDIE,
        StationKind.GENOMFORANDE,
        StationKind.VILANDE,
        StationKind.UPPFOLJNING,
        StationKind.BREDDINFORANDE,
    },
)


class MoveKind(TextChoices):
    """What a move does beyond changing station; each kind is handled once, in `workflow`."""

    SKAPA = "skapa", "Skapa"
    LAMNA_IN = "lamna_in", "Lämna in"
    TA_UPP = "ta_upp", "Ta upp"
    BEGAR_KOMPLETTERING = "begar_komplettering", "Begär komplettering"
    LAMNA_KOMPLETTERING = "lamna_komplettering", "Lämna komplettering"
    VIDARE = "vidare", "Skicka vidare till nästa beredning"
    TILLBAKA = "tillbaka", "Skicka tillbaka till föregående beredning"
    ANMAL = "anmal", "Anmäl till beslut"
    BIFALL = "bifall", "Bifall"
    AVSLAG = "avslag", "Avslag"
    ATERREMISS = "aterremiss", "Återremiss"
    BORDLAGGNING = "bordlaggning", "Bordläggning"
    OVERLAMNA = "overlamna", "Lämna över till beslut i ett annat organ"
    STARTA_FORSTUDIE = "starta_forstudie", "Starta förstudie"
    BESLUT_EFTER_FORSTUDIE = "beslut_efter_forstudie", "Beslut efter förstudie"
    STARTA = "starta", "Starta"
    PAUSA = "pausa", "Pausa"
    ATERUPPTA = "ateruppta", "Återuppta"
    PABORJA_UPPFOLJNING = "paborja_uppfoljning", "Påbörja uppföljning"
    FORTSATT = "fortsatt", "Fortsätt"
    ANDRINGSBESLUT = "andringsbeslut", "Ändringsbeslut"
    BREDDINFOR = "breddinfor", "Beslut om breddinförande"
    SLUTFOR = "slutfor", "Slutför"
    AVBRYT = "avbryt", "Avbryt"
    ATERKALLA = "aterkalla", "Återkalla"
    BYT_ANSVARIG_GRUPP = "byt_ansvarig_grupp", "Byt ansvarig grupp"
    FLYTTA_VERSION = "flytta_version", "Flytta till en annan version"


BUILT_IN_MOVES = frozenset({MoveKind.FLYTTA_VERSION})
"""Moves that every version of every path has without its being written in a county file."""


class ConditionKind(TextChoices):
    """What a move may be limited to; the amount stands beside it in the move's `villkor`."""

    KOSTNAD_OVER = "kostnad_over", "Kostar mer än"
    KOSTNAD_HOGST = "kostnad_hogst", "Kostar högst"


class RequirementCode(TextChoices):
    """What a gate may demand; each code is implemented once, by `satsningar` or `workflow`."""

    TITEL = "titel", "Titel"
    BEHOV = "behov", "Behov med källa"
    SYFTE = "syfte", "Syfte"
    MALGRUPP = "malgrupp", "Målgrupp"
    OMFATTNING = "omfattning", "Deltagande organisationer"
    FOKUSOMRADE = "fokusomrade", "Fokusområde och mål med motivering"
    GROV_KOSTNAD = "grov_kostnad", "Grov kostnad"
    BRUKARMEDVERKAN_FORSTA = "brukarmedverkan_forsta", "Ett första svar om brukarmedverkan"
    LEDARE = "ledare", "Vem som leder"
    DEL_UPPDRAG = "del_uppdrag", "Uppdraget är komplett"
    DEL_OMFATTNING = "del_omfattning", "Omfattningen är komplett"
    DEL_RESURSER = "del_resurser", "Resurserna är kompletta"
    DEL_EKONOMI = "del_ekonomi", "Ekonomin är komplett"
    DEL_BRUKARMEDVERKAN = "del_brukarmedverkan", "Brukarmedverkan är komplett"
    DEL_UPPFOLJNING = "del_uppfoljning", "Planen för uppföljning är komplett"
    DEL_INFORANDE = "del_inforande", "Planen för införande är komplett"
    INFORANDE_ALLA = "inforande_alla", "Varje kommun har ett planerat år eller ”efter piloten”"
    UTLATANDE = "utlatande", "Utlåtande"
    REKOMMENDATION = "rekommendation", "Rekommendation"
    FORSLAG = "forslag", "Förslag till beslut"
    REMISS_HALLEN = "remiss_hallen", "Minst en remiss är genomförd"
    INGEN_OPPEN_REMISS = "ingen_oppen_remiss", "Ingen öppen remiss"
    KOMPLETTERING_BESVARAD = "komplettering_besvarad", "Varje begärd komplettering är besvarad"
    RESURSER_BEKRAFTADE = "resurser_bekraftade", "Varje deltagande organisation har bekräftat sina resurser"
    FORSTUDIERAPPORT = "forstudierapport", "Förstudierapport"
    BASLINJE = "baslinje", "Utgångsvärde för varje mått"
    ANDRINGAR_INARBETADE = "andringar_inarbetade", "Beslutade ändringar är inarbetade"
    UPPFOLJNINGSRAPPORT = "uppfoljningsrapport", "Uppföljningsrapport"
    UTFALL = "utfall", "Utfall för varje mått"
    BRUKARMEDVERKAN_REDOVISAD = "brukarmedverkan_redovisad", "Brukarmedverkan är redovisad"
    INFORANDE_DETALJ = "inforande_detalj", "Varje kommun har år, ansvarig och lokal anpassning"
    LAGE_SLUTLIGT = "lage_slutligt", "Varje organisation har infört eller avstått med skäl"
    SLUTRAPPORT = "slutrapport", "Slutrapport med lärdomar"
    LARDOMAR = "lardomar", "Lärdomar"
    ANDRINGSFORSLAG = "andringsforslag", "Förslag till ändrade delar"
    INSKRIVNING_KLAR = "inskrivning_klar", "Det som registreras i efterhand är färdigskrivet"
    KOPIERAT_GENOMGANGET = "kopierat_genomganget", "Det som är kopierat är genomgånget"


NEVER_WAIVED = frozenset(
    {
        RequirementCode.TITEL,
        RequirementCode.BEHOV,
        RequirementCode.SYFTE,
        RequirementCode.MALGRUPP,
        RequirementCode.OMFATTNING,
        RequirementCode.DEL_UPPDRAG,
        RequirementCode.DEL_OMFATTNING,
        RequirementCode.UTLATANDE,
        RequirementCode.REKOMMENDATION,
        RequirementCode.FORSLAG,
        RequirementCode.INGEN_OPPEN_REMISS,
        RequirementCode.KOMPLETTERING_BESVARAD,
        RequirementCode.ANDRINGAR_INARBETADE,
        RequirementCode.ANDRINGSFORSLAG,
        RequirementCode.INSKRIVNING_KLAR,
        RequirementCode.KOPIERAT_GENOMGANGET,
    }
)
"""What no avsteg waives: what makes a case a satsning at all, and what a body decides on or has itself demanded.

Every other requirement may be waived, for one case and one gate, by who holds the mandate *ge_avsteg* (ADR 0018).
"""


class Omfattning(TextChoices):
    """The form of scope that a path demands of its satsningar."""

    REGION_OCH_KOMMUN = "region_och_kommun", "Regionen och minst en kommun"
    KOMMUN_OCH_VARDGIVARE = "kommun_och_vardgivare", "Minst en kommun och en privat vårdgivare"
    FLERA_FORVALTNINGAR = "flera_forvaltningar", "Minst två förvaltningar"


class QuorumRule(TextChoices):
    """How a deciding body is quorate; parameters stand beside it in the body's rule."""

    MER_AN_HALFTEN = "mer_an_halften", "Mer än hälften av ledamöterna"
    ANDEL = "andel", "Minst en viss andel av ledamöterna"
    REGION_OCH_KOMMUNER = "region_och_kommuner", "Regionen och minst ett visst antal kommuner"
    MAJORITET_AV_ORGANISATIONER = "majoritet_av_organisationer", "Mer än hälften av organisationerna"


class Rundfrist(TextChoices):
    """The rounds of answers that a path may say how long they last."""

    REMISS = "remiss", "Remiss"
    SAMRAD = "samrad", "Samråd"
    RESURSBEKRAFTELSE = "resursbekraftelse", "Bekräftelse av resurser"
    JUSTERING = "justering", "Justering"


class Eskalering(TextChoices):
    """To whom it is taken further that a case has stayed too long."""

    ORDFORANDE = "ordforande", "Ordföranden i det organ som har ärendet"
    REGIONALT_STOD = "regionalt_stod", "Regionalt stöd"
