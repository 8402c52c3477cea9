"""The story that `manage.py demonstrate` tells: a satsning through the whole path, and those who are stopped on it.

Every step is made by `workflow.actions.perform`, `workflow.edits`, `workflow.preparation` or `workflow.rounds`, as the
person who would make it. A step that goes otherwise than here raises `Deviation`.
"""

from collections.abc import Callable
from functools import partial

from governance.models import County, Person
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from workflow import journal
from workflow.creation import create_satsning
from workflow.demo.beside import answer_avsteg, ask_avsteg, begin
from workflow.demo.hands import AWAY, Case, Cast
from workflow.demo.telling import Deviation, Out, Teller
from workflow.errors import Incomplete, Jav, NoMandate, NoQuorum, NotFromHere, Refusal, Stale
from workflow.inputs import Inputs
from workflow.models import JournalEntry
from workflow.vocabulary import Avstegslage, RoundKind, Stance

GROUP = "arbetsgrupp-mobila-team"
NAME = "mobila-team"
SUPERUSER = "superanvändaren"
TAKING_PART = {"karin": "kontakt-region-sormland", "kerstin": "kontakt-eskilstuna", "karl": "kontakt-flen"}
"""Who answers for the organisations that take part, and in which body of contacts."""
FEW = AWAY | {"linnea", "leif", "lotta", "ludvig", "lisbet"}
"""So many are away that the meeting is not quorate: the region and three municipalities are left."""


def tell(county: County, out: Out) -> tuple[int, int]:
    """Tell the whole story; return the number of acts and of refusals.

    Raises:
        Deviation: something went otherwise than told, or the journal does not verify.

    """
    cast = Cast(county)
    teller = Teller(cast, out)
    story = Story(cast, teller)
    try:
        story.tell()
    except (Refusal, Satsning.DoesNotExist) as refusal:
        raise Deviation(f"Nekades oväntat, efter händelse {teller.acts}: {refusal}") from refusal
    station = story.case.station_name
    if story.case.satsning.station != StationKind.SLUTFORD:
        raise Deviation(f"Satsningen skulle ha slutförts men står i steget {station}.")
    entries, fault = journal.verify(county.pk, county.name)
    if fault:
        raise Deviation(f"Journalen är bruten vid post {fault.number}: {fault.message}")
    if entries != teller.acts or entries != JournalEntry.objects.filter(satsning=story.case.id).count():
        raise Deviation(f"{teller.acts} händelser är berättade, men journalen har {entries}.")
    return teller.acts, teller.refusals


