"""What must agree inside an ärendegång: who makes each move, and that every case can come to an end."""

from collections.abc import Mapping

from governance.countyfile import defaults
from governance.countyfile.check_condition import check_condition_kind, check_conditions
from governance.countyfile.fields import hint, listed
from governance.countyfile.kinds import MOVES
from governance.countyfile.problems import Problems
from governance.countyfile.spec import CountySpec, MoveSpec, PathSpec, StationSpec
from governance.vocabulary import (
    ANSVARIG_GRUPP,
    FINAL_KINDS,
    BodyKind,
    Mandate,
    MoveKind,
    Omfattning,
    OrganisationKind,
    StationKind,
)


def check_path(spec: CountySpec, path: PathSpec, problems: Problems) -> None:
    """Note everything in the path that does not agree with itself or with the rest of the file."""
    shaped = not problems.under(path.place)
    stations = _stations(path, problems)
    _check_omfattning(spec, path, problems)
    gates = {gate.code for gate in path.gates}
    for station in path.stations:
        _check_station(spec, station, problems)
    for move in path.moves:
        if problems.under(move.place):
            continue
        _check_ends(move, stations, problems)
        _check_makers(spec, move, problems)
        _check_marks(move, problems)
        check_condition_kind(move, problems)
        if move.gate and move.gate not in gates:
            problems.add(f"{move.place}.grind", f"Grinden ”{move.gate}” finns inte.", hint(move.gate, gates))
    _check_names(path, problems)
    if shaped and not problems.under(path.place):
        _check_start(path, problems)
        _check_flow(path, problems)
        _check_notices(path, problems)
        check_conditions(path, problems)
    used = {move.gate for move in path.moves}
    for gate in path.gates:
        if gate.code not in used:
            problems.add(
                gate.place, "Ingen förflyttning har grinden.", f'Skriv grind = "{gate.code}", eller ta bort den.'
            )


def _stations(path: PathSpec, problems: Problems) -> Mapping[str, StationSpec]:
    found: dict[str, StationSpec] = {}
    for station in path.stations:
        if station.code in found:
            problems.add(
                f"{station.place}.kod",
                f"Koden ”{station.code}” finns redan på {found[station.code].place}.",
                "Skriv en egen kod.",
            )
        found.setdefault(station.code, station)
    return found


def _check_omfattning(spec: CountySpec, path: PathSpec, problems: Problems) -> None:
    """See that the organisations that the scope demands are in the file."""
    place = f"{path.place}.omfattning"
    kinds = [organisation.kind for organisation in spec.organisations]
    if problems.under("organisation") or problems.under(place):
        return
    wanted = {
        Omfattning.REGION_OCH_KOMMUN: (OrganisationKind.REGION, OrganisationKind.KOMMUN),
        Omfattning.KOMMUN_OCH_VARDGIVARE: (OrganisationKind.KOMMUN, OrganisationKind.PRIVAT_VARDGIVARE),
    }.get(path.omfattning, ())
    missing = [kind.value for kind in wanted if kind not in kinds]
    if missing:
        problems.add(
            place, f"Filen har ingen organisation av slaget {listed(missing)}.", "Lägg till den, eller välj en annan."
        )
    elif path.omfattning == Omfattning.FLERA_FORVALTNINGAR and kinds.count(OrganisationKind.ANNAN) < 2:  # noqa: PLR2004
        problems.add(
            place,
            "Flera förvaltningar kräver minst två organisationer av slaget ”annan”: förvaltningarna.",
            'Skriv varje förvaltning som en [[organisation]] med slag = "annan", eller välj en annan omfattning.',
        )


def _check_station(spec: CountySpec, station: StationSpec, problems: Problems) -> None:
    place = f"{station.place}.hos"
    if problems.under(station.place):
        return
    if station.kind in FINAL_KINDS:
        if station.held_by:
            problems.add(place, "Ingen arbetar i ett avslutande steg.", "Ta bort hos.")
        if station.days is not None:
            problems.add(
                f"{station.place}.tid_arbetsdagar", "Ett avslutande steg har ingen sista dag.", "Ta bort raden."
            )
    elif not station.held_by:
        problems.add(
            place, "Det står inte vem som har ärendet i steget.", f"Skriv {ANSVARIG_GRUPP}, ett organslag eller en kod."
        )
    elif not problems.under("organ") and not _exists(spec, station.held_by):
        problems.add(
            place, f"Inget organ har slaget eller koden ”{station.held_by}”.", hint(station.held_by, _known(spec))
        )


