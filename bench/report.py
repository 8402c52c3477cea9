"""The whole run in its order, and the table that is printed."""

import os
import platform

import django
import psycopg

from bench.counties import Counties, measure_counties
from bench.decisions import MeasuredDecision, measure_decisions
from bench.desk import MeasuredDesk, measure_desk
from bench.meetings import FEW, MANY, MEMBERS, MeasuredMeetings, MeasuredSet, measure_meetings, measure_set
from bench.moves import Measured, measure_moves
from bench.pages import PAGES, measure_pages, measure_posts, sites
from bench.people import ROWS, MeasuredImport, measure_import
from bench.progress import say
from bench.remisser import FEW as FEW_ASKED
from bench.remisser import MANY as MANY_ASKED
from bench.remisser import MeasuredRemiss, measure_remiss
from bench.scans import scanned_tables
from bench.stages import Actors, Stage, intact_entries, two_stages
from bench.versions import MovedMany, measure_versions

SMALL, LARGE = 100, 10_000
MOVE_ROUNDS, PAGE_ROUNDS, POST_ROUNDS = 100, 25, 60
MOST_LOAD, MOST_WIDE = 40, 1.5
IMPORT_ROUNDS, MOST_IMPORT = 7, 3.0
MOST_RATIO, MOST_STATEMENTS, MOST_GROWTH, MOST_POST, MOST_PAGE = 3.0, 16, 1.2, 4.0, 1.5
MOST_LINEAR = 1.5
"""How many times as long a case may take among a thousand as among a hundred."""
MOST_QUERIES, MOST_MEETING, MOST_PER_PAGE, MOST_DECISION = 12, 2.0, 1.1, 1.5
"""Statements of a meeting's page; how many times as long with many matters, a page of a long PDF, and a decision."""
MOST_EACH_ASKED, MOST_BESIDE_ASKED, MOST_FLAT = 3, 40, 1.2
"""Statements of a remiss for each receiver and beside them; how many times as long one takes among many."""


def run() -> None:
    """Measure everything and print it; pages first, while the databases hold as many satsningar as they say."""
    with two_stages(SMALL, LARGE) as (small, large, actors):
        _heading(large)
        with sites((small, large), actors) as found:
            say("Asking for the pages …")
            pages = measure_pages(found, PAGE_ROUNDS)
            say("Making the move in this process …")
            few, many = measure_moves((small, large), actors, MOVE_ROUNDS)
            [unwaited] = measure_moves((large,), actors, MOVE_ROUNDS, await_disk=False)
            say("Sending the move as a form …")
            site, bare = measure_posts(found[1], actors, POST_ROUNDS)
        say("Reading in people …")
        people = measure_import(small, actors, IMPORT_ROUNDS)
        say("Looking at how tables are read …")
        scans = scanned_tables(large, actors)
        say("Moving drafts to another version …")
        hundred, thousand = measure_versions(large, actors)
        say("Opening meetings …")
        meetings = measure_meetings(large, actors)
        say("Deciding at the table …")
        # Among a hundred: both ways look at what the body has decided in the year, and no body decides on thousands.
        decision = measure_decisions(small, actors)
        say("Sending out remisser …")
        remiss = measure_remiss(large, actors)
        say("Verifying the journal …")
        entries = intact_entries(large, actors)
    say("Opening a desk among open cases and tasks …")
    desk = measure_desk((SMALL, LARGE))
    say("Loading a county of 49 municipalities beside one of nine …")
    wide = measure_counties(PAGE_ROUNDS)
    say("Writing out the papers of meetings …")
    short, long = measure_set()
    _moves(few, many, unwaited, actors)
    _posts(site, bare)
    _pages(pages)
    _versions(hundred, thousand)
    _people(people)
    _scans(scans)
    _counties(wide)
    _meetings(meetings)
    _decision(decision)
    _desk(desk)
    _sets(short, long)
    _remiss(remiss)
    print(f"\nThe journal at {LARGE}, what the bench wrote into it included: {entries} entries, intact.")
    queries = meetings.statements["the meeting"][1]
    print(f"\ndecision/perform {decision.ratio:.2f}  meeting queries {queries}  pdf pages/s {1 / long.each:.1f}")
    print(f"\ndesk growth {desk.growth:.2f}")
    print(f"\nremiss statements {remiss.statements[MANY_ASKED]}")
    growth = many.perform / few.perform
    print(f"\nperform/floor {many.ratio:.2f}  statements {many.statements}  growth {growth:.2f}")