class Story:
    """The chapters, in order; each begins where the one before left the satsning."""

    def __init__(self, cast: Cast, teller: Teller) -> None:
        """Take the people and who tells; the superuser is made here and sits in no body."""
        self.cast = cast
        self.teller = teller
        cast.people[SUPERUSER] = Person.objects.create_superuser("drift@exempel.test", "Dag Exempeldrift")
        self.case: Case

    def tell(self) -> None:
        """Tell every chapter."""
        self._drafting()
        self._preparing()
        self._completing()
        self._deciding()
        self._starting()
        self._running()
        self._spreading()

    def _act(self, who: str, move: str, reason: str = "") -> None:
        self.case.act(who, move, reason=reason)
        self.teller.acted()

    def _told(self, act: Callable[[], object]) -> None:
        act()
        self.teller.acted()

    def _refuse(
        self, who: str, what: str, expected: type[Exception], attempt: Callable[[], object], because: str
    ) -> None:
        self.teller.refused(self.cast.people[who], what, expected, attempt, because=because, case=self.case)

    def _as_superuser(self, move: str) -> Callable[[], object]:
        """Return an attempt at a move by somebody who may do anything in Django and nothing here."""
        return lambda: self.case.act(SUPERUSER, move)

    def _drafting(self) -> None:
        cast, teller = self.cast, self.teller
        teller.chapter("Arbetsgruppen skriver ett förslag")
        teller.refused(
            cast.people["pontus"],
            "Skapa",
            NoMandate,
            lambda: create_satsning(cast.bodies[GROUP], "Mobila team", actor=cast.people["pontus"]),
            because="fel organ",
        )
        self.case = case = begin(cast, "maria", GROUP, NAME)
        teller.acted()
        self._refuse(
            "maria", "Lämna in", Incomplete, lambda: case.act("maria", "lamna_in"), "det som ska finnas saknas"
        )
        case.write_proposal("maria")
        teller.wrote("maria", "de sju delarna och kopplingen till målbilden")
        self._refuse(
            "gunnar", "Lämna in", Satsning.DoesNotExist, lambda: case.act("gunnar", "lamna_in"), "uppdraget är avslutat"
        )
        self._refuse(
            SUPERUSER,
            "Lämna in",
            Satsning.DoesNotExist,
            self._as_superuser("lamna_in"),
            "en superanvändare har inget mandat",
        )
        self._refuse("maria", "Bifall", NotFromHere, lambda: case.act("maria", "bifall"), "fel steg")
        self._act("maria", "lamna_in")

    def _preparing(self) -> None:
        case = self.case
        self.teller.chapter("Beredningsgruppen tar upp den och hör berörda")
        self._refuse("maria", "Ta upp", NoMandate, lambda: case.take_up("maria"), "fel organ")
        self._refuse("hedda", "Ta upp", NoMandate, lambda: case.take_up("hedda"), "fel beredningsgrupp")
        self._told(lambda: case.take_up("pontus"))
        receivers = ("kontakt-nykoping", "kontakt-katrineholm", "kontakt-trosa")
        self._told(lambda: case.send_out("pontus", RoundKind.REMISS, "Synpunkter före beslut", days=21, to=receivers))
        self._told(lambda: case.reply("kjell", receivers[0], Stance.INSTAMMER))
        case.state("pontus", self.case.word("utlatande"), self.case.word("forslag"))
        self.teller.wrote("pontus", "utlåtande, rekommendation och förslag till beslut")
        self._refuse("pontus", "Anmäl till beslut", Incomplete, lambda: case.bring("pontus"), "remissen är öppen")
        self._told(
            lambda: case.reply(
                "kim", receivers[1], Stance.MED_ANDRINGAR, "Skriv hur kostnaden efter 2028 fördelas mellan kommunerna."
            )
        )
        self._told(lambda: case.close("pontus", RoundKind.REMISS))

    def _completing(self) -> None:
        case = self.case
        self.teller.chapter("Arbetsgruppen kompletterar")
        asked = {"ekonomi": "Beskriv vem som betalar när statsbidraget har tagit slut, och från vilket år."}
        self._told(lambda: case.ask("pontus", asked, reason="Remissvaren visar att ekonomin efter projektet är oklar."))
        self._refuse(
            "maria",
            "Lämna komplettering",
            Incomplete,
            lambda: case.act("maria", "lamna_komplettering"),
            "begäran är inte besvarad",
        )
        self._refuse(
            "maria",
            "skriva i Uppdrag",
            NoMandate,
            lambda: case.change("maria", "uppdrag", {"syfte": "Ett annat syfte."}),
            "bara det begärda får ändras",
        )
        case.change("maria", "ekonomi", {"efter_projektet": self.case.word("efter_projektet")})
        case.answer(
            "maria", {"ekonomi": "Nu står det vem som betalar från 2029, och att regionen bär första halvåret."}
        )
        self.teller.wrote("maria", "Ekonomi, och svar på begäran")
        self._act("maria", "lamna_komplettering")

    def _deciding(self) -> None:
        case = self.case
        seen = case.satsning.edition
        self.teller.chapter("Länsstyrgruppen beslutar")
        case.state("pontus", self.case.word("utlatande_2"), self.case.word("forslag"))
        self.teller.wrote("pontus", "utlåtandet på nytt")
        self._refuse(
            "petra",
            "Anmäl till beslut",
            Stale,
            lambda: case.act("petra", "anmal", edition=seen, inputs=Inputs(proposed_move="bifall")),
            "någon annan har skrivit under tiden",
        )
        self._told(lambda: case.bring("pontus", "bifall"))
        self._refuse(
            "maria",
            "skriva i Uppdrag",
            NoMandate,
            lambda: case.change("maria", "uppdrag", {"syfte": "Ett annat syfte."}),
            "det som ligger för beslut är låst",
        )
        self._refuse(
            "lena",
            "Återremiss",
            NoQuorum,
            lambda: case.decide("aterremiss", who="lena", reason="Mer tid.", target="beredning", away=FEW),
            "mötet är inte beslutsfört",
        )
        self._told(
            lambda: case.decide(
                "aterremiss", reason="Beredningsgruppen ska höra FoU i Sörmland om måtten.", target="beredning"
            )
        )
        case.state("pontus", self.case.word("utlatande_3"), self.case.word("forslag"))
        self.teller.wrote("pontus", "utlåtandet efter samråd med FoU i Sörmland")
        self._told(lambda: case.bring("pontus", "bifall"))
        self._refuse(
            "lena",
            "Bifall",
            Jav,
            lambda: case.decide("bifall", who="lena", jav={"lena": "Anhörig i projektledningen."}),
            "den som för in beslutet har jäv",
        )
        self._refuse("pontus", "Bifall", NoMandate, lambda: case.decide("bifall", who="pontus"), "fel organ")
        self._refuse(SUPERUSER, "Bifall", Satsning.DoesNotExist, self._as_superuser("bifall"), "inget mandat")
        self._told(
            lambda: case.decide(
                "bifall",
                jav={"lena": "Anhörig i projektledningen."},
                condition="Kostnaden efter 2028 redovisas per kommun innan satsningen startar.",
            )
        )

    def _starting(self) -> None:
        case = self.case
        self.teller.chapter("Organisationerna bekräftar sina resurser, och arbetet startar")
        self._refuse(
            "maria", "Starta", Incomplete, lambda: case.act("maria", "starta"), "det som krävs för start saknas"
        )
        self._told(lambda: case.send_out("maria", RoundKind.RESURSBEKRAFTELSE, "Bekräfta tid och personal", days=30))
        self._refuse(
            "karin",
            "bekräfta Flens resurser",
            NoMandate,
            lambda: case.confirm("karin", TAKING_PART["karl"]),
            "svarar för en annan organisation",
        )
        for who, body in TAKING_PART.items():
            case.confirm(who, body, "EX 2026-118" if who == "kerstin" else "")
            self.teller.acted()
        self._told(lambda: ask_avsteg(case, "maria", "start", "baslinje", "Värdena för hösten är inte framtagna."))
        for who, expected, because in (
            ("maria", NoMandate, "har inte det uppdraget"),
            (SUPERUSER, Satsning.DoesNotExist, "inget mandat"),
        ):
            self._refuse(
                who, "Medge avsteg", expected, partial(answer_avsteg, case, who, Avstegslage.MEDGIVET, "Ja."), because
            )
        because = "Värdena tas fram före start. Utan dem syns det inte vad satsningen ger."
        self._told(lambda: answer_avsteg(case, "lars", Avstegslage.AVSLAGET, because))
        case.write("maria", "inarbetning")
        case.measure("maria", "baslinje")
        self.teller.wrote("maria", "hur villkoret har arbetats in, och utgångsvärden")
        self._act("maria", "starta")

    def _running(self) -> None:
        case = self.case
        self.teller.chapter("Genomförande och uppföljning")
        self._act("rut", "pausa", reason="Projektledaren börjar först i februari.")
        self._act("rolf", "ateruppta", reason="Projektledaren är på plats.")
        self._act("maria", "paborja_uppfoljning")
        case.change("maria", "uppdrag", {"malgrupp": self.case.word("malgrupp_andrad")})
        self.teller.wrote("maria", "förslag till ändrad målgrupp; det beslutade ändras inte av det")
        case.state("rut", "Uppföljningen visar att fler har nytta av teamet.", "Målgruppen ändras enligt förslaget.")
        self._told(lambda: case.bring("rut", "andringsbeslut"))
        self._told(lambda: case.decide("andringsbeslut", reason="Uppföljningen visar att fler har nytta av teamet."))
        case.state("pontus", self.case.word("utlatande_bredd"), self.case.word("forslag_bredd"))
        self._refuse(
            "pontus",
            "Anmäl till beslut",
            Incomplete,
            lambda: case.bring("pontus", "breddinfor"),
            "uppföljningen saknas",
        )
        case.measure("maria", "utfall")
        case.write("maria", "uppfoljningsrapport")
        case.change("maria", "inforande", self.case.file["sedan"]["inforande"])
        self.teller.wrote("maria", "utfall för varje mått, uppföljningsrapport och plan för varje kommun")
        self._told(lambda: case.bring("pontus", "breddinfor"))
        self._told(lambda: case.decide("breddinfor"))

    def _spreading(self) -> None:
        case = self.case
        self.teller.chapter("Breddinförande")
        case.state("petra", self.case.word("utlatande_slut"), self.case.word("forslag_slut"))
        self._refuse(
            "petra", "Anmäl till beslut", Incomplete, lambda: case.bring("petra", "slutfor"), "alla är inte färdiga"
        )
        case.write("maria", "lage", "slutrapport")
        self.teller.wrote("maria", "läget i varje organisation och slutrapporten")
        self._told(lambda: case.bring("petra", "slutfor"))
        self._told(lambda: case.decide("slutfor"))
        self._refuse(
            "maria",
            "skriva i Slutrapport",
            NoMandate,
            lambda: case.change("maria", "slutrapport", {"resultat": "Ett annat resultat."}),
            "en avslutad satsning ändras inte",
        )
