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
    RUNDA_OPPNAD = "runda_oppnad", "skickade ut"
    RUNDA_BESVARAD = "runda_besvarad", "svarade"
    RUNDA_OVERLAMNAD = "runda_overlamnad", "lämnade över"
    RUNDA_STANGD = "runda_stangd", "stängde"
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


class Rekommendation(TextChoices):
    """What the preparing body recommends."""

    TILLSTYRKAN = "tillstyrkan", "Tillstyrkan"
    AVSTYRKAN = "avstyrkan", "Avstyrkan"


class RoundKind(TextChoices):
    """What a round of answers is for."""

    REMISS = "remiss", "Remiss"
    RESURSBEKRAFTELSE = "resursbekraftelse", "Bekräftelse av resurser"


class AnswerState(TextChoices):
    """How far a receiver has come."""

    VANTAR = "vantar", "Väntar på svar"
    BESVARAD = "besvarad", "Besvarad"
    AVBOJD = "avbojd", "Avböjd"
    UTEBLIVEN = "utebliven", "Inget svar"


class Stance(TextChoices):
    """What the answer comes to."""

    INSTAMMER = "instammer", "Instämmer"
    MED_ANDRINGAR = "med_andringar", "Instämmer med ändringar"
    AVSTYRKER = "avstyrker", "Avstyrker"
    BEKRAFTAR = "bekraftar", "Bekräftar"


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
