"""A small county at work: Sörmland loaded, a person in every seat, and a case carried as far as a test needs."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import transaction

from governance.membership_rules import represented_by
from governance.models import Body, County, Membership, Organisation, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import BodyKind, OrganisationKind, Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.factories import complete_value, sormland
from workflow.actions import Performed, perform
from workflow.cases import lock, record_act
from workflow.creation import create_satsning
from workflow.edits import save_part
from workflow.inputs import NOTHING, Decision, Inputs, Participant, Request
from workflow.models import Round, RoundAnswer
from workflow.preparation import StatementText, answer_completion, save_statement
from workflow.revisions import freeze
from workflow.rights import station_of, viewer
from workflow.vocabulary import Act

ARBETSGRUPP = "arbetsgrupp-mobila-team"
BEREDNING = "beredning-personcentrering"
STYRGRUPP = "lansstyrgruppen"
STOD = "regionalt-stod"
BEGAN = date(2025, 1, 1)
PASSWORD = "lösenord"


@dataclass
class World:
    """Sörmland with somebody in every seat that a case needs; people are made the first time they are asked for."""

    county: County
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    paragraph: int = 0

    def body(self, code: str) -> Body:
        """Return a body by its code."""
        return Body.objects.get(county=self.county, code=code)

    def person(self, body: str, role: Role) -> Person:
        """Return the person who holds a role in a body."""
        key = (body, role.value)
        if key not in self.people:
            self.people[key] = self.seat(body, role)
        return self.people[key]

    def seat(
        self,
        body: str,
        role: Role,
        *,
        starts_on: date = BEGAN,
        ends_on: date | None = None,
        represents: Organisation | None = None,
    ) -> Person:
        """Make a person who holds a role in a body for a period.

        The person is new: the row alone is what `register_membership` would come to, at a fifth of its time.
        """
        number = Person.objects.count()
        person = Person.objects.create_user(f"person{number}@example.org", f"Exempelperson {number}", PASSWORD)
        found = self.body(body)
        if represents is None and found.kind in {BodyKind.STYRGRUPP, BodyKind.ARBETSGRUPP, BodyKind.BEREDNINGSGRUPP}:
            represents = Organisation.objects.filter(county=self.county).order_by("position")[0]
        represents = represented_by(found, represents)
        Membership.objects.create(
            person=person, body=found, role=role, represents=represents, starts_on=starts_on, ends_on=ends_on
        )
        return person

    def also(self, person: Person, body: str, role: Role) -> None:
        """Give somebody another role."""
        found = self.body(body)
        first = Organisation.objects.filter(county=self.county).order_by("position")[0]
        represents = (
            first if found.kind in {BodyKind.STYRGRUPP, BodyKind.ARBETSGRUPP, BodyKind.BEREDNINGSGRUPP} else None
        )
        register_membership(person=person, body=found, role=role, starts_on=BEGAN, ends_on=None, represents=represents)

    @property
    def author(self) -> Person:
        """Return a member of the working group."""
        return self.person(ARBETSGRUPP, Role.LEDAMOT)

    @property
    def officer(self) -> Person:
        """Return the case officer of the preparing body."""
        return self.person(BEREDNING, Role.HANDLAGGARE)

    @property
    def secretary(self) -> Person:
        """Return the deciding body's secretary."""
        return self.person(STYRGRUPP, Role.SEKRETERARE)

    @property
    def coordinator(self) -> Person:
        """Return a coordinator of regionalt stöd."""
        return self.person(STOD, Role.SAMORDNARE)

    def members(self) -> list[Membership]:
        """Return the deciding body's voting members, one for each organisation, made the first time."""
        body = self.body(STYRGRUPP)
        rows = Membership.objects.filter(body=body, role=Role.LEDAMOT).order_by("pk")
        if not rows.exists():
            for organisation in Organisation.objects.filter(
                county=self.county, kind__in=[OrganisationKind.REGION, OrganisationKind.KOMMUN]
            ).order_by("position"):
                self.seat(STYRGRUPP, Role.LEDAMOT, represents=organisation)
        return list(rows.all())

    def decision(
        self, *, present: int | None = None, jav: tuple[int, ...] = (), day: date | None = None, **more: str | date
    ) -> Decision:
        """Return a decision of a meeting today with the first `present` members, those at the indices `jav` away."""
        self.paragraph += 1
        members = self.members()[:present]
        return Decision(
            meeting_date=day or today(),
            paragraph=f"§ {self.paragraph}",
            participants=tuple(
                Participant(row.pk, jav=index in jav, jav_reason="Leder satsningen." if index in jav else "")
                for index, row in enumerate(members)
            ),
            **more,  # type: ignore[arg-type]
        )

    def make(self, titel: str = "Mobila team i hela länet") -> Satsning:
        """Make a draft."""
        id_, _ = create_satsning(self.body(ARBETSGRUPP), titel, actor=self.author)
        return Satsning.objects.get(pk=id_)

    def fill(self, satsning: Satsning, *parts: str, actor: Person | None = None) -> None:
        """Write parts so that they lack nothing."""
        for code in parts:
            read = content.read(satsning.pk)
            save_part(
                satsning.pk,
                code,
                complete_value(read, code),
                actor=actor or self.author,
                expected_version=read.versions[code],
            )

    def save_rough_cost(self, satsning: Satsning) -> None:
        """Write what handing in asks of the economy, and no more."""
        read = content.read(satsning.pk)
        value = {**read.part(PartCode.EKONOMI), "grov_kostnad": "1000000.00"}
        version = read.versions[PartCode.EKONOMI]
        save_part(satsning.pk, PartCode.EKONOMI, value, actor=self.author, expected_version=version)

    def do(self, satsning: Satsning, move: str, actor: Person, **more: object) -> Performed:
        """Make a move as somebody who has just looked at the case."""
        edition = Satsning.objects.values_list("edition", flat=True).get(pk=satsning.pk)
        return perform(satsning.pk, move, actor=actor, expected_edition=edition, **more)  # type: ignore[arg-type]

    def state(self, satsning: Satsning, *, advice: str = "tillstyrkan", actor: Person | None = None) -> None:
        """Write a preparing body's statement, the beredningsgrupp's when nobody else is named."""
        actor = actor or self.officer
        statement = satsning.utlatanden.filter(body__memberships__person=actor).first()
        save_statement(
            satsning.pk,
            StatementText(text="Väl berett.", rekommendation=advice, forslag="Satsningen godkänns.", anteckningar=""),
            actor=actor,
            expected_version=statement.version if statement else 0,
        )

    def confirm_resources(self, satsning: Satsning, *, actor: Person | None = None) -> None:
        """Let every taking-part organisation have confirmed its resources."""
        read, actor = content.read(satsning.pk), actor or self.author
        with transaction.atomic():
            revision, _ = freeze(satsning.pk, read.parts, act="start", at=satsning.created_at)
            held = Round.objects.create(
                satsning=satsning,
                kind="resursbekraftelse",
                purpose="Bekräfta",
                deadline=today(),
                revision_id=revision,
                opened_at=satsning.created_at,
                opened_by=actor,
                opened_by_body=satsning.ansvarig_grupp,
                closed_at=satsning.created_at,
                ending="alla_svarade",
            )
            said = {"round": held.pk, "kind": held.kind, "purpose": held.purpose}
            self._record(satsning, Act.RUNDA_OPPNAD, actor, satsning.ansvarig_grupp, held, **said)
            for organisation in read.participants:
                body = Body.objects.get(kind=BodyKind.ORGANISATION, organisation=organisation.id)
                RoundAnswer.objects.create(
                    round=held,
                    body=body,
                    state="besvarad",
                    stance="bekraftar",
                    answered_at=satsning.created_at,
                    answered_by=actor,
                    deadline=held.deadline,
                )
                svar = {"state": "besvarad", "text": "", "home_decision": ["", ""]}
                self._record(satsning, Act.RUNDA_BESVARAD, actor, body, held, **said, **svar)

    def _record(self, satsning: Satsning, act: Act, actor: Person, body: Body, held: Round, **said: object) -> None:
        """Let the journal say what was done with rows here and not by an act."""
        standing = replace(viewer(actor).standings[0], body_id=body.pk, body_name=body.name)
        said |= {"deadline": held.deadline.isoformat(), "questions": []}
        arende = lock(satsning.pk)
        record_act(arende, act, actor=actor, standing=standing, payload=said, revision_id=held.revision_id)

    def clear_report(self, satsning: Satsning) -> None:
        """Take the final report's words away again."""
        read = content.read(satsning.pk)
        value = dict.fromkeys(read.part(PartCode.SLUTRAPPORT), "")
        version = read.versions[PartCode.SLUTRAPPORT]
        save_part(satsning.pk, PartCode.SLUTRAPPORT, value, actor=self.author, expected_version=version)

    def make_with_jav(self, person: Person) -> Satsning:
        """Return a decided case in whose decision somebody of the deciding body had jäv."""
        satsning = self.carried_to(StationKind.BESLUT)
        seat = Membership.objects.get(person=person, body=self.body(STYRGRUPP))
        decision = self.decision()
        away = Participant(seat.pk, jav=True, jav_reason="Anhörig leder satsningen.")
        decision = replace(decision, participants=(*decision.participants, away))
        self.do(satsning, "bifall", self.secretary, inputs=Inputs(decision=decision))
        return self.fresh(satsning)

    def fresh(self, satsning: Satsning) -> Satsning:
        """Return the case as the database has it."""
        return Satsning.objects.select_related("beslutsorgan", "ansvarig_grupp").get(pk=satsning.pk)

    def bring(self, satsning: Satsning, proposed: str) -> None:
        """Bring a running case before the deciding body."""
        self.state(satsning)
        self.do(satsning, "anmal", self.officer, inputs=Inputs(proposed_move=proposed))

    def decide(self, satsning: Satsning, move: str, **more: object) -> Performed:
        """Decide with everybody there."""
        return self.do(satsning, move, self.secretary, inputs=Inputs(decision=self.decision()), **more)

    def carried_to(self, kind: StationKind) -> Satsning:
        """Return a new case that has been carried, by the acts, to a station of this kind."""
        satsning = self.make()
        route = ROUTES[kind]
        for step in route:
            STEPS[step](self, satsning)
        satsning = self.fresh(satsning)
        assert station_of(satsning).kind == kind
        return satsning

    def prepare_for(self, satsning: Satsning, move: str) -> dict[str, object]:
        """Do what a move asks for from where the case stands; return what is sent with it."""
        ready = READY.get(move)
        return ready(self, satsning) if ready else {}


