"""The closed vocabulary of acts: everything the journal can say was done."""

from django.db.models import TextChoices

from governance.vocabulary import MoveKind


class Act(TextChoices):
    """What a journal entry says was done. Moves are recorded as the kind of move they are."""

    SKAPA = MoveKind.SKAPA.value, "skapade satsningen"
    LAMNA_IN = MoveKind.LAMNA_IN.value, "lämnade in"
    TA_UPP = MoveKind.TA_UPP.value, "tog upp till beredning"
    BEGAR_KOMPLETTERING = MoveKind.BEGAR_KOMPLETTERING.value, "begärde komplettering"
    LAMNA_KOMPLETTERING = MoveKind.LAMNA_KOMPLETTERING.value, "lämnade komplettering"
    VIDARE = MoveKind.VIDARE.value, "skickade vidare"
    TILLBAKA = MoveKind.TILLBAKA.value, "skickade tillbaka"
    ANMAL = MoveKind.ANMAL.value, "anmälde till beslut"
    BIFALL = MoveKind.BIFALL.value, "biföll"
    AVSLAG = MoveKind.AVSLAG.value, "avslog"
    ATERREMISS = MoveKind.ATERREMISS.value, "återremitterade"
    BORDLAGGNING = MoveKind.BORDLAGGNING.value, "bordlade"
    OVERLAMNA = MoveKind.OVERLAMNA.value, "lämnade över till beslut i ett annat organ"
    STARTA_FORSTUDIE = MoveKind.STARTA_FORSTUDIE.value, "startade förstudien"
    BESLUT_EFTER_FORSTUDIE = MoveKind.BESLUT_EFTER_FORSTUDIE.value, "beslutade efter förstudien"
    STARTA = MoveKind.STARTA.value, "startade genomförandet"
    PAUSA = MoveKind.PAUSA.value, "pausade"
    ATERUPPTA = MoveKind.ATERUPPTA.value, "återupptog"
    PABORJA_UPPFOLJNING = MoveKind.PABORJA_UPPFOLJNING.value, "påbörjade uppföljning"
    FORTSATT = MoveKind.FORTSATT.value, "beslutade att fortsätta"
    ANDRINGSBESLUT = MoveKind.ANDRINGSBESLUT.value, "beslutade om ändring"
    BREDDINFOR = MoveKind.BREDDINFOR.value, "beslutade om breddinförande"
    SLUTFOR = MoveKind.SLUTFOR.value, "slutförde"
    AVBRYT = MoveKind.AVBRYT.value, "avbröt"
    ATERKALLA = MoveKind.ATERKALLA.value, "återkallade"
    BYT_ANSVARIG_GRUPP = MoveKind.BYT_ANSVARIG_GRUPP.value, "bytte ansvarig grupp"
    FLYTTA_VERSION = MoveKind.FLYTTA_VERSION.value, "flyttade till en annan version"
    BYT_HANDLAGGARE = "byt_handlaggare", "bytte handläggare"
    ANMALAN_ATERTAGEN = "anmalan_atertagen", "tog tillbaka anmälan till beslut"
    FORSLAG_AVSLAGET = "forslag_avslaget", "avslog förslaget"
    FORSLAG_BORDLAGT = "forslag_bordlagt", "bordlade förslaget"
    RUNDA_OPPNAD = "runda_oppnad", "skickade ut"
    RUNDA_UTOKAD = "runda_utokad", "frågade fler"
    RUNDA_BESVARAD = "runda_besvarad", "svarade"
    RUNDA_OVERLAMNAD = "runda_overlamnad", "lämnade över"
    RUNDA_STANGD = "runda_stangd", "stängde"
    RUNDA_DRAGEN = "runda_dragen", "drog tillbaka"
    RUNDA_FORLANGD = "runda_forlangd", "gav längre tid att svara"
    RUNDA_PAMIND = "runda_pamind", "påminde om svar"
    RUNDA_SVAR_KOMPLETTERAT = "runda_svar_kompletterat", "kompletterade sitt svar"
    BILAGA_TILLAGD = "bilaga_tillagd", "lade till en bilaga"
    BILAGA_BORTTAGEN = "bilaga_borttagen", "tog bort en bilaga"
    SEKRETESS = "sekretess", "ändrade sekretessmarkering"
    AVSTEG_BEGART = "avsteg_begart", "begärde avsteg"
    AVSTEG_MEDGIVET = "avsteg_medgivet", "medgav avsteg"
    AVSTEG_AVSLAGET = "avsteg_avslaget", "avslog begäran om avsteg"
    AVSTEG_ATERTAGET = "avsteg_atertaget", "tog tillbaka begäran om avsteg"
    REGISTRERA_I_EFTERHAND = "registrera_i_efterhand", "registrerade i efterhand"
    INSKRIVNING_KLAR = "inskrivning_klar", "avslutade inskrivningen"
    PUBLICERA = "publicera", "publicerade för andra län"
    AVPUBLICERA = "avpublicera", "tog tillbaka publiceringen"
    MOTE_PLANERAT = "mote_planerat", "planerade mötet"
    MOTE_ANDRAT = "mote_andrat", "ändrade mötet"
    MOTE_INSTALLT = "mote_installt", "ställde in mötet"
    MOTE_KALLAT = "mote_kallat", "kallade till mötet"
    MOTE_TILLAGG = "mote_tillagg", "lade till handlingar efter kallelsen"
    MOTE_OPPNAT = "mote_oppnat", "öppnade mötet"
    MOTE_BESLUT = "mote_beslut", "förde in en paragraf"
    MOTE_AVSLUTAT = "mote_avslutat", "avslutade mötet"
    OVRIGT_ARENDE = "ovrigt_arende", "anmälde ett övrigt ärende"
    OVRIGT_ARENDE_ANDRAT = "ovrigt_arende_andrat", "ändrade ett övrigt ärende"
    OVRIGT_ARENDE_ATERTAGET = "ovrigt_arende_atertaget", "tog tillbaka ett övrigt ärende"
    NARVARO = "narvaro", "antecknade närvaro"
    OMROSTNING = "omrostning", "förde in en omröstning"
    JAV_PROVAT = "jav_provat", "förde in jäv"
    RESERVATION = "reservation", "reserverade sig"
    PROTOKOLL = "protokoll", "upprättade protokollet"
    JUSTERING_BEGARD = "justering_begard", "skickade protokollet för justering"
    JUSTERARE_UTSEDD = "justerare_utsedd", "utsåg en annan justerare"
    JUSTERING_PAMIND = "justering_pamind", "påminde om justeringen"
    JUSTERING = "justering", "svarade på justeringen"
    PROTOKOLL_JUSTERAT = "protokoll_justerat", "justerade protokollet"
    PROTOKOLL_RATTAT = "protokoll_rattat", "rättade protokollet"
    UTDRAG_EXPEDIERAT = "utdrag_expedierat", "expedierade protokollsutdrag"
    UTDRAG_PAMINT = "utdrag_pamint", "påminde om protokollsutdrag"
    UTDRAG_MOTTAGET = "utdrag_mottaget", "tog emot protokollsutdrag"
    ATERFORT = "aterfort", "återförde hem"
    UPPDRAG_INFORT = "uppdrag_infort", "förde in ett uppdrag"
    FRANVARO = "franvaro", "anmälde frånvaro"
    FRANVARO_SLUT = "franvaro_slut", "återkallade frånvaro"
    PAMINNELSE = "paminnelse", "påminde om sista dagen"
    STOPP = "stopp", "sa varför satsningen står still"
    STOPP_SLUT = "stopp_slut", "sa att satsningen går vidare"
    UPPDRAG_UTFORT = "uppdrag_utfort", "verkställde ett beslut"
    UTSKICK_ANDRAT = "utskick_andrat", "ändrade hur e-post skickas"
    BREV_SLAPPTA = "brev_slappta", "släppte breven om ett beslut"
    KOMMENTAR = "kommentar", "kommenterade"
    KOMMENTAR_SVAR = "kommentar_svar", "svarade på en kommentar"
    KOMMENTAR_INLAGG = "kommentar_inlagg", "skrev i en kommentar"
    KOMMENTAR_GODTAGEN = "kommentar_godtagen", "godtog svaret på en kommentar"
    KOMMENTAR_OPPNAD = "kommentar_oppnad", "öppnade en kommentar igen"
    MEDFORFATTARE_INBJUDEN = "medforfattare_inbjuden", "bjöd in en medförfattare"
    MEDFORFATTARE_MED = "medforfattare_med", "tackade ja till att medverka"
    MEDFORFATTARE_AVSLUTAD = "medforfattare_avslutad", "avslutade en medverkan"


