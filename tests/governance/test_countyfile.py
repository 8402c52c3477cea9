"""County files that are valid, broken in one known way, or hardly files at all."""

import contextlib
import io
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from governance.countyfile import CountyFileError, decode, export, load, read_county, read_text
from governance.countyfile.export import export_spec
from governance.countyfile.places import lines_of
from governance.countyfile.reading import MAX_BYTES
from governance.countyfile.show import as_version, show
from governance.drawing import path_svg
from governance.models import County
from tests.governance.breaks import BREAKS, Break, file_of
from tests.governance.conftest import SORMLAND
from tests.strategies import county_specs, county_texts

COUNTIES = Path(__file__).parents[2] / "governance/counties"
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def problems_in(text: str) -> list[str]:
    """Return the places of the problems in a broken file."""
    with pytest.raises(CountyFileError) as error:
        read_county(text)
    return [problem.place for problem in error.value.problems]


@EXAMPLES
@given(county_texts())
def test_a_valid_file_is_written_and_read_as_itself(text: str) -> None:
    spec = read_county(text)
    written = export_spec(spec)
    assert read_county(written) == spec
    assert export_spec(read_county(written)) == written


@EXAMPLES
@given(county_texts())
def test_a_valid_file_can_be_shown_and_drawn(text: str) -> None:
    spec = read_county(text)
    assert spec.name in show(spec)
    assert path_svg(as_version(spec.paths[0]), {}).count("<rect") == len(spec.paths[0].stations)


@pytest.mark.django_db
@settings(EXAMPLES, max_examples=12)
@given(county_texts())
def test_a_valid_file_loads_and_exports_to_itself(text: str) -> None:
    spec = read_county(text)
    with transaction.atomic():
        load(text)
        assert read_county(export(County.objects.get(code=spec.code))) == spec
        assert not load(text)
        transaction.set_rollback(True)


@EXAMPLES
@given(county_texts(), st.sampled_from(BREAKS))
def test_a_broken_file_is_refused_at_the_broken_key(text: str, break_it: Break) -> None:
    tables = tomllib.loads(text)
    place = break_it(tables)
    if place is not None:
        assert place in problems_in(file_of(tables))


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda one: one.__name__)
def test_each_break_is_told_with_message_and_remedy(break_it: Break, valid: str) -> None:
    tables = tomllib.loads(valid)
    place = break_it(tables)
    with pytest.raises(CountyFileError) as error:
        read_county(file_of(tables))
    found = {problem.place: problem for problem in error.value.problems}
    assert place in found
    assert (found[place].message[-1], found[place].remedy[-1]) in {(".", "."), (".", "?"), (".", "]")}


@pytest.fixture(scope="module")
def valid() -> str:
    """Give a small valid file, written by hand."""
    return (Path(__file__).parent / "litet_lan.toml").read_text(encoding="utf-8")


def test_the_small_file_is_valid(valid: str) -> None:
    assert len(read_county(file_of(tomllib.loads(valid))).paths[0].moves) == 9


def test_every_problem_is_told_at_once_with_its_line() -> None:
    text = SORMLAND.replace('kommunkod = "0482"', 'kommunkod = "9999"').replace(
        'till = "avslagen"', 'till = "avslaget"'
    )
    text = text.replace('kod = "fouis"', 'kod = "fouis"\nfarg = "blå"')
    with pytest.raises(CountyFileError) as error:
        read_county(text)
    lines = text.splitlines()
    told = [(problem.place, lines[(problem.line or 0) - 1]) for problem in error.value.problems]
    assert told == [
        ("organisation[2].kommunkod", 'kommunkod = "9999"'),
        ("organ[8].farg", 'farg = "blå"'),
        ("arendegang[0].forflyttning[7].till[0]", 'till = "avslaget"'),
    ]
    assert "Menade du ”avslagen”?" in str(error.value)


def test_places_know_their_lines() -> None:
    text = 'a = """\n[b]\n"""\n[lan]\nkod = "x" # [y]\n[[p]]\nlista = [\n  "[[q]]",\n]\n'
    text += "[p.g.x]\nk = 1\n[[p.s]]\n[[p.s]]\nn = 2\n"
    assert lines_of(text) == {
        "a": 1,
        "lan": 4,
        "lan.kod": 5,
        "p[0]": 6,
        "p[0].lista": 7,
        "p[0].g.x": 10,
        "p[0].g.x.k": 11,
        "p[0].s[0]": 12,
        "p[0].s[1]": 13,
        "p[0].s[1].n": 14,
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lan",
        "[lan\nkod = 1",
        'lan = "x',
        "[lan]\n[lan]",
        "[lan]\nkod = 'a'\nkod = 'b'",
        "x = " + "[" * 5000,
        "a." * 100_000 + "b = 1",
        "x = " + "9" * 5000,
        "x = 2024-13-45",
        "x = nan",
        "lan = []",
        "lan = 1\norgan = 2\narendegang = 3",
        "arendegang = [1, 2]",
        "[[arendegang]]\n[[arendegang.steg]]\n[[arendegang.forflyttning]]",
        "[[organ]]\nbeslutsregel = 1\n[mandat]\nx = 1",
        "\x00",
        "#" * (MAX_BYTES + 1),
        "\ud800",
        f"# \ud800\n{SORMLAND}",
    ],
)
def test_what_is_hardly_a_county_file_is_refused_in_words(text: str) -> None:
    assert problems_in(text) != []


