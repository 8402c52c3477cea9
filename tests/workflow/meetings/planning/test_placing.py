"""Where items stand: order and sections, for any agenda."""

from hypothesis import given
from hypothesis import strategies as st

from workflow.meetings.planning.placing import Place, Places, insert, into_section, move, step
from workflow.meetings.planning.standing import Line
from workflow.meetings.vocabulary import ItemKind

TEMPLATE = (
    Line(kind=ItemKind.STAENDE, standing="oppnande", title="Öppnande", section="Inledning"),
    Line(kind=ItemKind.ARENDE, title="Beslutsärenden", section="Beslut"),
    Line(kind=ItemKind.INFORMATION, title="Läget", section="Information"),
    Line(kind=ItemKind.STAENDE, standing="avslutande", title="Avslutning", section="Avslutning"),
)


def of(*sections: str) -> Places:
    return tuple(Place(key, section) for key, section in enumerate(sections, 1))


def shown(places: Places) -> str:
    return " ".join(f"{place.key}{place.section}" for place in places)


@st.composite
def agendas(draw: st.DrawFn) -> Places:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    return of(*(name for name, size in zip("ABCD", sizes, strict=False) for _ in range(size)))


def stands_together(places: Places) -> bool:
    seen = [place.section for at, place in enumerate(places) if not at or places[at - 1].section != place.section]
    return len(seen) == len(set(seen))


@given(agendas(), st.data())
def test_a_step_keeps_all_items_and_its_sections_together(places: Places, data: st.DataObject) -> None:
    key, up = data.draw(st.integers(1, len(places))), data.draw(st.booleans())
    after = step(places, key, up=up)
    assert sorted(place.key for place in after) == sorted(place.key for place in places)
    assert stands_together(after)


@given(agendas(), st.data())
def test_a_step_up_then_down_comes_back_unless_at_an_end(places: Places, data: st.DataObject) -> None:
    key = data.draw(st.integers(1, len(places)))
    after = step(places, key, up=True)
    if after != places and [one.section for one in places].count(places[key - 1].section) > 1:
        assert step(after, key, up=False) == places


@given(agendas(), st.data())
def test_an_item_can_be_stepped_all_the_way_to_the_top_and_bottom(places: Places, data: st.DataObject) -> None:
    key, up = data.draw(st.integers(1, len(places))), data.draw(st.booleans())
    for _ in range(2 * len(places) + 4):
        places = step(places, key, up=up)
    assert places[0 if up else -1].key == key


@given(agendas(), st.integers(-5, 40), st.data())
def test_an_item_is_moved_to_its_place_and_sections_stand_together(
    places: Places, to: int, data: st.DataObject
) -> None:
    key = data.draw(st.integers(1, len(places)))
    after = move(places, key, to)
    assert [place.key for place in after].index(key) == min(max(to, 1), len(places)) - 1
    assert [place.key for place in after if place.key != key] == [place.key for place in places if place.key != key]
    assert stands_together(after)


def test_a_step_past_the_edge_of_a_section_goes_into_the_next() -> None:
    places = of("A", "A", "B", "B")
    assert shown(step(places, 3, up=True)) == "1A 2A 3A 4B"
    assert shown(step(step(places, 3, up=True), 3, up=True)) == "1A 3A 2A 4B"
    assert shown(step(places, 2, up=False)) == "1A 2B 3B 4B"


def test_an_item_put_in_a_section_is_last_in_it() -> None:
    assert shown(into_section(of("A", "A", "B"), 1, "B")) == "2A 3B 1B"
    assert shown(into_section(of("A", "A", "B"), 1, "Ny")) == "2A 1Ny 3B"
    assert shown(into_section(of("A", "B"), 1, "Ny")) == "1Ny 2B"
    assert shown(into_section(of("A", "B"), 1, "A")) == "1A 2B"


def test_a_new_item_stands_where_the_template_has_its_kind() -> None:
    begun = (
        Place(1, "Inledning", ItemKind.STAENDE, "oppnande", "Öppnande"),
        Place(2, "Information", ItemKind.INFORMATION, "", "Läget"),
        Place(3, "Avslutning", ItemKind.STAENDE, "avslutande", "Avslutning"),
    )
    case, other = Place(8, kind=ItemKind.ARENDE, title="A"), Place(9, kind=ItemKind.OVRIGT, title="B")
    with_case = insert(begun, case, TEMPLATE)
    assert shown(with_case) == "1Inledning 8Beslut 2Information 3Avslutning"
    assert shown(insert(with_case, other, TEMPLATE)) == "1Inledning 8Beslut 9Beslut 2Information 3Avslutning"
    news = Place(7, kind=ItemKind.INFORMATION, title="C")
    assert shown(insert(begun, news, TEMPLATE)) == "1Inledning 2Information 7Information 3Avslutning"
    assert shown(insert(begun[:1], case, TEMPLATE)) == "1Inledning 8Beslut"
    assert shown(insert(begun, case, ())) == "1Inledning 2Information 8Beslutsärenden 3Avslutning"
    assert shown(insert((), case, ())) == "8Beslutsärenden"