Ready = Callable[[World, Satsning], dict[str, object]]


def make_world() -> World:
    """Load Sörmland and return its world."""
    return World(sormland())


def _submit(world: World, satsning: Satsning) -> None:
    world.fill(satsning, *DECIDED_PARTS)
    world.do(satsning, "lamna_in", world.author)


def _take_up(world: World, satsning: Satsning) -> None:
    world.do(satsning, "ta_upp", world.officer, inputs=Inputs(handlaggare_id=world.officer.pk))


def _ask(world: World, satsning: Satsning) -> None:
    requests = (Request(PartCode.EKONOMI, "Vem betalar efter projektet?"),)
    world.do(satsning, "begar_komplettering", world.officer, reason="Oklart.", inputs=Inputs(requests=requests))


def _bring_first(world: World, satsning: Satsning) -> None:
    world.state(satsning)
    world.do(satsning, "anmal", world.officer)


def _start(world: World, satsning: Satsning) -> None:
    world.confirm_resources(satsning)
    world.fill(satsning, PartCode.VARDEN)
    world.do(satsning, "starta", world.author)


def _report(world: World, satsning: Satsning) -> None:
    world.fill(satsning, PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT, PartCode.INFORANDE)
    world.bring(satsning, "breddinfor")
    world.decide(satsning, "breddinfor")


