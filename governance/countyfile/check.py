"""What must agree in a county file outside its paths: codes, references, decision rules, official numbers."""

from collections.abc import Iterable, Mapping

from governance.countyfile.check_chain import check_chain
from governance.countyfile.check_mandates import check_mandates
from governance.countyfile.check_path import check_path
from governance.countyfile.fields import hint, listed
from governance.countyfile.patterns import pattern_fault
from governance.countyfile.problems import Problems
from governance.countyfile.spec import BodySpec, CountySpec, ItemSpec, contact_body
from governance.official import counties, municipalities
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, Mandate, OrganisationKind, QuorumRule


def check(spec: CountySpec, problems: Problems) -> None:
    """Note everything that does not agree; a thing whose shape is already wrong is not blamed twice."""
    _check_county(spec, problems)
    _check_codes(spec, problems)
    _check_organisations(spec, problems)
    check_mandates(spec, problems)
    for body in spec.bodies:
        if not problems.under(body.place):
            _check_body(spec, body, problems)
    _check_circles(spec.bodies, problems)
    _check_patterns(spec, problems)
    _check_target(spec, problems)
    standards = [path for path in spec.paths if path.standard]
    if spec.paths and len(standards) != 1:
        place = standards[1].place if standards else spec.paths[0].place
        problems.add(
            f"{place}.standard", "Precis en ärendegång ska vara länets standard.", "Skriv standard = true i en."
        )
    for path in spec.paths:
        check_path(spec, path, problems)
    check_chain(spec, problems)


def once(things: Iterable[tuple[str, str]], what: str, problems: Problems) -> None:
    """Note each code that has been used before.

    Args:
        things: code and place of each.
        what: what the code is called in the message, as in "koden".
        problems: where to note it.

    """
    seen: dict[str, str] = {}
    for code, place in things:
        if code and code in seen:
            problems.add(place, f"{what} ”{code}” finns redan på {seen[code]}.", "Välj en annan.")
        seen.setdefault(code, place)


def _check_county(spec: CountySpec, problems: Problems) -> None:
    if spec.county_code and spec.county_code not in counties():
        problems.add("lan.lanskod", f"”{spec.county_code}” är ingen länskod.", "Skriv länets två siffror, som ”04”.")


def _coded(items: Iterable[ItemSpec], *, implied: bool = False) -> list[tuple[str, str]]:
    return [(item.code, item.place if implied else f"{item.place}.kod") for item in items]


def _check_codes(spec: CountySpec, problems: Problems) -> None:
    bodies = [(body.code, f"{body.place}.kod") for body in spec.bodies]
    contacts = [(contact_body(organisation).code, organisation.place) for organisation in spec.organisations]
    for things in (
        [(organisation.code, f"{organisation.place}.kod") for organisation in spec.organisations],
        contacts + bodies,
        [(path.code, f"{path.place}.kod") for path in spec.paths],
        _coded(area.item for area in spec.malomraden),
        _coded((word for area in spec.malomraden for word in area.vardeord), implied=True),
        _coded(focus.item for focus in spec.fokusomraden),
        _coded((aim for focus in spec.fokusomraden for aim in focus.malsattningar), implied=True),
        _coded(indikator.item for indikator in spec.indikatorer),
        _coded((matt for indikator in spec.indikatorer for matt in indikator.matt), implied=True),
        _coded(one.item for one in spec.arsteman),
        _coded(spec.funding),
        *(
            _coded(items, implied=True)
            for items in (
                (spec.malbild.framgangsfaktorer, spec.malbild.forflyttningar, spec.malbild.perspektiv)
                if spec.malbild
                else ()
            )
        ),
    ):
        once(things, "Koden", problems)
    for body in spec.bodies:
        if body.code in BodyKind.values or body.code == ANSVARIG_GRUPP:
            problems.add(
                f"{body.place}.kod",
                f"”{body.code}” är ett ord i vokabulären och kan inte vara ett organs kod.",
                f"Skriv till exempel ”{body.code}-{spec.code or 'lanet'}”.",
            )


