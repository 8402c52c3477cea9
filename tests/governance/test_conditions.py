"""Conditions on moves in a county file: read, checked so that no cost is stuck, kept, shown, drawn and compared."""

import re
from datetime import timedelta
from itertools import product

import pytest

from governance.conditions import Condition
from governance.countyfile import CountyFileError, compare_with_loaded, export, load, read_county
from governance.countyfile.show import show
from governance.drawing import path_rows, path_svg
from governance.drawing.table import markdown
from governance.models import County, Move
from governance.paths import path_version
from governance.permissions import today
from governance.selectors import body_names
from tests.factories import OREBRO, orebro

TEXT = OREBRO.read_text(encoding="utf-8")
UP_TO = "villkor = { kostnad_hogst = 5000000 }"
ABOVE = "villkor = { kostnad_over = 5000000 }"


def plain(text: object) -> str:
    return str(text).replace("\xa0", " ")


def said(text: str) -> list[tuple[str, str, str]]:
    """Return what is wrong with a file: place, message and remedy."""
    with pytest.raises(CountyFileError) as caught:
        read_county(text)
    return [(one.place, plain(one.message), plain(one.remedy)) for one in caught.value.problems]


AT = "arendegang[0].forflyttning"
BIFALL, OVERLAMNA = f"{AT}[6].villkor", f"{AT}[7].villkor"
WHOLE = "men det ska vara ett heltal från 0 till 100000000000."
IN_GATE = '"fokusomrade", "grov_kostnad", "brukarmedverkan_forsta", "ledare"]'
UNKNOWN = (
    f"Ärendegången har villkor om kostnad ({AT}[6]), men ”lamna_in” kräver inte att den är känd."  # the first with one
)
STUCK = "En satsning som kostar {} kr kommer inte vidare från ”Beslut i länsledningen”."


@pytest.mark.parametrize(
    ("was", "becomes", "place", "message"),
    [
        (UP_TO, "villkor = { kostnad_hogst = 4000000 }", BIFALL, STUCK.format("4 000 001")),
        (ABOVE, "villkor = { kostnad_over = 6000000 }", BIFALL, STUCK.format("5 000 001")),
        (ABOVE, UP_TO, BIFALL, STUCK.format("5 000 001")),
        (UP_TO, ABOVE, BIFALL, STUCK.format("0")),
        (UP_TO, 'villkor = { kostnad_hogst = "5 mkr" }', f"{BIFALL}.kostnad_hogst", f"Här står text, {WHOLE}"),
        (UP_TO, "villkor = { kostnad_hogst = 5e6 }", f"{BIFALL}.kostnad_hogst", f"Här står decimaltal, {WHOLE}"),
        (UP_TO, "villkor = { kostnad_hogst = true }", f"{BIFALL}.kostnad_hogst", f"Här står sant/falskt, {WHOLE}"),
        (UP_TO, "villkor = { kostnad_hogst = -1 }", f"{BIFALL}.kostnad_hogst", "Talet ligger utanför 0–100000000000."),
        (UP_TO, "villkor = {}", BIFALL, "Villkoret säger inget om kostnaden."),
        (UP_TO, "villkor = { kostnad_max = 5 }", f"{BIFALL}.kostnad_max", "Okänd nyckel."),
        (UP_TO, "villkor = { kostnad_over = 5, kostnad_hogst = 5 }", BIFALL, "Ingen kostnad är både över och högst."),
        (
            'slag = "avslag"\nfran',
            'slag = "avslag"\nvillkor = { kostnad_over = 1 }\nfran',
            f"{AT}[8].villkor",
            "”avslag” kan inte ha villkor: vägen tillbaka och ut är öppen vad satsningen än kostar.",
        ),
        (IN_GATE, IN_GATE.replace('"grov_kostnad", ', ""), f"{AT}[1].grind", UNKNOWN),
        (
            'till = "beslut-namnd"',
            'till = "beslut"',
            f"{AT}[7].till",
            "”overlamna” leder till ett annat steg än det lämnar.",
        ),
    ],
)
def test_condition_that_cannot_be_meant_is_told_with_its_place(
    was: str, becomes: str, place: str, message: str
) -> None:
    assert was in TEXT

    found = said(TEXT.replace(was, becomes, 1))

    assert (place, message) in [(where, what) for where, what, _ in found]
    assert all(remedy for _, _, remedy in found)