def _finish(world: World, satsning: Satsning) -> None:
    world.fill(satsning, PartCode.LAGE, PartCode.SLUTRAPPORT)
    world.bring(satsning, "slutfor")
    world.decide(satsning, "slutfor")


def _stop(world: World, satsning: Satsning) -> None:
    world.fill(satsning, PartCode.SLUTRAPPORT)
    world.bring(satsning, "avbryt")
    world.decide(satsning, "avbryt", reason="Läget har ändrats.")


STEPS: dict[str, Callable[[World, Satsning], object]] = {
    "lamna_in": _submit,
    "ta_upp": _take_up,
    "begar": _ask,
    "anmal": _bring_first,
    "bifall": lambda world, satsning: world.decide(satsning, "bifall"),
    "avslag": lambda world, satsning: world.decide(satsning, "avslag", reason="Behovet finns inte."),
    "starta": _start,
    "pausa": lambda world, satsning: world.do(satsning, "pausa", world.coordinator, reason="Personalbrist."),
    "folj": lambda world, satsning: world.do(satsning, "paborja_uppfoljning", world.author),
    "breddinfor": _report,
    "slutfor": _finish,
    "avbryt": _stop,
    "aterkalla": lambda world, satsning: world.do(satsning, "aterkalla", world.author, reason="Inte aktuell."),
}
_TO_DECISION = ("lamna_in", "ta_upp", "anmal")
_TO_START = (*_TO_DECISION, "bifall", "starta")
ROUTES: dict[StationKind, tuple[str, ...]] = {
    StationKind.UTKAST: (),
    StationKind.INLAMNAD: ("lamna_in",),
    StationKind.BEREDNING: ("lamna_in", "ta_upp"),
    StationKind.KOMPLETTERING: ("lamna_in", "ta_upp", "begar"),
    StationKind.BESLUT: _TO_DECISION,
    StationKind.BESLUTAD: (*_TO_DECISION, "bifall"),
    StationKind.AVSLAGEN: (*_TO_DECISION, "avslag"),
    StationKind.GENOMFORANDE: _TO_START,
    StationKind.VILANDE: (*_TO_START, "pausa"),
    StationKind.UPPFOLJNING: (*_TO_START, "folj"),
    StationKind.BREDDINFORANDE: (*_TO_START, "folj", "breddinfor"),
    StationKind.SLUTFORD: (*_TO_START, "folj", "breddinfor", "slutfor"),
    StationKind.AVBRUTEN: (*_TO_START, "avbryt"),
    StationKind.ATERKALLAD: ("aterkalla",),
}