def _heading(stage: Stage) -> None:
    server = stage.plain.info.parameter_status("server_version")
    print(
        f"PostgreSQL {server}, Python {platform.python_version()}, Django {django.get_version()}, psycopg"
        f" {psycopg.__version__}, {os.cpu_count()} processors. Medians of rounds in which all take turns, milliseconds."
    )


def _row(name: str, *figures: str, limit: str = "") -> None:
    print(f"{name:<32}" + "".join(f"{figure:>11}" for figure in figures) + (f"   {limit}" if limit else ""))


def _limit(value: float, most: float) -> str:
    return f"{'within' if value <= most else 'ABOVE'} {most:g}"


def _table(title: str, *columns: str) -> None:
    print()
    _row(title, *columns)
    print("-" * (32 + 11 * len(columns)))


def _moves(few: Measured, many: Measured, unwaited: Measured, actors: Actors) -> None:
    growth = many.perform / few.perform
    _table(f"the move lämna in, {MOVE_ROUNDS} rounds", str(SMALL), str(LARGE), "growth")
    _row(
        "perform",
        f"{few.perform:.2f}",
        f"{many.perform:.2f}",
        f"{growth:.2f}",
        limit=_limit(growth, MOST_GROWTH),
    )
    _row("hand-written SQL", f"{few.floor:.2f}", f"{many.floor:.2f}", f"{many.floor / few.floor:.2f}")
    worst = max(few.ratio, many.ratio)
    _row("ratio", f"{few.ratio:.2f}", f"{many.ratio:.2f}", "", limit=_limit(worst, MOST_RATIO))
    _row("ratio, disk not awaited", "", f"{unwaited.ratio:.2f}", "", limit=_limit(unwaited.ratio, MOST_RATIO))
    _row(
        "statements",
        str(few.statements),
        str(many.statements),
        f"{many.statements / few.statements:.2f}",
        limit=_limit(many.statements, MOST_STATEMENTS),
    )
    of_each = sorted(actors.statements.items(), key=lambda pair: (-pair[1], pair[0]))
    print("statements of each move: " + ", ".join(f"{move} {count}" for move, count in of_each))


def _posts(site: float, bare: float) -> None:
    _table(f"the move as a form, {POST_ROUNDS} rounds", "site", "bare WSGI", "ratio")
    _row(f"POST at {LARGE}", f"{site:.2f}", f"{bare:.2f}", f"{site / bare:.2f}", limit=_limit(site / bare, MOST_POST))


def _pages(pages: dict[str, list[float]]) -> None:
    _table(f"pages, {PAGE_ROUNDS} rounds", str(SMALL), str(LARGE), "ratio")
    for name, (few, many) in pages.items():
        _row(name, f"{few:.2f}", f"{many:.2f}", f"{many / few:.2f}", limit=_limit(many / few, MOST_PAGE))


def _versions(few: MovedMany, many: MovedMany) -> None:
    _table("to another version, each case", str(few.count), str(many.count), "ratio")
    for name, one, other in (("tried out", few.trial, many.trial), ("moved", few.move, many.move)):
        limit = _limit(other / one, MOST_LINEAR) if name == "moved" else ""
        _row(name, f"{one:.2f}", f"{other:.2f}", f"{other / one:.2f}", limit=limit)


