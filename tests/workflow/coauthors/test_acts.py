"""Inviting somebody to a draft: who may, what is refused, what it gives, and when it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.coauthors.conftest import PURPOSE, Together
from tests.workflow.desks import lines
from tests.workflow.test_rights import everybody
from tests.workflow.world import ARBETSGRUPP, World
from workflow import facts, journal
from workflow.coauthors.actions import ADDRESS, ONESELF, NotUsable, accept, end, find, invite
from workflow.coauthors.models import Medforfattare
from workflow.comments.actions import comment, write
from workflow.desk.vocabulary import DeskKind
from workflow.edits import save_part
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.readers import readers_of
from workflow.rights import Access, access, may_read, readable, viewer


def reads(person: Person, satsning: Satsning) -> bool:
    """Tell whether the person reads the case, by all the rules that say so."""
    who, fresh = viewer(person), Satsning.objects.get(pk=satsning.pk)
    found = {
        may_read(who, fresh),
        readable(who).filter(pk=satsning.pk).exists(),
        person.pk in readers_of(fresh),
    }
    assert len(found) == 1
    return found.pop()


def writes(person: Person, satsning: Satsning) -> bool:
    """Tell whether the person writes the first part."""
    fresh = Satsning.objects.get(pk=satsning.pk)
    return access(viewer(person), fresh, "uppdrag", facts.read(satsning.pk)) is Access.WRITE


def save(together: Together, actor: Person) -> None:
    read = content.read(together.draft.pk)
    value = {**read.part("uppdrag"), "syfte": f"Skrivet av {actor.name}."}
    save_part(together.draft.pk, "uppdrag", value, actor=actor, expected_version=read.versions["uppdrag"])


def test_invited_author_reads_and_writes_from_the_moment_of_accepting(together: Together) -> None:
    guest = together.guest
    assert (reads(guest, together.draft), writes(guest, together.draft)) == (False, False)
    made = together.invite()
    assert (reads(guest, together.draft), writes(guest, together.draft)) == (False, False)

    row = together.accept(made)

    assert (reads(guest, together.draft), writes(guest, together.draft)) == (True, True)
    save(together, guest)
    assert row.membership == Membership.objects.get(person=guest)
    assert journal.verify(together.draft.county_id, "Sörmland")[1] is None


def test_invited_commenter_reads_and_comments_and_writes_nothing(together: Together) -> None:
    together.joined("kommentera")
    guest = together.guest

    assert (reads(guest, together.draft), writes(guest, together.draft)) == (True, False)
    comment(together.draft.pk, "uppdrag", "", "Vem?", actor=guest)
    with pytest.raises(NoMandate):
        save(together, guest)


def test_invitation_to_one_draft_is_to_no_other(together: Together) -> None:
    other = together.world.make("Ett annat utkast")
    together.joined()

    assert (reads(together.guest, other), writes(together.guest, other)) == (False, False)


INVITES = {
    StationKind.UTKAST: True,
    StationKind.KOMPLETTERING: True,
    StationKind.INLAMNAD: False,
    StationKind.BEREDNING: False,
    StationKind.BESLUT: False,
    StationKind.BESLUTAD: False,
    StationKind.SLUTFORD: False,
}


@pytest.mark.parametrize("kind", INVITES)
def test_others_are_invited_while_it_is_written(world: World, kind: StationKind) -> None:
    together = Together(world, world.carried_to(kind))
    try:
        together.invite()
        found = True
    except NoMandate:
        found = False

    assert found == INVITES[kind]


def test_those_who_write_invite_and_nobody_else(together: Together) -> None:
    done, hidden = set(), set()
    for label, person in everybody(together.world).items():
        try:
            together.invite(f"{label.replace(' ', '-')}@example.org", actor=person)
        except NoMandate:
            continue
        except Satsning.DoesNotExist:
            hidden.add(label)
        else:
            done.add(label)

    assert done == {"author"}
    assert {"ended", "coming", "nobody", "superuser", "other county", "officer", "member", "contact"} <= hidden


def test_somebody_invited_invites_nobody(together: Together) -> None:
    together.joined()

    with pytest.raises(NoMandate):
        together.invite("annan@example.org", actor=together.guest)


@pytest.mark.parametrize("email", ["", "ingen", "a@", "a b@example.org", "a@example.org, b@example.org", "x" * 300])
def test_what_is_no_address_is_not_invited(together: Together, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        invite(together.draft.pk, email, "skriva", PURPOSE, actor=together.world.author)

    assert refused.value.errors == {"email": [ADDRESS]}


def test_oneself_the_same_twice_and_somebody_already_in_get_a_sentence_each(together: Together) -> None:
    world = together.world
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)

    def why(email: str) -> list[str]:
        with pytest.raises(Invalid) as refused:
            together.invite(email)
        return refused.value.errors["email"]

    assert why(world.author.email.upper()) == [ONESELF]
    assert why(colleague.email) == [f"Personen är redan med i {together.draft.ansvarig_grupp.name}."]
    made = together.invite()
    assert why(together.guest.email.upper()) == ["Adressen är redan inbjuden. Ta bort den först."]
    together.accept(made)
    assert why(together.guest.email) == ["Personen medverkar redan."]


def test_nobody_is_told_whether_an_address_is_somebodys(together: Together) -> None:
    """An address of another county's, of nobody's and of the county's are invited alike."""
    people = everybody(together.world)

    for email in (people["other county"].email, "finns-inte@example.org", people["contact"].email):
        assert together.invite(email).row.person is None