class Rekommendation(TextChoices):
    """What the preparing body recommends."""

    TILLSTYRKAN = "tillstyrkan", "Tillstyrkan"
    AVSTYRKAN = "avstyrkan", "Avstyrkan"


class RoundKind(TextChoices):
    """What a round of answers is for."""

    REMISS = "remiss", "Remiss"
    SAMRAD = "samrad", "Samråd"
    RESURSBEKRAFTELSE = "resursbekraftelse", "Bekräftelse av resurser"


class AnswerState(TextChoices):
    """How far a receiver has come."""

    VANTAR = "vantar", "Väntar på svar"
    BESVARAD = "besvarad", "Besvarad"
    AVBOJD = "avbojd", "Avböjd"
    UTEBLIVEN = "utebliven", "Inget svar"
    DRAGEN = "dragen", "Frågan drogs tillbaka"


class Stance(TextChoices):
    """What the answer comes to."""

    INSTAMMER = "instammer", "Instämmer"
    MED_ANDRINGAR = "med_andringar", "Instämmer med ändringar"
    AVSTYRKER = "avstyrker", "Avstyrker"
    BEKRAFTAR = "bekraftar", "Bekräftar"
    AVSTAR = "avstar", "Tar inte ställning"


class RoundEnding(TextChoices):
    """How a round came to its end."""

    ALLA_SVARADE = "alla_svarade", "Alla har svarat"
    STANGD = "stangd", "Stängd med det som hade kommit in"
    DRAGEN = "dragen", "Tillbakadragen"
    ARENDET = "arendet", "Avslutad med ärendet"


