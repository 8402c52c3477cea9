"""Known ways to break a valid county file, each with the place that must be named."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Tables = dict[str, Any]
Break = Callable[[Tables], str | None]
"""Breaks the tables and returns the place, or None where the file has nothing to break that way."""

BREAKS: list[Break] = []


def known(function: Break) -> Break:
    """Count the function among the breaks."""
    BREAKS.append(function)
    return function


def to_toml(value: Any) -> str:
    """Write parsed TOML as text again, every value inline."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {to_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[\n" + "".join(f"{to_toml(part)},\n" for part in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def file_of(tables: Tables) -> str:
    """Write the tables as a county file."""
    return "".join(f"{key} = {to_toml(value)}\n" for key, value in tables.items())


def _path(tables: Tables) -> Tables:
    path: Tables = tables["arendegang"][0]
    return path


def _move(tables: Tables, slag: str) -> tuple[int, Tables]:
    moves = _path(tables)["forflyttning"]
    return next((index, move) for index, move in enumerate(moves) if move["slag"] == slag)


def _organ(tables: Tables, kod: str) -> tuple[int, Tables]:
    return next((index, organ) for index, organ in enumerate(tables["organ"]) if organ["kod"] == kod)


@known
def unknown_key(tables: Tables) -> str:
    tables["organ"][0]["farg"] = "blå"
    return "organ[0].farg"


@known
def unknown_table(tables: Tables) -> str:
    tables["organisationer"] = []
    return "organisationer"


@known
def missing_name(tables: Tables) -> str:
    del tables["organ"][-1]["namn"]
    return f"organ[{len(tables['organ']) - 1}].namn"


@known
def wrong_type(tables: Tables) -> str:
    tables["lan"]["namn"] = 7
    return "lan.namn"


@known
def table_instead_of_list(tables: Tables) -> str:
    tables["organisation"] = {"kod": "a"}
    return "organisation"


@known
def unknown_kind(tables: Tables) -> str:
    tables["organ"][0]["slag"] = "styrelse"
    return "organ[0].slag"


@known
def invalid_code(tables: Tables) -> str:
    tables["organ"][0]["kod"] = "Länsstyrgruppen!"
    return "organ[0].kod"


@known
def code_is_a_word_of_the_vocabulary(tables: Tables) -> str:
    tables["organ"].append({"kod": "fou", "namn": "FoU", "slag": "fou"})
    return f"organ[{len(tables['organ']) - 1}].kod"


@known
def kommunkod_twice(tables: Tables) -> str:
    first = next(one for one in tables["organisation"] if one["slag"] == "kommun")
    tables["organisation"].append({**first, "kod": "en-till"})
    return f"organisation[{len(tables['organisation']) - 1}].kommunkod"


@known
def unofficial_kommunkod(tables: Tables) -> str:
    tables["organisation"][1]["kommunkod"] = "9999"
    return "organisation[1].kommunkod"


@known
def kommunkod_of_another_county(tables: Tables) -> str | None:
    if "lanskod" not in tables["lan"]:
        return None
    tables["organisation"][1]["kommunkod"] = "1880"
    return "organisation[1].kommunkod"


@known
def kommunkod_of_a_region(tables: Tables) -> str:
    tables["organisation"][0]["kommunkod"] = "0484"
    return "organisation[0].kommunkod"


@known
def code_twice(tables: Tables) -> str:
    tables["organ"].append(dict(tables["organ"][1]))
    return f"organ[{len(tables['organ']) - 1}].kod"


@known
def body_of_contacts_written(tables: Tables) -> str:
    tables["organ"].append({"kod": "kontakter", "namn": "K", "slag": "organisation"})
    return f"organ[{len(tables['organ']) - 1}].slag"


@known
def circle_of_parents(tables: Tables) -> str:
    for kod, parent in (("gruppen", "niva-0"), ("niva-0", "gruppen")):
        _organ(tables, kod)[1]["arbetar_at"] = parent
    return f"organ[{_organ(tables, 'gruppen')[0]}].arbetar_at"


@known
def unknown_parent(tables: Tables) -> str:
    tables["organ"][1]["arbetar_at"] = "ingen"
    return "organ[1].arbetar_at"


@known
def no_rule(tables: Tables) -> str:
    del tables["organ"][0]["beslutsregel"]
    return "organ[0].beslutsregel"


@known
def share_without_its_rule(tables: Tables) -> str:
    tables["organ"][0]["beslutsregel"] = {"kvorum": "mer_an_halften", "andel": 50}
    return "organ[0].beslutsregel.andel"


@known
def more_municipalities_than_there_are(tables: Tables) -> str:
    tables["organ"][0]["beslutsregel"] = {"kvorum": "region_och_kommuner", "kommuner": 99}
    return "organ[0].beslutsregel.kommuner"


@known
def meetings_of_a_group_that_holds_none(tables: Tables) -> str:
    index, organ = _organ(tables, "gruppen")
    organ["mote"] = {}
    return f"organ[{index}].mote"


@known
def unknown_key_of_meetings(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"kallelser": 5}
    return "organ[0].mote.kallelser"


@known
def endless_wait(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"justering": 61}
    return "organ[0].mote.justering"


@known
def papers_after_the_kallelse(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"kallelse": 6, "handlingar": 5}
    return "organ[0].mote.handlingar"


@known
def kallelse_before_the_usual_day_of_papers(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"kallelse": 8}
    return "organ[0].mote.kallelse"


@known
def reservation_after_the_minutes(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"justering": 5, "reservation": 6}
    return "organ[0].mote.reservation"


@known
def vote_that_is_no_flag(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"utslagsrost": "nej"}
    return "organ[0].mote.utslagsrost"


@known
def namnd_that_decides_per_capsulam(tables: Tables) -> str:
    tables["organ"][0]["beslutsregel"] = {"kvorum": "mer_an_halften", "formalia": True}
    tables["organ"][0]["mote"] = {"per_capsulam": True}
    return "organ[0].mote.per_capsulam"


@known
def namnd_without_casting_vote(tables: Tables) -> str:
    tables["organ"][0]["beslutsregel"] = {"kvorum": "mer_an_halften", "formalia": True}
    tables["organ"][0]["mote"] = {"utslagsrost": False}
    return "organ[0].mote.utslagsrost"


@known
def paragraph_without_a_number(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"paragraf": "§ {ar}"}
    return "organ[0].mote.paragraf"


@known
def dangerous_pattern_of_paragraphs(tables: Tables) -> str:
    tables["organ"][0]["mote"] = {"paragraf": "§ {nummer.__class__}"}
    return "organ[0].mote.paragraf"


@known
def dangerous_pattern(tables: Tables) -> str:
    tables["organ"][0]["arendenummer"] = "{ar.__class__}-{nummer}"
    return "organ[0].arendenummer"


@known
def endless_pattern(tables: Tables) -> str:
    tables["organ"][0]["arendenummer"] = "{ar}-{nummer:0999999999d}"
    return "organ[0].arendenummer"


@known
def nobody_numbers(tables: Tables) -> str:
    del tables["organ"][0]["arendenummer"]
    return "organ[0].arendenummer"


@known
def nobody_says_who_decides(tables: Tables) -> str:
    first = tables["organ"][0]
    tables["organ"].append({**first, "kod": "en-till", "arendenummer": "X {ar}-{nummer}"})
    _move(tables, "bifall")[1]["av"] = {first["slag"]: "besluta"}
    for body in tables["organ"]:
        body.pop("arbetar_at", None)
    return f"organ[{_organ(tables, 'gruppen')[0]}].arbetar_at"


@known
def no_approval(tables: Tables) -> str:
    moves = _path(tables)["forflyttning"]
    del moves[_move(tables, "bifall")[0]]
    return "arendegang[0].forflyttning"


@known
def mandates_of_a_kind_nobody_has(tables: Tables) -> str:
    tables.setdefault("mandat", {})["fou"] = {"ledamot": []}
    return "mandat.fou"


@known
def unknown_role(tables: Tables) -> str:
    tables.setdefault("mandat", {})["arbetsgrupp"] = {"chef": ["forfatta"]}
    return "mandat.arbetsgrupp.chef"


@known
def unknown_mandate(tables: Tables) -> str:
    tables.setdefault("mandat", {})["arbetsgrupp"] = {"ledamot": ["forfatta", "bestamma"]}
    return "mandat.arbetsgrupp.ledamot[1]"


@known
def mandate_of_somebody_co_opted(tables: Tables) -> str:
    tables.setdefault("mandat", {})["arbetsgrupp"] = {"ledamot": ["forfatta"], "adjungerad": ["protokollfora"]}
    return "mandat.arbetsgrupp.adjungerad"


@known
def decision_by_who_is_no_member(tables: Tables) -> str:
    tables.setdefault("mandat", {})["arbetsgrupp"] = {"ledamot": ["forfatta"], "sekreterare": ["besluta"]}
    return "mandat.arbetsgrupp.sekreterare"


@known
def waiver_by_a_substitute(tables: Tables) -> str:
    tables.setdefault("mandat", {})["arbetsgrupp"] = {"ledamot": ["forfatta"], "ersattare": ["ge_avsteg"]}
    return "mandat.arbetsgrupp.ersattare"


@known
def unknown_requirement(tables: Tables) -> str:
    _path(tables).setdefault("grind", {})["ny"] = {"namn": "Ny", "krav": ["behov", "allt"]}
    return "arendegang[0].grind.ny.krav[1]"


@known
def unused_gate(tables: Tables) -> str:
    _path(tables).setdefault("grind", {})["ny"] = {"namn": "Ny", "krav": ["behov"]}
    return "arendegang[0].grind.ny"


@known
def unknown_gate(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    move["grind"] = "ingen"
    return f"arendegang[0].forflyttning[{index}].grind"


@known
def unknown_source(tables: Tables) -> str:
    index, move = _move(tables, "byt_ansvarig_grupp")
    move["fran"] = ["borta"]
    return f"arendegang[0].forflyttning[{index}].fran[0]"


@known
def unknown_target(tables: Tables) -> str:
    index, move = _move(tables, "bifall")
    move["till"] = "borta"
    return f"arendegang[0].forflyttning[{index}].till[0]"


@known
def target_missing(tables: Tables) -> str:
    index, move = _move(tables, "bifall")
    del move["till"]
    return f"arendegang[0].forflyttning[{index}].till"


@known
def target_of_a_move_that_stays(tables: Tables) -> str:
    index, move = _move(tables, "byt_ansvarig_grupp")
    move["till"] = move["fran"]
    return f"arendegang[0].forflyttning[{index}].till"


@known
def leaving_an_end(tables: Tables) -> str:
    index, move = _move(tables, "byt_ansvarig_grupp")
    move["fran"] = [next(step["kod"] for step in _path(tables)["steg"] if step["slag"] == "slutford")]
    return f"arendegang[0].forflyttning[{index}].fran[0]"


@known
def made_by_nobody(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    move["av"] = {}
    return f"arendegang[0].forflyttning[{index}].av"


@known
def maker_missing(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    del move["av"]
    return f"arendegang[0].forflyttning[{index}].av"


@known
def made_by_a_kind_nobody_has(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    move["av"] = {"fou": "forfatta"}
    return f"arendegang[0].forflyttning[{index}].av.fou"


@known
def mandate_nobody_has(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    move["av"] = {"ansvarig_grupp": "svara"}
    return f"arendegang[0].forflyttning[{index}].av.ansvarig_grupp"


@known
def unknown_mandate_of_a_move(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    move["av"] = {"ansvarig_grupp": "skriva"}
    return f"arendegang[0].forflyttning[{index}].av.ansvarig_grupp"


@known
def decision_outside_a_meeting(tables: Tables) -> str:
    index, move = _move(tables, "bifall")
    move["mote"] = False
    return f"arendegang[0].forflyttning[{index}].mote"


@known
def submission_in_a_meeting(tables: Tables) -> str:
    index, move = _move(tables, "lamna_in")
    move["mote"] = True
    return f"arendegang[0].forflyttning[{index}].mote"


@known
def rejection_without_reason(tables: Tables) -> str:
    index, move = _move(tables, "avslag")
    move["skal"] = False
    return f"arendegang[0].forflyttning[{index}].skal"


@known
def decision_that_cannot_be_brought_up(tables: Tables) -> str:
    index, _ = next(
        (index, move)
        for index, move in enumerate(_path(tables)["forflyttning"])
        if move["slag"] == "anmal" and "till" not in move
    )
    del _path(tables)["forflyttning"][index]
    return f"arendegang[0].forflyttning[{_move(tables, 'slutfor')[0]}].fran[0]"


@known
def same_move_twice(tables: Tables) -> str:
    moves = _path(tables)["forflyttning"]
    moves.append(dict(_move(tables, "lamna_in")[1]))
    return f"arendegang[0].forflyttning[{len(moves) - 1}].kod"


@known
def one_code_two_kinds(tables: Tables) -> str:
    index, move = _move(tables, "avslag")
    move["kod"] = _move(tables, "lamna_in")[1]["kod"]
    return f"arendegang[0].forflyttning[{index}].kod"


@known
def no_beginning(tables: Tables) -> str:
    del _path(tables)["forflyttning"][_move(tables, "skapa")[0]]
    return "arendegang[0].forflyttning"


@known
def two_drafts(tables: Tables) -> str:
    _path(tables)["steg"].append({"slag": "utkast", "kod": "utkast-2"})
    return f"arendegang[0].steg[{len(_path(tables)['steg']) - 1}]"


@known
def unreachable_step(tables: Tables) -> str:
    _path(tables)["steg"].append({"slag": "avslagen", "kod": "nagon-annanstans"})
    return f"arendegang[0].steg[{len(_path(tables)['steg']) - 1}]"


@known
def dead_end(tables: Tables) -> str:
    moves = _path(tables)["forflyttning"]
    kept = [move for move in moves if move["slag"] not in {"slutfor", "avbryt"}]
    moves[:] = kept
    steps = [step for step in _path(tables)["steg"] if step["slag"] not in {"slutford", "avbruten"}]
    _path(tables)["steg"] = steps
    index = next(index for index, step in enumerate(steps) if step["slag"] == "genomforande")
    return f"arendegang[0].steg[{index}]"


@known
def step_twice(tables: Tables) -> str:
    steps = _path(tables)["steg"]
    steps.append(dict(steps[0]))
    return f"arendegang[0].steg[{len(steps) - 1}].kod"


@known
def step_without_holder(tables: Tables) -> str:
    index, step = next((i, step) for i, step in enumerate(_path(tables)["steg"]) if step["slag"] == "beslut")
    del step["hos"]
    return f"arendegang[0].steg[{index}].hos"


@known
def no_standard(tables: Tables) -> str:
    _path(tables)["standard"] = False
    return "arendegang[0].standard"


@known
def date_as_text(tables: Tables) -> str:
    _path(tables)["galler_fran"] = "2024-01-01"
    return "arendegang[0].galler_fran"


@known
def date_before_1900(tables: Tables) -> str:
    _path(tables)["galler_fran"] = date(1899, 12, 31)
    return "arendegang[0].galler_fran"


@known
def version_zero(tables: Tables) -> str:
    _path(tables)["version"] = 0
    return "arendegang[0].version"


@known
def scope_without_its_organisations(tables: Tables) -> str:
    tables["organisation"] = [one for one in tables["organisation"] if one["slag"] != "privat_vardgivare"]
    _path(tables)["omfattning"] = "kommun_och_vardgivare"
    return "arendegang[0].omfattning"


@known
def control_character(tables: Tables) -> str:
    tables["lan"]["namn"] = "Söder\u0000manland"
    return "lan.namn"


@known
def endless_name(tables: Tables) -> str:
    tables["lan"]["namn"] = "a" * 5000
    return "lan.namn"


@known
def indicator_of_nothing(tables: Tables) -> str:
    tables["indikator"] = [*tables.get("indikator", []), {"kod": "x", "namn": "X", "malomrade": "borta"}]
    return f"indikator[{len(tables['indikator']) - 1}].malomrade"


@known
def focus_that_ends_before_it_begins(tables: Tables) -> str:
    tables["fokusomrade"] = [{"kod": "f", "namn": "F", "fran": date(2024, 1, 1), "till": date(2023, 1, 1)}]
    return "fokusomrade[0].till"