def _ready_submit(world: World, satsning: Satsning) -> dict[str, object]:
    world.fill(satsning, *DECIDED_PARTS)
    return {}


def _ready_ta_upp(world: World, _satsning: Satsning) -> dict[str, object]:
    return {"inputs": Inputs(handlaggare_id=world.officer.pk)}


def _ready_requests(_world: World, _satsning: Satsning) -> dict[str, object]:
    return {"reason": "Oklart.", "inputs": Inputs(requests=(Request(PartCode.UPPDRAG, "Syftet är oklart."),))}


def _ready_completion(world: World, satsning: Satsning) -> dict[str, object]:
    rows = satsning.kompletteringar.filter(closed_at=None)
    answer_completion(satsning.pk, {row.pk: "Regionen betalar." for row in rows}, actor=world.author)
    return {}


def _ready_anmal(world: World, satsning: Satsning) -> dict[str, object]:
    world.state(satsning)
    running = station_of(world.fresh(satsning)).kind != StationKind.BEREDNING
    if running:
        world.fill(satsning, PartCode.SLUTRAPPORT)
    return {"inputs": Inputs(proposed_move="avbryt") if running else NOTHING}


def _ready_decision(*parts: str, proposed: str = "", **more: str) -> Ready:
    def ready(world: World, satsning: Satsning) -> dict[str, object]:
        if parts:
            world.fill(satsning, *parts)
        if proposed:
            world.bring(satsning, proposed)
        return {"inputs": Inputs(decision=world.decision()), **more}

    return ready


def _ready_start(world: World, satsning: Satsning) -> dict[str, object]:
    world.confirm_resources(satsning)
    world.fill(satsning, PartCode.VARDEN)
    return {}


def _ready_change(world: World, satsning: Satsning) -> dict[str, object]:
    read = content.read(satsning.pk)
    value = {**read.part(PartCode.UPPDRAG), "syfte": "Ett nytt syfte."}
    save_part(satsning.pk, PartCode.UPPDRAG, value, actor=world.author, expected_version=0)
    world.bring(satsning, "andringsbeslut")
    return {"reason": "Målgruppen har ändrats.", "inputs": Inputs(decision=world.decision())}


def _ready_bordlaggning(world: World, _satsning: Satsning) -> dict[str, object]:
    return {"inputs": Inputs(decision=world.decision(to_meeting=today() + timedelta(days=30)))}


def _ready_aterremiss(world: World, _satsning: Satsning) -> dict[str, object]:
    requests = (Request(PartCode.EKONOMI, "Räkna om."),)
    return {
        "reason": "Ekonomin är oklar.",
        "target": "komplettering",
        "inputs": Inputs(decision=world.decision(), requests=requests),
    }


def _ready_other_group(world: World, _satsning: Satsning) -> dict[str, object]:
    world.person("arbetsgrupp-egenmonitorering", Role.LEDAMOT)
    other = world.body("arbetsgrupp-egenmonitorering")
    return {"reason": "Bättre kunskap där.", "inputs": Inputs(ansvarig_grupp_id=other.pk)}


_RESULTS = (PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT, PartCode.INFORANDE)
READY: dict[str, Ready] = {
    "lamna_in": _ready_submit,
    "ta_upp": _ready_ta_upp,
    "begar_komplettering": _ready_requests,
    "lamna_komplettering": _ready_completion,
    "anmal": _ready_anmal,
    "bifall": _ready_decision(),
    "avslag": _ready_decision(reason="Behovet finns inte."),
    "aterremiss": _ready_aterremiss,
    "bordlaggning": _ready_bordlaggning,
    "starta": _ready_start,
    "pausa": lambda _world, _satsning: {"reason": "Personalbrist."},
    "ateruppta": lambda _world, _satsning: {"reason": "Personal på plats."},
    "fortsatt": _ready_decision(proposed="fortsatt", reason="Piloten behöver mer tid."),
    "andringsbeslut": _ready_change,
    "breddinfor": _ready_decision(*_RESULTS, proposed="breddinfor"),
    "slutfor": _ready_decision(PartCode.LAGE, PartCode.SLUTRAPPORT, proposed="slutfor"),
    "avbryt": _ready_decision(PartCode.SLUTRAPPORT, proposed="avbryt", reason="Läget har ändrats."),
    "aterkalla": lambda _world, _satsning: {"reason": "Inte aktuell."},
    "byt_ansvarig_grupp": _ready_other_group,
}
