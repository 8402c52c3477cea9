"""The only place for what pages say of each kind of move: its button, what happens, what cannot be undone.

They name the case's own bodies `{ansvarig}`, `{beredning}`, `{beslut}`, the move `{move}` and where it leads `{to}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from governance.models import Body
from governance.paths import MoveValue
from governance.vocabulary import MoveKind
from satsningar.models import Satsning


@dataclass(frozen=True, slots=True)
class MoveWords:
    """The words around one kind of move."""

    button: str
    done: str
    happens: tuple[str, ...] = ()
    undone: str = ""
    reason: str = "Skäl"
    reason_help: str = ""


_DECIDED = "Beslutet skrivs in för alltid med dag, paragraf och deltagare. Det kan inte ändras efteråt."
_WRITTEN_FOR_EVER = "Händelsen skrivs in i journalen och kan inte tas bort."

WORDS: Mapping[MoveKind, MoveWords] = {
    MoveKind.LAMNA_IN: MoveWords(
        "Lämna in till {beredning}",
        "Satsningen är inlämnad till {beredning}.",
        (
            "Satsningen får ett ärendenummer.",
            "Alla som sitter i ett organ i länet kan läsa den från och med nu.",
            "{Beredning} tar upp den till beredning och utser en handläggare.",
        ),
        "Innehållet fryses som en revision. Ni kan inte ändra delarna igen förrän {beredning} begär komplettering.",
    ),
    MoveKind.TA_UPP: MoveWords(
        "Ta upp till beredning",
        "Satsningen är upptagen till beredning.",
        ("{Beredning} bereder satsningen och skriver ett utlåtande.", "{Ansvarig} ser vem som handlägger."),
        _WRITTEN_FOR_EVER,
    ),
    MoveKind.BEGAR_KOMPLETTERING: MoveWords(
        "Begär komplettering",
        "Komplettering är begärd från {ansvarig}.",
        ("{Ansvarig} kan ändra de delar du begär komplettering av, och svarar på varje begäran.",),
        "Det du skriver syns för alla som kan läsa satsningen.",
        "Varför behövs en komplettering?",
        "Skriv så att {ansvarig} förstår vad som behövs och varför.",
    ),
    MoveKind.LAMNA_KOMPLETTERING: MoveWords(
        "Lämna kompletteringen till {beredning}",
        "Kompletteringen är lämnad till {beredning}.",
        ("{Beredning} fortsätter beredningen med det ni har kompletterat.",),
        "Innehållet fryses som en ny revision och kan inte ändras av er under beredningen.",
    ),
    MoveKind.VIDARE: MoveWords(
        "{move}", "Satsningen är skickad vidare till {to}.", ("Nästa grupp tar över beredningen.",), _WRITTEN_FOR_EVER
    ),
    MoveKind.TILLBAKA: MoveWords(
        "{move}", "Satsningen är skickad tillbaka.", ("Gruppen före tar över beredningen igen.",), _WRITTEN_FOR_EVER
    ),
    MoveKind.ANMAL: MoveWords(
        "Anmäl till beslut i {beslut}",
        "Satsningen är anmäld till beslut i {beslut}.",
        (
            "{Beslut} får satsningen, utlåtandet, rekommendationen och förslaget till beslut på sitt bord.",
            "Det som ligger på bordet är fryst: ingen ändrar det medan det väntar på beslut.",
        ),
        "Utlåtandet blir en handling i ärendet.",
    ),
    MoveKind.BIFALL: MoveWords(
        "Bifall",
        "Beslutet är infört. {Ansvarig} kan förbereda starten.",
        ("Satsningen är beslutad. {Ansvarig} arbetar in eventuella ändringar och bekräftar resurserna.",),
        _DECIDED,
        "Skäl till beslutet",
    ),
    MoveKind.AVSLAG: MoveWords(
        "Avslå",
        "Avslaget är infört. Satsningen är avslutad.",
        ("Satsningen avslutas. Ingen ändrar den mer.",),
        f"Ett avslag går inte att ångra. {_DECIDED}",
        "Varför avslås satsningen?",
    ),
    MoveKind.ATERREMISS: MoveWords(
        "Återremittera",
        "Återremissen är införd.",
        ("Satsningen går tillbaka dit mötet valde och kan komma till beslut igen.",),
        _DECIDED,
        "Varför går satsningen tillbaka, och vad ska tillföras?",
    ),
    MoveKind.BORDLAGGNING: MoveWords(
        "Bordlägg",
        "Ärendet är bordlagt.",
        ("Satsningen ligger kvar på bordet till det möte du anger.",),
        _DECIDED,
        "Skäl till bordläggningen",
    ),
    MoveKind.OVERLAMNA: MoveWords(
        "{move}",
        "Beslutet är infört. Satsningen ligger på bordet hos nästa organ.",
        (
            "{Beslut} lämnar över förslaget. Nästa organ beslutar, med sina ledamöter och sina regler.",
            "Samma revision, utlåtande och rekommendation ligger på bordet där.",
            "Ändrar ni lydelsen är det den ändrade lydelsen som föreslås.",
        ),
        _DECIDED,
        "Skäl till att lämna över",
    ),
    MoveKind.STARTA_FORSTUDIE: MoveWords(
        "Starta förstudien",
        "Förstudien har startat.",
        (
            "{Ansvarig} tar reda på det som behövs innan genomförandet kan starta och skriver förstudierapporten.",
            "Därefter anmäls satsningen till beslut: gå vidare eller sluta här.",
        ),
        _WRITTEN_FOR_EVER,
    ),
    MoveKind.BESLUT_EFTER_FORSTUDIE: MoveWords(
        "Besluta efter förstudien",
        "Beslutet är infört.",
        (
            "Går satsningen vidare blir det som förstudien har föreslagit att ändra det som gäller, i en ny revision.",
            "Slutar satsningen här ändras den inte mer. Förstudierapporten finns kvar att läsa.",
        ),
        _DECIDED,
        "Skäl till beslutet",
        "Måste skrivas om satsningen slutar här.",
    ),
    MoveKind.STARTA: MoveWords(
        "Starta genomförandet",
        "Genomförandet har startat.",
        ("Satsningen är i genomförande. {Ansvarig} skriver in mätvärden och läge allt eftersom.",),
        "De beslutade delarna ändras från och med nu bara genom ett ändringsbeslut.",
    ),
    MoveKind.PAUSA: MoveWords(
        "Pausa",
        "Satsningen är vilande.",
        ("Arbetet vilar tills det återupptas.",),
        "",
        "Varför pausas satsningen?",
    ),
    MoveKind.ATERUPPTA: MoveWords(
        "Återuppta",
        "Satsningen är återupptagen.",
        ("Satsningen är i genomförande igen.",),
        "",
        "Varför återupptas satsningen nu?",
    ),
    MoveKind.PABORJA_UPPFOLJNING: MoveWords(
        "Påbörja uppföljningen",
        "Uppföljningen är påbörjad.",
        (
            "{Ansvarig} skriver utfallet för varje mått och uppföljningsrapporten.",
            "Därefter anmäls satsningen till beslut om breddinförande eller om att fortsätta.",
        ),
        "",
    ),
    MoveKind.FORTSATT: MoveWords(
        "Fortsätt genomförandet",
        "Beslutet är infört. Satsningen är i genomförande igen.",
        ("Piloten fortsätter. Uppföljningen görs om senare.",),
        _DECIDED,
        "Varför fortsätter genomförandet?",
    ),
    MoveKind.ANDRINGSBESLUT: MoveWords(
        "Besluta om ändring",
        "Ändringsbeslutet är infört.",
        ("De föreslagna ändringarna blir det som gäller, i en ny revision.",),
        _DECIDED,
        "Varför ändras satsningen?",
    ),
    MoveKind.BREDDINFOR: MoveWords(
        "Besluta om breddinförande",
        "Beslutet är infört. Satsningen är i breddinförande.",
        ("Varje kommun inför arbetssättet enligt planen och skriver in sitt läge.",),
        _DECIDED,
        "Skäl till beslutet",
    ),
    MoveKind.SLUTFOR: MoveWords(
        "Slutför",
        "Satsningen är slutförd.",
        ("Satsningen är klar. Allt går att läsa, inget ändras mer.",),
        f"En slutförd satsning går inte att öppna igen. {_DECIDED}",
        "Skäl till beslutet",
    ),
    MoveKind.AVBRYT: MoveWords(
        "Avbryt satsningen",
        "Satsningen är avbruten.",
        ("Satsningen avslutas i förtid. Lärdomarna finns kvar att läsa.",),
        f"En avbruten satsning går inte att öppna igen. {_DECIDED}",
        "Varför avbryts satsningen?",
    ),
    MoveKind.ATERKALLA: MoveWords(
        "Återkalla satsningen",
        "Satsningen är återkallad.",
        ("Satsningen avslutas utan beslut.",),
        "En återkallad satsning går inte att öppna igen.",
        "Varför återkallar ni satsningen?",
    ),
    MoveKind.BYT_ANSVARIG_GRUPP: MoveWords(
        "Byt ansvarig grupp",
        "Ansvarig grupp är bytt.",
        ("Den nya gruppen skriver och svarar för satsningen från och med nu.",),
        _WRITTEN_FOR_EVER,
        "Varför byter satsningen grupp?",
    ),
    MoveKind.FLYTTA_VERSION: MoveWords(
        "Flytta till en annan version",
        "Satsningen är flyttad till en annan version av ärendegången.",
        ("Satsningen följer den nya versionens steg och grindar från och med nu.", "Det som har hänt står kvar."),
        _WRITTEN_FOR_EVER,
        "Varför flyttas satsningen till en annan version?",
    ),
}

_IN_RUNNING_TEXT = ("gruppen", "nämnden", "styrelsen", "gemensamt", "kontaktpersoner")
"""First words of a body's name that are ordinary words, and small inside a sentence."""