def _known(spec: CountySpec) -> set[str]:
    return {ANSVARIG_GRUPP, *spec.body_kinds(), *(body.code for body in spec.bodies if body.code)}


def _exists(spec: CountySpec, who: str) -> bool:
    return who in _known(spec)


def _kinds_of(spec: CountySpec, who: str) -> set[BodyKind]:
    """Return the kinds of body that `who` in a move's `av` may turn out to be."""
    if who == ANSVARIG_GRUPP:
        return {
            kind
            for kind in spec.body_kinds()
            if any(Mandate.FORFATTA in held for held in spec.mandates.get(kind, {}).values())
        }
    if who in BodyKind.values:
        return {BodyKind(who)} & spec.body_kinds()
    return {body.kind for body in spec.bodies if body.code == who}


def _holds(spec: CountySpec, kind: BodyKind, mandate: Mandate) -> bool:
    return any(mandate in held for held in spec.mandates.get(kind, {}).values())


def _check_makers(spec: CountySpec, move: MoveSpec, problems: Problems) -> None:
    """See that whoever makes the move exists, and that a role there holds the mandate."""
    if problems.under("mandat") or problems.under("organ"):
        return
    for who, mandate in move.made_by.items():
        place = f"{move.place}.av.{who}"
        if not _exists(spec, who):
            problems.add(place, f"Inget organ har slaget eller koden ”{who}”.", hint(who, _known(spec)))
            continue
        kinds = _kinds_of(spec, who)
        if not any(_holds(spec, kind, mandate) for kind in kinds):
            problems.add(place, f"Ingen roll där har mandatet ”{mandate}”.", "Ändra mandatet, eller tabellen [mandat].")
        if move.in_meeting and not any(_holds(spec, kind, Mandate.PROTOKOLLFORA) for kind in kinds):
            problems.add(
                place,
                "Ingen roll där får föra in beslut.",
                f'Ge en roll mandatet "{Mandate.PROTOKOLLFORA}" under [mandat].',
            )
        if move.in_meeting and who == ANSVARIG_GRUPP:
            problems.add(
                place, "Ett beslut på möte kan inte fattas av ansvarig grupp.", "Skriv ett organslag eller en kod."
            )


def _check_ends(move: MoveSpec, stations: Mapping[str, StationSpec], problems: Problems) -> None:
    """See that the move goes between steps that its kind can go between."""
    rule = MOVES[move.kind]
    if move.kind == MoveKind.OVERLAMNA and set(move.sources) & set(move.targets):
        problems.add(f"{move.place}.till", "”overlamna” leder till ett annat steg än det lämnar.", "Ändra till.")
    for key, codes, allowed in (("fran", move.sources, rule.sources), ("till", move.targets, rule.targets)):
        place = f"{move.place}.{key}"
        if codes and not allowed:
            problems.add(place, f"”{move.kind}” har inget {key}: {rule.why_not(key)}.", f"Ta bort {key}.")
            continue
        if allowed and not codes and not (key == "till" and rule.may_stay):
            problems.add(place, f"”{move.kind}” behöver {key}.", f'Skriv {key} = ["…"].')
        for index, code in enumerate(codes):
            station = stations.get(code)
            if station is None:
                problems.add(f"{place}[{index}]", f"Steget ”{code}” finns inte.", hint(code, stations))
            elif station.kind not in allowed:
                problems.add(
                    f"{place}[{index}]",
                    f"”{move.kind}” kan inte ha ”{code}” i {key}: steget är av slaget ”{station.kind}”.",
                    f"Tillåtna slag: {', '.join(sorted(allowed))}.",
                )
    for index, code in enumerate(move.sources if rule.may_stay else ()):
        stays = code in stations and stations[code].kind in rule.stays
        if code in stations and stays == bool(move.targets):
            problems.add(
                f"{move.place}.fran[{index}]",
                f"”{move.kind}” {'stannar' if stays else 'kan inte stanna'} i ”{code}”.",
                f"{'Ta bort' if stays else 'Skriv'} till, eller skriv en egen förflyttning för steget.",
            )


def _check_marks(move: MoveSpec, problems: Problems) -> None:
    """See that the move is in a meeting, and asks for a reason, where its kind demands it and only where it may."""
    if move.kind in defaults.ALWAYS_IN_MEETING and not move.in_meeting:
        problems.add(f"{move.place}.mote", f"”{move.kind}” beslutas alltid på ett möte.", "Ta bort mote.")
    may = defaults.ALWAYS_IN_MEETING | defaults.USUALLY_IN_MEETING | defaults.MAY_BE_IN_MEETING
    if move.kind not in may and move.in_meeting:
        problems.add(f"{move.place}.mote", f"”{move.kind}” görs aldrig på ett möte.", "Ta bort mote.")
    if move.kind in defaults.ALWAYS_WITH_REASON and not move.needs_reason:
        problems.add(f"{move.place}.skal", f"”{move.kind}” kräver alltid ett skäl.", "Ta bort skal.")