def _counties(wide: Counties) -> None:
    _table("a county, by its kommuner", *map(str, wide.loads), "ratio")
    statements = list(wide.statements.values())
    ratio = f"{statements[1] / statements[0]:.2f}"
    _row("statements of its load", *map(str, statements), ratio, limit=_limit(max(statements), MOST_LOAD))
    few, many = wide.loads.values()
    _row("its load", f"{few:.2f}", f"{many:.2f}", f"{many / few:.2f}")
    for name, times in wide.pages.items():
        few, many = times.values()
        _row(name, f"{few:.2f}", f"{many:.2f}", f"{many / few:.2f}", limit=_limit(many / few, MOST_WIDE))


def _meetings(found: MeasuredMeetings) -> None:
    _table(f"a meeting of {MEMBERS}, by its matters", str(FEW), str(MANY), "ratio")
    for name, (few, many) in found.statements.items():
        _row(f"statements of {name}", str(few), str(many), f"{many / few:.2f}", limit=_limit(many, MOST_QUERIES))
    for name, (short, long) in found.times.items():
        _row(name, f"{short:.2f}", f"{long:.2f}", f"{long / short:.2f}", limit=_limit(long / short, MOST_MEETING))


def _decision(found: MeasuredDecision) -> None:
    _table("a decision", "at the table", "by hand", "ratio")
    figures = (f"{one:.2f}" for one in (found.decide, found.perform))
    _row("each, not kept", *figures, f"{found.ratio:.2f}", limit=_limit(found.ratio, MOST_DECISION))
    _row("statements", str(found.decide_statements), str(found.perform_statements))


def _desk(found: MeasuredDesk) -> None:
    _table("a desk, by open tasks", *map(str, found.tasks), "ratio")
    few, many = found.times
    _row(
        "mitt arbete, five bodies",
        f"{few:.2f}",
        f"{many:.2f}",
        f"{found.growth:.2f}",
        limit=_limit(found.growth, MOST_PAGE),
    )
    _row("statements", *map(str, found.statements), limit=_limit(max(found.statements), MOST_QUERIES))


def _remiss(found: MeasuredRemiss) -> None:
    _table("a remiss, by its receivers", str(FEW_ASKED), str(MANY_ASKED), "ratio")
    few, many = found.statements[FEW_ASKED], found.statements[MANY_ASKED]
    most = MOST_EACH_ASKED * MANY_ASKED + MOST_BESIDE_ASKED
    _row("statements", str(few), str(many), f"{many / few:.2f}", limit=_limit(many, most))
    each = [found.times[count] / count for count in (FEW_ASKED, MANY_ASKED)]
    _row("each receiver", *(f"{one:.2f}" for one in each), f"{found.growth:.2f}", limit=_limit(found.growth, MOST_FLAT))


def _sets(short: MeasuredSet, long: MeasuredSet) -> None:
    _table("the papers as one PDF", *(f"{one.pages} pages" for one in (short, long)), "ratio")
    ratio = long.each / short.each
    figures = (f"{one.each * 1000:.1f}" for one in (short, long))
    _row("each page", *figures, f"{ratio:.2f}", limit=_limit(ratio, MOST_PER_PAGE))


def _people(found: MeasuredImport) -> None:
    _table(f"reading in {ROWS} people", "time", "ratio")
    for name, taken in (("a workbook, checked and read in", found.xlsx), ("the same as CSV", found.csv)):
        ratio = taken / found.inserts
        _row(name, f"{taken:.0f}", f"{ratio:.2f}", limit=_limit(ratio, MOST_IMPORT))
    _row("plain bulk inserts", f"{found.inserts:.0f}", "")


def _scans(scans: dict[str, dict[str, int]]) -> None:
    print(f"\nTables with more than 1 000 rows that a page read from end to end at {LARGE}:")
    for name in PAGES:
        found = ", ".join(f"{table} ({count})" for table, count in scans[name].items())
        print(f"  {name}: {found or 'none'}")
