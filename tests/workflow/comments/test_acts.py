"""Comments from being made to being accepted: who may, what is refused, what a request gathers, the journal."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.comments.conftest import ASKS, Talking
from tests.workflow.desks import desk, lines
from tests.workflow.test_rights import everybody
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow import facts, journal
from workflow.comments.actions import NOT_IN_LIST, Unread, comment, state_after, write
from workflow.comments.models import Kommentar, Kommentarsinlagg, Kommentarsnamn
from workflow.comments.selectors import thread_of
from workflow.desk.selectors import SHOWN
from workflow.desk.vocabulary import DeskKind
from workflow.errors import Incomplete, Invalid, NoMandate, NotFromHere, Refusal
from workflow.inputs import Inputs, Request
from workflow.models import JournalEntry, Komplettering
from workflow.readers import readers_of
from workflow.rights import may_read, viewer
from workflow.vocabulary import Inlaggsslag, Kommentarslage

HIDDEN = "hidden"
REFUSED = "refused"
DONE = "done"


def tried(act: object) -> str:
    """Return how an attempt went."""
    try:
        act()  # type: ignore[operator]
    except Satsning.DoesNotExist:
        return HIDDEN
    except NoMandate:
        return REFUSED
    return DONE


def test_comment_is_answered_and_accepted(talking: Talking) -> None:
    row = talking.comment()
    assert talking.state(row) == "oppen"

    assert talking.write(row, "svar", "För äldre med flera sjukdomar.") is Kommentarslage.BESVARAD
    assert talking.write(row, "oppnad", "Hur många är de?") is Kommentarslage.OPPEN
    assert talking.write(row, "svar", "Omkring 400.") is Kommentarslage.BESVARAD
    assert talking.write(row, "inlagg", "Tack.", actor=talking.world.author) is Kommentarslage.BESVARAD
    assert talking.write(row, "godtagen") is Kommentarslage.GODTAGEN

    assert talking.state(row) == "godtagen"
    county = talking.case.county
    assert journal.verify(county.pk, county.name)[1] is None
    acts = list(JournalEntry.objects.filter(satsning=talking.case).order_by("number").values_list("act", flat=True))
    assert acts[-6:] == [
        *("kommentar", "kommentar_svar", "kommentar_oppnad", "kommentar_svar"),
        *("kommentar_inlagg", "kommentar_godtagen"),
    ]


def test_comment_keeps_what_stood_at_its_place(talking: Talking) -> None:
    before = talking.comment().value

    assert set(before) == {"malgrupp"}
    whole = talking.comment(field="")
    assert {"titel", "malgrupp", "syfte"} <= set(whole.value)
    rows = talking.comment(part="ekonomi", field="kostnader")
    assert [type(row["id"]) for row in rows.value["kostnader"]] == [int] * len(rows.value["kostnader"])


@pytest.mark.parametrize(
    ("part", "field"), [("uppdrag", "finns_inte"), ("slutrapport", ""), ("ingen", ""), ("ekonomi", "malgrupp")]
)
def test_comment_has_a_place(talking: Talking, part: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        comment(talking.case.pk, part, field, "Hej", actor=talking.world.officer)

    assert refused.value.errors == {"field": ["Välj vad i delen kommentaren gäller."]}


@pytest.mark.parametrize("text", ["", "   ", "x" * 4_001])
def test_comment_says_something_and_not_too_much(talking: Talking, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        comment(talking.case.pk, "uppdrag", "", text, actor=talking.world.officer)

    assert set(refused.value.errors) == {"text"}
    assert Kommentar.objects.count() == 0


NOTHING = dict.fromkeys(("comment", "svar", "godtagen", "inlagg"), REFUSED)
UNKNOWN = dict.fromkeys(("comment", "svar", "godtagen", "inlagg"), HIDDEN)
MATRIX = {
    "author": {"comment": REFUSED, "svar": DONE, "godtagen": REFUSED, "inlagg": DONE},
    "officer": {"comment": DONE, "svar": REFUSED, "godtagen": DONE, "inlagg": DONE},
    **{label: dict(NOTHING) for label in ("other group", "member", "coordinator", "observer", "contact")},
    **{label: dict(UNKNOWN) for label in ("ended", "coming", "nobody", "superuser", "inactive", "other county")},
}
"""Who does what with comments on a case in preparation."""


def test_each_does_what_the_matrix_says(talking: Talking) -> None:
    found = {}
    for label, person in everybody(talking.world).items():
        done = {"comment": tried(lambda person=person: talking.comment(actor=person))}
        for kind in ("svar", "godtagen", "inlagg"):
            row = talking.comment()
            if kind == "godtagen":
                talking.write(row, "svar", "Ja.")
            done[kind] = tried(lambda row=row, kind=kind, person=person: talking.write(row, kind, "Ja.", actor=person))
        found[label] = done

    assert found == MATRIX


COMMENTED_BY = {
    StationKind.UTKAST: {"author"},
    StationKind.INLAMNAD: {"officer"},
    StationKind.BEREDNING: {"officer"},
    StationKind.KOMPLETTERING: {"officer"},
}


@pytest.mark.parametrize("kind", [kind for kind in StationKind if kind != StationKind.FORSTUDIE])
def test_station_says_who_comments(world: World, kind: StationKind) -> None:
    case = world.carried_to(kind)
    people = {"author": world.author, "officer": world.officer, "coordinator": world.coordinator}
    done = {
        label
        for label, person in people.items()
        if tried(lambda person=person: comment(case.pk, "uppdrag", "", "Hej", actor=person)) == DONE
    }

    assert done == COMMENTED_BY.get(kind, set())


def test_draft_is_commented_answered_and_accepted_by_those_who_write_it(world: World) -> None:
    talking = Talking(world, world.make())
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    row = talking.comment(actor=world.author)
    talking.write(row, "svar", "Alla över 80.", actor=colleague)

    assert talking.write(row, "godtagen", actor=world.author) is Kommentarslage.GODTAGEN
    assert tried(lambda: talking.comment(actor=world.officer)) == HIDDEN


def test_somebody_named_may_write_in_that_thread_alone(talking: Talking) -> None:
    world = talking.world
    member = world.seat(STYRGRUPP, Role.ADJUNGERAD)
    other = talking.comment()
    row_id = comment(talking.case.pk, "uppdrag", "", "Vad säger du?", actor=world.officer, names=[member.pk])
    row = Kommentar.objects.get(pk=row_id)

    assert tried(lambda: talking.write(other, "inlagg", "Jag vet.", actor=member)) == REFUSED
    assert [line.key for line in lines(member, DeskKind.KOMMENTAR)] == [row.pk]
    assert talking.write(row, "inlagg", "Jag vet.", actor=member) is Kommentarslage.OPPEN
    assert lines(member, DeskKind.KOMMENTAR) == []
    assert tried(lambda: talking.write(row, "svar", "Jag vet.", actor=member)) == REFUSED


@pytest.mark.parametrize("which", ["other county", "nobody", "no such person", "ended"])
def test_naming_somebody_who_may_not_read_tells_nothing(talking: Talking, which: str) -> None:
    key = 10**9 if which == "no such person" else everybody(talking.world)[which].pk

    with pytest.raises(Invalid) as refused:
        comment(talking.case.pk, "uppdrag", "", "Hej", actor=talking.world.officer, names=[key])

    assert refused.value.errors == {"names": [NOT_IN_LIST]}
    assert (Kommentar.objects.count(), Kommentarsnamn.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", [StationKind.UTKAST, StationKind.BEREDNING])
def test_those_who_may_be_named_are_those_who_may_read(world: World, kind: StationKind) -> None:
    case = world.carried_to(kind)
    people = everybody(world)

    listed = readers_of(case).keys()

    assert {person.pk in listed for person in people.values()} == {True, False}
    for label, person in people.items():
        assert (person.pk in listed) == may_read(viewer(person), case), label
    for person in Person.objects.filter(pk__in=listed):
        assert may_read(viewer(person), case)


def test_what_one_has_not_read_is_not_accepted(talking: Talking) -> None:
    row = talking.comment()
    talking.write(row, "svar", "Ja.")
    talking.write(row, "svar", "Nej, förresten.")

    with pytest.raises(Unread):
        write(talking.case.pk, row.pk, "godtagen", "", actor=talking.world.officer, seen=1)

    assert talking.state(row) == "besvarad"


@pytest.mark.parametrize("kind", ["svar", "inlagg", "oppnad"])
def test_entry_says_something(talking: Talking, kind: str) -> None:
    row = talking.comment()
    talking.write(row, "svar", "Ja.")

    with pytest.raises(Invalid) as refused:
        talking.write(row, kind, " ")

    assert set(refused.value.errors) == {"text"}
    assert row.inlagg.count() == 1


STATES = {
    (Kommentarslage.OPPEN, "svar"): Kommentarslage.BESVARAD,
    (Kommentarslage.OPPEN, "inlagg"): Kommentarslage.OPPEN,
    (Kommentarslage.BESVARAD, "svar"): Kommentarslage.BESVARAD,
    (Kommentarslage.BESVARAD, "inlagg"): Kommentarslage.BESVARAD,
    (Kommentarslage.BESVARAD, "godtagen"): Kommentarslage.GODTAGEN,
    (Kommentarslage.BESVARAD, "oppnad"): Kommentarslage.OPPEN,
    (Kommentarslage.GODTAGEN, "inlagg"): Kommentarslage.GODTAGEN,
    (Kommentarslage.GODTAGEN, "oppnad"): Kommentarslage.OPPEN,
}
"""How a comment stands and what is written: how it stands then; what is not here is refused."""


@pytest.mark.parametrize("before", Kommentarslage)
@pytest.mark.parametrize("kind", Inlaggsslag)
def test_states_are_those_of_the_table(before: Kommentarslage, kind: Inlaggsslag) -> None:
    try:
        found: Kommentarslage | None = state_after(before, kind)
    except NotFromHere:
        found = None

    assert found == STATES.get((before, kind.value))


STEPS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["comment", *Inlaggsslag.values])), max_size=14)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_course_of_comments_agrees_with_a_plain_model(talking: Talking, steps: list[tuple[int, str]]) -> None:
    """What stands, what a request still waits for and what the journal says follow from the steps alone."""
    start = set(Kommentar.objects.values_list("pk", flat=True))
    rows: list[Kommentar] = []
    model: list[Kommentarslage] = []
    for which, step in steps:
        if step == "comment":
            rows.append(talking.comment())
            model.append(Kommentarslage.OPPEN)
            continue
        if which >= len(rows):
            continue
        expected = STATES.get((model[which], step))
        try:
            found: Kommentarslage | None = talking.write(rows[which], step, "Något.")
        except Refusal:
            found = None
        assert found == expected
        model[which] = expected or model[which]

    assert [talking.state(row) for row in rows] == model
    assert Kommentar.objects.exclude(pk__in=start).count() == len(model)
    assert journal.verify(talking.case.county_id, "Sörmland")[1] is None


def test_request_gathers_the_chosen_comments_and_waits_for_each(talking: Talking) -> None:
    world = talking.world
    first, second = talking.comment("Vem?"), talking.comment("Hur mycket?", "ekonomi", "")
    left = talking.comment("Var?", "omfattning", "")
    talking.request(first, second)

    asked = {row.part: row for row in Komplettering.objects.filter(satsning=talking.case)}
    assert {part: row.gathers_only for part, row in asked.items()} == {"uppdrag": True, "ekonomi": True}
    assert asked["uppdrag"].begaran == "- **Målgrupp:** Vem?"
    known = facts.read(talking.case.pk)
    assert (set(known.requested_parts), known.unanswered_parts) == ({"uppdrag", "ekonomi"}, ("uppdrag", "ekonomi"))

    talking.write(first, "svar", "Äldre.")
    with pytest.raises(Incomplete) as refused:
        world.do(talking.case, "lamna_komplettering", world.author)
    assert [gap.message for gap in refused.value.gaps] == ["Svara på begäran om komplettering av ekonomi."]
    talking.write(second, "svar", "En miljon.")
    world.do(talking.case, "lamna_komplettering", world.author)

    assert (talking.state(left), talking.state(first)) == ("oppen", "besvarad")
    assert journal.verify(talking.case.county_id, "Sörmland")[1] is None


def test_request_with_words_of_its_own_waits_for_them_too(talking: Talking) -> None:
    row = talking.comment("Vem?")
    inputs = Inputs(requests=(Request("uppdrag", "Skriv om syftet."),), comments=(row.pk,))
    talking.world.do(talking.case, "begar_komplettering", talking.world.officer, reason="Oklart.", inputs=inputs)

    [asked] = Komplettering.objects.filter(satsning=talking.case)
    assert asked.begaran == "Skriv om syftet.\n\n- **Målgrupp:** Vem?"
    talking.write(row, "svar", "Äldre.")

    assert facts.read(talking.case.pk).unanswered_parts == ("uppdrag",)


def test_opened_again_a_gathered_comment_is_waited_for_again(talking: Talking) -> None:
    row = talking.comment()
    talking.request(row)
    talking.write(row, "svar", "Äldre.")
    assert facts.read(talking.case.pk).unanswered_parts == ()

    talking.write(row, "oppnad", "Hur många?")

    assert facts.read(talking.case.pk).unanswered_parts == ("uppdrag",)


@pytest.mark.parametrize("which", ["answered", "other case", "none"])
def test_request_gathers_open_comments_of_the_case_alone(talking: Talking, which: str) -> None:
    row = talking.comment()
    key = row.pk
    if which == "answered":
        talking.write(row, "svar", "Äldre.")
    elif which == "other case":
        key = Talking(talking.world, talking.world.carried_to(StationKind.BEREDNING)).comment().pk
    else:
        key = 10**9

    inputs = Inputs(comments=(key,))
    with pytest.raises(Invalid) as refused:
        talking.world.do(talking.case, "begar_komplettering", talking.world.officer, reason="Oklart.", inputs=inputs)

    assert set(refused.value.errors) == {"comments"}
    assert Komplettering.objects.filter(satsning=talking.case).count() == 0


def test_thread_is_read_in_as_many_statements_however_long(talking: Talking, django_assert_num_queries: object) -> None:
    row = talking.comment()
    for _ in range(3):
        talking.write(row, "svar", "Ja.")
    other = talking.comment(ASKS, "ekonomi", "")

    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(thread_of(talking.case, row.pk).entries) == 3
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert thread_of(talking.case, other.pk).entries == []
    assert Kommentarsinlagg.objects.count() == 3


def test_what_is_over_takes_no_room_on_the_desk_from_what_is_not(world: World) -> None:
    early = Talking(world, world.carried_to(StationKind.BEREDNING))
    asked = early.comment()
    early.write(asked, "svar", "Var och en.")
    reader, over = world.person(STYRGRUPP, Role.LEDAMOT), Talking(world, world.carried_to(StationKind.BEREDNING))
    first = over.comment()
    same: dict[str, Any] = {
        "by": first.by,
        "by_body": first.by_body,
        "mandate": first.mandate,
        "at": first.at,
        "value": {},
    }
    rows = Kommentar.objects.bulk_create(
        Kommentar(satsning=over.case, part="uppdrag", text="Till kännedom.", act_id=uuid4(), **same)
        for _ in range(5 * (SHOWN + 1))
    )
    Kommentarsnamn.objects.bulk_create(Kommentarsnamn(kommentar=row, person=reader) for row in rows)
    world.do(over.case, "aterkalla", world.author, reason="Inte aktuell.")
    case = world.carried_to(StationKind.BEREDNING)

    key = comment(case.pk, "uppdrag", "", "Vem betalar?", actor=world.officer, names=[reader.pk])

    colleague = world.seat(BEREDNING, Role.HANDLAGGARE)
    assert [line.key for line in desk(reader).lines if line.kind == DeskKind.KOMMENTAR] == [key]
    assert [line.key for line in desk(colleague).lines if line.kind == DeskKind.KOMMENTAR] == [asked.pk]