def mid_sentence(name: str) -> str:
    """Return a body's name as it stands inside a sentence: ”beredningsgruppen äldre”, but ”NSV”."""
    first = name.partition(" ")[0]
    return name[:1].lower() + name[1:] if first.lower().endswith(_IN_RUNNING_TEXT) else name


def names_of(satsning: Satsning, decider: Body | None = None) -> dict[str, str]:
    """Return the names that words about the case are filled with; `decider` where it is not the case's own body."""
    bodies: dict[str, Body | None] = {
        "ansvarig": satsning.ansvarig_grupp,
        "beredning": satsning.beredningsgrupp,
        "beslut": decider or satsning.beslutsorgan,
    }
    names = {key: mid_sentence(body.name) if body else "den grupp som bereder" for key, body in bodies.items()}
    return names | {key.capitalize(): name[:1].upper() + name[1:] for key, name in names.items()}


def words_of(move: MoveValue, satsning: Satsning, to: str = "", decider: Body | None = None) -> MoveWords:
    """Return the words of a move in a case, the names filled in."""
    names = names_of(satsning, decider) | {"move": move.name, "to": to}
    raw = WORDS[move.kind]
    return MoveWords(
        button=raw.button.format(**names),
        done=raw.done.format(**names),
        happens=tuple(line.format(**names) for line in raw.happens),
        undone=raw.undone.format(**names),
        reason=raw.reason.format(**names),
        reason_help=raw.reason_help.format(**names),
    )