class Flyttlage(TextChoices):
    """How it went for a case that is to be moved to another version of its path."""

    VANTAR = "vantar", "Väntar"
    FLYTTAD = "flyttad", "Flyttad"
    REDAN = "redan", "Redan flyttad"
    NEKAD = "nekad", "Inte flyttad"


class Avstegslage(TextChoices):
    """How an avsteg stands: asked for, answered, or ended with the case's passing of the gate."""

    BEGART = "begart", "Väntar på svar"
    MEDGIVET = "medgivet", "Medgivet"
    AVSLAGET = "avslaget", "Avslaget"
    ATERTAGET = "atertaget", "Återtaget"
    FORFALLET = "forfallet", "Förfallet utan svar"
    UPPHORT = "upphort", "Medgivet, grinden är passerad"


class Kommentarslage(TextChoices):
    """How a comment stands."""

    OPPEN = "oppen", "Öppen"
    BESVARAD = "besvarad", "Besvarad"
    GODTAGEN = "godtagen", "Godtagen"


class Inlaggsslag(TextChoices):
    """What somebody writes in the thread of a comment; all but *inlägg* change how the comment stands."""

    SVAR = "svar", "Svar"
    INLAGG = "inlagg", "Inlägg"
    GODTAGEN = "godtagen", "Godtagen"
    OPPNAD = "oppnad", "Öppnad igen"


class Medverkan(TextChoices):
    """What somebody who is invited to a draft may do."""

    SKRIVA = "skriva", "Skriva och kommentera"
    KOMMENTERA = "kommentera", "Läsa och kommentera"