def _check_names(path: PathSpec, problems: Problems) -> None:
    """See that no two moves from one step share code or name, and that one code is one kind everywhere."""
    kinds: dict[str, MoveSpec] = {}
    seen: dict[tuple[str, str, str], str] = {}
    for move in path.moves:
        first = kinds.setdefault(move.code, move)
        if first.kind != move.kind:
            problems.add(
                f"{move.place}.kod", f"Koden ”{move.code}” har ett annat slag på {first.place}.", "Välj en annan kod."
            )
        for key, word in (("kod", move.code), ("namn", move.name)):
            for source in move.sources or ("",):
                other = seen.setdefault((key, word, source), move.place)
                if other != move.place:
                    problems.add(
                        f"{move.place}.{key}",
                        f"”{word}” leder redan från ”{source}” på {other}."
                        if source
                        else f"”{word}” finns redan på {other}.",
                        "Två förflyttningar från ett steg måste ha olika kod och namn.",
                    )


def _check_start(path: PathSpec, problems: Problems) -> None:
    starts = [move for move in path.moves if move.kind == MoveKind.SKAPA]
    drafts = [station for station in path.stations if station.kind == StationKind.UTKAST]
    if len(starts) != 1:
        place = starts[1].place if starts else f"{path.place}.forflyttning"
        problems.add(place, f"Ärendegången har {len(starts)} förflyttningar av slaget ”skapa”.", "Skriv precis en.")
    elif len(starts[0].targets) != 1:
        problems.add(f"{starts[0].place}.till", "”skapa” ska leda till ett enda steg.", "Välj ett.")
    if not any(move.kind == MoveKind.BIFALL for move in path.moves):
        problems.add(f"{path.place}.forflyttning", "Ingen förflyttning har slaget ”bifall”.", "Skriv minst en.")
    if len(drafts) != 1:
        place = drafts[1].place if drafts else f"{path.place}.steg"
        problems.add(place, f"Ärendegången har {len(drafts)} steg av slaget ”utkast”.", "Skriv precis ett.")


def _check_flow(path: PathSpec, problems: Problems) -> None:
    """See that every step is reached from the start, and that an end is reached from every step."""
    if problems.under(path.place):
        return
    onward = {
        station.code: {target for move in path.moves if station.code in move.sources for target in move.targets}
        for station in path.stations
    }
    backward = {code: {source for source, targets in onward.items() if code in targets} for code in onward}
    start = {target for move in path.moves if move.kind == MoveKind.SKAPA for target in move.targets}
    ends = {station.code for station in path.stations if station.kind in FINAL_KINDS}
    reached, ending = _spread(start, onward), _spread(ends, backward)
    for station in path.stations:
        if station.code not in reached:
            problems.add(station.place, f"Steget ”{station.code}” nås inte från början.", "Skriv en förflyttning dit.")
        elif station.code not in ending:
            problems.add(
                station.place,
                f"Steget ”{station.code}” är en återvändsgränd: inget avslutande steg nås därifrån.",
                "Skriv en förflyttning ut ur det.",
            )


def _spread(start: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    reached, edge = set(start), list(start)
    while edge:
        for code in edges.get(edge.pop(), set()) - reached:
            reached.add(code)
            edge.append(code)
    return reached


def _check_notices(path: PathSpec, problems: Problems) -> None:
    """See that a case can be brought before the meeting from every step where a meeting decides."""
    brings = {MoveKind.ANMAL, MoveKind.OVERLAMNA}
    arrive = {code for move in path.moves if move.kind in brings for code in move.targets}
    stay = {code for move in path.moves if move.kind == MoveKind.ANMAL and not move.targets for code in move.sources}
    for move in path.moves:
        if not move.in_meeting:
            continue
        for index, source in enumerate(move.sources):
            if source not in arrive | stay:
                problems.add(
                    f"{move.place}.fran[{index}]",
                    f"”{move.code}” görs på möte, men från ”{source}” går det inte att anmäla till beslut.",
                    f'Lägg till ”{source}” i fran i en förflyttning med slag = "anmal".',
                )