def _check_organisations(spec: CountySpec, problems: Problems) -> None:
    once(
        ((organisation.kommunkod, f"{organisation.place}.kommunkod") for organisation in spec.organisations),
        "Kommunkoden",
        problems,
    )
    for organisation in spec.organisations:
        place = f"{organisation.place}.kommunkod"
        official = municipalities().get(organisation.kommunkod)
        if problems.under(organisation.place):
            continue
        if organisation.kind != OrganisationKind.KOMMUN:
            if organisation.kommunkod:
                problems.add(place, "Bara en kommun har kommunkod.", 'Ta bort den, eller skriv slag = "kommun".')
        elif not organisation.kommunkod:
            problems.add(place, "Kommunen saknar kommunkod.", 'Skriv kommunens fyra siffror, som "0484".')
        elif official is None:
            problems.add(place, f"”{organisation.kommunkod}” är ingen kommunkod.", 'Skriv fyra siffror, som "0484".')
        elif spec.county_code in counties() and official.county_code != spec.county_code:
            problems.add(
                place,
                f"{organisation.kommunkod} är {official.name}, som ligger i {counties()[official.county_code]}.",
                "Rätta kommunkoden eller lan.lanskod.",
            )


def decides(spec: CountySpec, body: BodySpec) -> bool:
    """Tell whether the body takes decisions: a role there decides, or a move is made in its meetings."""
    roles = spec.mandates.get(body.kind, {})
    return any(Mandate.BESLUTA in held for held in roles.values()) or any(
        move.in_meeting and {body.code, body.kind} & set(move.made_by) for path in spec.paths for move in path.moves
    )


def _check_body(spec: CountySpec, body: BodySpec, problems: Problems) -> None:
    if body.kind == BodyKind.ORGANISATION:
        problems.add(
            f"{body.place}.slag",
            "Varje organisations kontaktpersoner är ett organ som finns utan att skrivas.",
            "Ta bort organet.",
        )
    for key, code, known in (
        ("arbetar_at", body.parent, {other.code for other in spec.bodies}),
        ("organisation", body.organisation, {organisation.code for organisation in spec.organisations}),
        ("arendegang", body.arendegang, {path.code for path in spec.paths}),
    ):
        if code and code not in known:
            problems.add(f"{body.place}.{key}", f"”{code}” finns inte i filen.", hint(code, known - {""}))
    _check_pattern(body, problems)
    place = f"{body.place}.beslutsregel"
    if body.rule is None:
        if decides(spec, body) and not problems.under("mandat"):
            problems.add(
                place, f"{body.name} beslutar men har ingen regel för kvorum.", 'Skriv { kvorum = "mer_an_halften" }.'
            )
        return
    kinds = [organisation.kind for organisation in spec.organisations]
    if body.rule.quorum == QuorumRule.REGION_OCH_KOMMUNER:
        if OrganisationKind.REGION not in kinds:
            problems.add(f"{place}.kvorum", "Filen har ingen region.", "Välj en annan regel, eller lägg till regionen.")
        if (body.rule.municipalities or 0) > kinds.count(OrganisationKind.KOMMUN):
            problems.add(f"{place}.kommuner", "Så många kommuner har länet inte.", "Ändra antalet.")
    if body.rule.quorum == QuorumRule.MAJORITET_AV_ORGANISATIONER and not kinds:
        problems.add(f"{place}.kvorum", "Filen har inga organisationer.", "Välj en annan regel.")


def _check_pattern(body: BodySpec, problems: Problems) -> None:
    if not body.reference_pattern:
        return
    if fault := pattern_fault(body.reference_pattern, kind="ett ärendenummer", needs_year=True):
        problems.add(f"{body.place}.arendenummer", fault, 'Skriv till exempel "LSG {ar}-{nummer:04d}".')


def _check_circles(bodies: tuple[BodySpec, ...], problems: Problems) -> None:
    parents: Mapping[str, str] = {body.code: body.parent for body in bodies if body.code}
    for body in bodies:
        chain, code = [body.code], body.parent
        while code and code not in chain:
            chain.append(code)
            code = parents.get(code, "")
        if code and code == body.code:
            problems.add(
                f"{body.place}.arbetar_at",
                f"Organen arbetar åt varandra i en cirkel: {listed(chain)}.",
                "Bryt cirkeln.",
            )


def _check_patterns(spec: CountySpec, problems: Problems) -> None:
    once(
        ((body.reference_pattern, f"{body.place}.arendenummer") for body in spec.bodies),
        "Mönstret för ärendenummer",
        problems,
    )


def _check_target(spec: CountySpec, problems: Problems) -> None:
    if spec.malbild is None and spec.malomraden:
        problems.add("malbild", "Filen har målområden men ingen målbild.", "Skriv [malbild] med namn och ar.")
    once(((str(one.year), f"{one.item.place}.ar") for one in spec.arsteman), "Året", problems)
    known = {area.item.code for area in spec.malomraden}
    for indikator in spec.indikatorer:
        if indikator.malomrade and indikator.malomrade not in known:
            problems.add(
                f"{indikator.item.place}.malomrade",
                f"Målområdet ”{indikator.malomrade}” finns inte.",
                hint(indikator.malomrade, known),
            )