@pytest.mark.parametrize(("role", "purpose", "field"), [("allt", PURPOSE, "role"), ("skriva", "  ", "purpose")])
def test_invitation_says_what_for(together: Together, role: str, purpose: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        invite(together.draft.pk, "ny@example.org", role, purpose, actor=together.world.author)

    assert set(refused.value.errors) == {field}


def test_link_works_for_the_address_it_was_sent_to_alone(together: Together) -> None:
    made = together.invite()
    stranger = together.world.seat("kontakt-trosa", Role.KONTAKTPERSON)

    for token, person in ((made.token, stranger), (f"{made.token}x", together.guest), ("", together.guest)):
        with pytest.raises(NotUsable, match="Länken gäller inte för den adress"):
            find(token, person)
    with pytest.raises(NotUsable):
        together.accept(made, actor=stranger)
    assert not reads(stranger, together.draft)


def test_link_works_once_and_until_its_day(together: Together) -> None:
    made = together.invite()
    Medforfattare.objects.filter(pk=made.row.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotUsable, match="gäller inte längre"):
        together.accept(made)
    Medforfattare.objects.filter(pk=made.row.pk).update(expires_at=timezone.now() + timedelta(days=1))
    together.accept(made)

    with pytest.raises(NotUsable, match="redan tackat ja"):
        together.accept(made)


def test_without_a_membership_in_the_county_nothing_is_accepted(together: Together) -> None:
    person = Person.objects.create_user("ny@example.org", "Exempelny")
    other = everybody(together.world)["other county"]
    for one in (person, other):
        made = together.invite(one.email)
        for seat in Membership.objects.all():
            with pytest.raises(Invalid):
                accept(made.token, membership_id=seat.pk, actor=one)

    assert not reads(other, together.draft)


def test_it_ends_with_the_membership(together: Together) -> None:
    together.joined()
    Membership.objects.filter(person=together.guest).update(ends_on=today())
    assert reads(together.guest, together.draft)

    Membership.objects.filter(person=together.guest).update(ends_on=today() - timedelta(days=1))
    together.world.also(together.guest, "kontakt-trosa", Role.KONTAKTPERSON)

    assert (reads(together.guest, together.draft), writes(together.guest, together.draft)) == (False, False)


def test_it_ends_with_the_case(together: Together) -> None:
    row = together.joined()

    together.world.do(together.draft, "aterkalla", together.world.author, reason="Inte aktuell.")

    assert not reads(together.guest, together.draft)
    assert Medforfattare.objects.get(pk=row.pk).ended_at is not None
    assert journal.verify(together.draft.county_id, "Sörmland")[1] is None


def test_it_lasts_through_a_completion(together: Together) -> None:
    world = together.world
    together.joined()
    world.fill(together.draft, *DECIDED_PARTS)
    world.do(together.draft, "lamna_in", together.world.author)
    assert not writes(together.guest, together.draft)
    with pytest.raises(NoMandate):
        world.do(together.draft, "aterkalla", together.guest, reason="Nej.")


@pytest.mark.parametrize("who", ["author", "guest"])
def test_it_is_ended_by_the_group_or_by_the_one_invited(together: Together, who: str) -> None:
    row = together.joined()
    actor = together.guest if who == "guest" else together.world.author

    end(together.draft.pk, row.pk, actor=actor)

    assert (reads(together.guest, together.draft), writes(together.guest, together.draft)) == (False, False)
    assert journal.verify(together.draft.county_id, "Sörmland")[1] is None
    with pytest.raises(NotFromHere):
        end(together.draft.pk, row.pk, actor=together.world.author)
    together.invite()


def test_others_end_nothing(together: Together) -> None:
    row = together.joined()

    with pytest.raises(NoMandate):
        end(together.draft.pk, row.pk, actor=together.world.coordinator)
    with pytest.raises(Satsning.DoesNotExist):
        end(together.draft.pk, row.pk, actor=together.world.officer)
    with pytest.raises(Satsning.DoesNotExist):
        end(together.world.make().pk, row.pk, actor=together.world.author)


def test_inactive_person_has_nothing(together: Together) -> None:
    together.joined()
    guest = together.guest
    guest.is_active = False
    guest.save()

    assert not reads(guest, together.draft)


def test_guest_finds_on_the_desk_what_is_said_to_them(together: Together) -> None:
    joined, author = together.joined(), together.world.author
    key = comment(together.draft.pk, "uppdrag", "", "Stämmer det för er?", actor=author, names=[together.guest.pk])
    assert [line.key for line in lines(together.guest, DeskKind.KOMMENTAR)] == [key]

    end(together.draft.pk, joined.pk, actor=author)

    assert lines(together.guest, DeskKind.KOMMENTAR) == []


def test_guest_finds_the_answer_to_a_comment_on_the_desk(together: Together) -> None:
    together.joined("kommentera")
    key = comment(together.draft.pk, "uppdrag", "", "Vem betalar?", actor=together.guest)

    write(together.draft.pk, key, "svar", "Regionen.", actor=together.world.author, seen=0)

    assert [line.do for line in lines(together.guest, DeskKind.KOMMENTAR)] == ["Läs svaret på kommentaren"]


def test_guest_whose_membership_has_ended_is_invited_anew(together: Together) -> None:
    made = together.invite()
    first = together.accept(made)
    Membership.objects.filter(person=together.guest).update(ends_on=today() - timedelta(days=1))

    with pytest.raises(Invalid, match="Avsluta medverkan först"):
        together.invite()
    with pytest.raises(NotUsable, match="ny inbjudan"):
        find(made.token, together.guest)

    end(together.draft.pk, first.pk, actor=together.world.author)
    together.world.also(together.guest, "kontakt-trosa", Role.KONTAKTPERSON)
    made = together.invite()
    seat = Membership.objects.filter(person=together.guest).order_by("-pk")[0]
    accept(made.token, membership_id=seat.pk, actor=together.guest)
    assert reads(together.guest, together.draft)