@EXAMPLES
@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_any_text_is_refused_and_never_fails(text: str) -> None:
    assert problems_in(text) != []


Json = st.recursive(
    st.none().map(lambda _: "") | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kod", "namn", "slag", "av"]), inner),
    max_leaves=8,
)


@EXAMPLES
@given(st.data())
def test_a_value_of_any_shape_anywhere_never_fails(data: st.DataObject) -> None:
    tables = tomllib.loads(data.draw(county_texts()))
    where: Any = tables
    key: Any = ""
    while isinstance(where, dict | list) and where:
        outer, key = where, data.draw(st.sampled_from(sorted(where) if isinstance(where, dict) else range(len(where))))
        where = outer[key] if data.draw(st.booleans()) else None
        if where is None:
            outer[key] = data.draw(Json)
    with contextlib.suppress(CountyFileError):
        assert read_county(file_of(tables)).paths


def test_a_valid_file_without_gates_can_be_asked_for() -> None:
    assert find(county_specs(gates=False), lambda spec: len(spec.paths[0].stations) > 9).paths[0].gates == ()


@pytest.mark.parametrize("path", sorted(COUNTIES.glob("*.toml")), ids=lambda path: path.name)
def test_every_county_that_comes_with_the_program_is_valid(path: Path) -> None:
    assert read_county(read_text(path)).paths


def test_a_broken_line_is_told_with_its_number() -> None:
    with pytest.raises(CountyFileError) as error:
        read_county('[lan]\nkod = "x"\nnamn "y"\n')
    assert str(error.value) == (
        "rad 3, filen: Filen är inte giltig TOML (kolumn 6): Ett likhetstecken saknas efter nyckeln. "
        "Skriv nyckel = värde."
    )


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "stor.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(CountyFileError, match="50,0 MB"):
        read_text(path)
    with pytest.raises(CountyFileError, match="högst 1 MB"):
        decode(b"#" * (MAX_BYTES + 1))


def test_a_file_that_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("namn = 'Sörmland'".encode("latin-1"))
    for name, words in (("", "inte en fil"), ("borta.toml", "finns inte"), ("latin.toml", "UTF-8")):
        with pytest.raises(CountyFileError, match=words):
            read_text(tmp_path / name)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "[[organ]]\n" * 90_000,
        "[[arendegang]]\n" + "[[arendegang.steg]]\n" * 40_000,
        "".join(f"k{number} = 1\n" for number in range(80_000)),
        "[mandat]\n" + "".join(f"k{number} = {{}}\n" for number in range(60_000)),
        "[[arendegang]]\n" + "".join(f"[arendegang.grind.g{number}]\n" for number in range(30_000)),
        "[malbild]\nperspektiv = [\n" + '"a",\n' * 150_000 + "]",
        ("a." * 140 + "b = 1\n") * 1 + "".join("a." * 140 + f"b{number} = 1\n" for number in range(3_000)),
    ],
)
def test_a_file_full_of_nothing_is_refused_without_reading_it_for_minutes(text: str) -> None:
    assert len(problems_in(text)) < 2_000


def run(*words: str) -> tuple[str, str, int]:
    """Run the command and return what it wrote, what it complained of, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("county", *words, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}", error.returncode
    return out.getvalue(), err.getvalue(), 0


@pytest.mark.django_db
def test_the_command_goes_the_whole_way(tmp_path: Path) -> None:
    path = tmp_path / "lan.toml"
    path.write_text(SORMLAND, encoding="utf-8")
    assert run("check", str(path)) == (
        "Sörmland: inga fel. 10 organisationer, 9 organ, 1 ärendegångar, 22 förflyttningar.\n",
        "",
        0,
    )
    assert run("export", "sormland")[2] == 1
    assert run("diff", str(path))[0].startswith("+ län sormland: Sörmland\n")
    assert run("load", str(path))[0].splitlines()[-1].startswith("Laddat: ")
    assert run("load", str(path)) == ("Ingen skillnad.\nIngenting att ladda.\n", "", 0)
    assert read_county(run("export", "sormland")[0]) == read_county(SORMLAND)
    assert run("show", "sormland")[0].splitlines()[0] == run("show", str(path))[0].splitlines()[0] == "Sörmland"
    assert run("draw", "sormland", "--to", str(tmp_path))[2] == 0
    assert (tmp_path / "arendegang-sormland.svg").exists()
    assert run("draw", "sormland", "--to", str(tmp_path / "borta"))[2] == 1


@pytest.mark.django_db
def test_the_command_tells_every_error_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lan.toml"
    path.write_text(SORMLAND.replace("0482", "9999").replace('"leda_arenden"', '"leda"'), encoding="utf-8")
    for what in ("check", "diff", "load"):
        out, err, code = run(what, str(path))
        assert (out, code, len(err.splitlines())) == ("", 1, 6)
        assert err.splitlines()[-1] == "5 fel. Ingenting är laddat."
    assert run("check", str(tmp_path / "borta.toml"))[2] == 1
    assert not County.objects.exists()