def test_step_of_the_namnd_is_held_to_every_cost_too() -> None:
    """A satsning may become cheaper on its way, so that a step that only dear ones reach is not safe."""
    second = 'fran = "beslut-namnd"\ntill = "beslutad"\nav = { namnd = "besluta" }\ngrind = "pa-bordet"\n'
    back = 'slag = "aterremiss"\nfran = "beslut-namnd"\ntill = "beredning"\nav = { namnd = "besluta" }\n'
    assert second in TEXT
    assert f"[[arendegang.forflyttning]]\n{back}" in TEXT
    limited = TEXT.replace(second, f"{second}{ABOVE}\n")
    assert read_county(limited).paths

    found = said(limited.replace(f"[[arendegang.forflyttning]]\n{back}", ""))

    assert [message for _, message, _ in found] == [
        "En satsning som kostar 0 kr kommer inte vidare från ”Beslut i nämnden”."
    ]


OTHER = """[[organ]]
kod = "andra"
namn = "Andra nämnden"
slag = "namnd"
beslutsregel = { kvorum = "mer_an_halften" }

"""


def test_second_namnd_has_to_be_named_by_its_code() -> None:
    text = TEXT.replace("[[organ]]", f"{OTHER}[[organ]]", 1)
    named = text.replace("av = { namnd =", "av = { samverkansnamnden =")

    messages = {message for _, message, _ in said(text)}

    assert messages == {"Länet har 2 organ av slaget ”namnd”, så det går inte att se vilket som beslutar."}
    assert read_county(named).paths


def test_limits_divide_every_cost_between_them() -> None:
    up_to, above, between = Condition(hogst=5), Condition(over=5), Condition(over=5, hogst=9)

    for cost, condition in product(range(12), (up_to, above, between)):
        expected = {up_to: cost <= 5, above: cost > 5, between: 5 < cost <= 9}[condition]
        assert condition.holds(cost) == expected


def test_condition_reads_as_a_sentence() -> None:
    assert (
        plain(Condition(over=1_500_000, hogst=5_000_000)) == "kostar mer än 1 500 000 kr och kostar högst 5 000 000 kr"
    )
    assert plain(Condition(hogst=1_500_000).short) == "≤ 1,5 mkr"
    assert plain(Condition(over=250_000).short) == "> 250 000 kr"


@pytest.mark.django_db
def test_condition_is_kept_exported_and_read_again() -> None:
    county = orebro()

    stored = Move.objects.filter(version__arendegang__county=county).exclude(condition={}).order_by("position")
    assert [(row.code, row.condition) for row in stored][:2] == [
        ("bifall", {"kostnad_hogst": 5_000_000}),
        ("overlamna", {"kostnad_over": 5_000_000}),
    ]
    assert read_county(export(county)) == read_county(TEXT)
    assert not load(TEXT)


@pytest.mark.django_db
def test_condition_is_told_in_words_table_picture_and_difference() -> None:
    county = orebro()
    row = Move.objects.filter(version__arendegang__county=county).exclude(condition={})[0]
    version, names = path_version(row.version_id), body_names(county.pk)

    line = next(plain(one) for one in path_rows(version, names) if one.code == "overlamna")
    picture = plain(path_svg(version, names))

    assert line.endswith("Kräver grinden På bordet, att satsningen kostar mer än 5 000 000 kr.")
    assert line in plain(show(read_county(TEXT)))
    assert "att satsningen kostar högst 5 000 000 kr" in plain(markdown(version, names, picture="x.svg"))
    assert "◆ Bifall [≤ 5 mkr] (möte)" in picture
    assert "för satsningar som kostar mer än 5 000 000 kr" in picture
    assert "[ ] villkor om kostnad" in picture
    tomorrow = f"version = 2\ngaller_fran = {today() + timedelta(days=1)}"
    changed = re.sub(r"version = 1\ngaller_fran = \S+", tomorrow, TEXT, count=1).replace("5000000", "7000000")
    assert "bifall: villkor (kostnad_hogst: 5000000) → (kostnad_hogst: 7000000)" in str(compare_with_loaded(changed))


@pytest.mark.django_db
def test_year_has_one_theme_and_a_theme_is_kept_and_compared() -> None:
    twice = TEXT.replace("ar = 2026\nbeskrivning", "ar = 2025\nbeskrivning")
    assert [message for _, message, _ in said(twice)] == ["Året ”2025” finns redan på arstema[0].ar."]

    county = orebro()
    changed = TEXT.replace('namn = "Den fasta kontakten"', 'namn = "Vem ringer jag?"')
    assert str(compare_with_loaded(changed)) == "~ årstema tema-2026: namn ”Den fasta kontakten” → ”Vem ringer jag?”"
    load(changed)
    assert read_county(export(County.objects.get(pk=county.pk))) == read_county(changed)
