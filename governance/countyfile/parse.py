"""Turns the TOML of a county file into a `CountySpec`: shapes and types here, what must agree in `check`."""

from collections.abc import Callable, Mapping

from governance.countyfile import defaults
from governance.countyfile.fields import CODE, Table, choose, clean, code_of
from governance.countyfile.meeting import read_meeting
from governance.countyfile.parse_path import parse_path
from governance.countyfile.problems import Problems
from governance.countyfile.spec import (
    ArstemaSpec,
    BodySpec,
    CountySpec,
    FokusomradeSpec,
    IndikatorSpec,
    ItemSpec,
    MalbildSpec,
    MalomradeSpec,
    MandateTable,
    OrganisationSpec,
    RuleSpec,
)
from governance.vocabulary import BodyKind, Mandate, OrganisationKind, QuorumRule, Role

_LONG = 4000
_NAME = 150
_ITEM = 250


def parse(tables: Mapping[str, object], problems: Problems) -> CountySpec:
    """Return the file as a value; what is wrong in it is noted in `problems` and stands empty."""
    root = Table(tables, "", problems)
    county = root.table("lan", required=True) or Table({"kod": "", "namn": ""}, "lan", Problems())
    organisations = tuple(_organisation(table) for table in root.tables("organisation"))
    bodies = tuple(_body(table) for table in root.tables("organ", required="Filen har inga organ."))
    kinds = {body.kind for body in bodies} | ({BodyKind.ORGANISATION} if organisations else set())
    paths = root.tables("arendegang", required="Filen har ingen ärendegång.")
    spec = CountySpec(
        code=county.code("kod"),
        name=county.text("namn", limit=100),
        county_code=county.text("lanskod", limit=2, default=""),
        organisations=organisations,
        bodies=bodies,
        mandates=_mandates(root.table("mandat"), frozenset(kinds), problems),
        malbild=_malbild(root.table("malbild")),
        malomraden=tuple(_malomrade(table) for table in root.tables("malomrade")),
        fokusomraden=tuple(_fokusomrade(table) for table in root.tables("fokusomrade")),
        indikatorer=tuple(_indikator(table) for table in root.tables("indikator")),
        arsteman=tuple(_arstema(table) for table in root.tables("arstema")),
        funding=tuple(_closed(table, _item) for table in root.tables("statsbidrag")),
        paths=tuple(parse_path(table, only=len(paths) == 1) for table in paths),
    )
    county.close()
    root.close()
    return spec


def _closed(table: Table, read: Callable[[Table], ItemSpec]) -> ItemSpec:
    item = read(table)
    table.close()
    return item


def _organisation(table: Table) -> OrganisationSpec:
    organisation = OrganisationSpec(
        code=table.code("kod", limit=42),
        name=table.text("namn", limit=120),
        kind=table.choice("slag", OrganisationKind),
        kommunkod=table.text("kommunkod", limit=4, default=""),
        place=table.place,
    )
    table.close()
    return organisation


def _body(table: Table) -> BodySpec:
    rule = table.table("beslutsregel")
    kind = table.choice("slag", BodyKind)
    decision_rule = _rule(rule) if rule else None
    body = BodySpec(
        code=table.code("kod"),
        name=table.text("namn", limit=_NAME),
        kind=kind,
        purpose=table.text("syfte", limit=_LONG, default="", lines=True),
        mandate_text=table.text("mandat", limit=_LONG, default="", lines=True),
        parent=table.code("arbetar_at", default=""),
        organisation=table.code("organisation", default=""),
        arendegang=table.code("arendegang", default=""),
        reference_pattern=table.text("arendenummer", limit=60, default=""),
        rule=decision_rule,
        meeting=read_meeting(
            table.table("mote"), kind, formalities=decision_rule is not None and decision_rule.formalities
        ),
        place=table.place,
    )
    table.close()
    return body


def _rule(table: Table) -> RuleSpec:
    quorum = table.choice("kvorum", QuorumRule)
    share = table.optional_integer("andel", 1, 100)
    municipalities = table.optional_integer("kommuner", 1, 100)
    formalities = table.flag("formalia", default=False)
    for key, value, kind in (
        ("andel", share, QuorumRule.ANDEL),
        ("kommuner", municipalities, QuorumRule.REGION_OCH_KOMMUNER),
    ):
        if table.has("kvorum") and (value is not None) != (quorum == kind) and not table.problems.under(table.place):
            what = "saknas" if value is None else f"hör inte till kvorum ”{quorum.value}”"
            table.problems.add(
                table.at(key), f"{key} {what}.", f"Skriv {key} när, och bara när, kvorum är ”{kind.value}”."
            )
    if formalities and quorum != QuorumRule.MER_AN_HALFTEN and not table.problems.under(table.place):
        table.problems.add(
            table.at("formalia"),
            f"Ett organ med en nämnds formalia är beslutsfört med mer än hälften, inte med ”{quorum.value}”.",
            f'Skriv kvorum = "{QuorumRule.MER_AN_HALFTEN.value}", eller ta bort formalia.',
        )
    table.close()
    return RuleSpec(quorum=quorum, share=share, municipalities=municipalities, formalities=formalities)


def _mandates(table: Table | None, kinds: frozenset[BodyKind], problems: Problems) -> MandateTable:
    """Return the roles of every kind of body in the file: as written, or by default."""
    found: dict[BodyKind, Mapping[Role, tuple[Mandate, ...]]] = {
        kind: defaults.MANDATES[kind] for kind in BodyKind if kind in kinds
    }
    if table is None:
        return found
    for key in table.keys():  # noqa: SIM118 - not a mapping
        part = table.table(key)
        kind = choose(key, BodyKind, table.at(key), problems)
        if part is None or kind is None:
            continue
        if kind not in kinds:
            problems.add(
                table.at(key),
                f"Inget organ i filen har slaget ”{kind.value}”.",
                "Ta bort tabellen, eller lägg till organet.",
            )
        roles: dict[Role, tuple[Mandate, ...]] = {}
        for name in part.keys():  # noqa: SIM118
            words = part.words(name)
            role = choose(name, Role, part.at(name), problems)
            places = [f"{part.at(name)}[{index}]" for index in range(len(words))]
            chosen = [choose(word, Mandate, place, problems) for word, place in zip(words, places, strict=True)]
            if role is not None:
                held = {mandate for mandate in chosen if mandate}
                roles[role] = tuple(mandate for mandate in Mandate if mandate in held)
        if not roles and not problems.under(part.place):
            problems.add(part.place, "Tabellen har inga roller.", "Skriv minst en roll, eller ta bort tabellen.")
        if kind in kinds:
            found[kind] = {role: roles[role] for role in Role if role in roles}
    return found


def _item(table: Table) -> ItemSpec:
    """Read code, name and description from a table that the caller closes; the code follows from the name."""
    name = table.text("namn", limit=_ITEM)
    return ItemSpec(
        code=table.code("kod", default=code_of(name)),
        name=name,
        description=table.text("beskrivning", limit=_LONG, default="", lines=True),
        place=table.place,
    )


def _items(table: Table, key: str, *, unit: bool = False) -> tuple[ItemSpec, ...]:
    """Read a list whose entries are names, or tables with name and what else there is to say."""
    found = []
    for index, entry in enumerate(table.entries(key)):
        place = f"{table.at(key)}[{index}]"
        if isinstance(entry, str):
            name = clean(entry, place, table.problems, limit=_ITEM)
            item = ItemSpec(code=code_of(name), name=name, place=place)
        elif isinstance(entry, dict):
            inner = Table(entry, place, table.problems)
            item = _item(inner)
            if unit:
                item = ItemSpec(
                    code=item.code,
                    name=item.name,
                    description=item.description,
                    unit=inner.text("enhet", limit=50, default=""),
                    place=place,
                )
            inner.close()
        else:
            table.problems.add(place, "Posten är varken en text eller en tabell.", 'Skriv "namn" eller { namn = "…" }.')
            continue
        if item.name and not CODE.fullmatch(item.code) and not table.problems.under(place):
            table.problems.add(place, "Namnet ger ingen kod.", 'Skriv { kod = "…", namn = "…" }.')
        found.append(item)
    return tuple(found)


def _malbild(table: Table | None) -> MalbildSpec | None:
    if table is None:
        return None
    malbild = MalbildSpec(
        name=table.text("namn", limit=_NAME),
        year=table.integer("ar", 1900, 2200),
        decided_by=table.text("beslutad_av", limit=_ITEM, default=""),
        framgangsfaktorer=_items(table, "framgangsfaktorer"),
        forflyttningar=_items(table, "forflyttningar"),
        perspektiv=_items(table, "perspektiv"),
        place=table.place,
    )
    table.close()
    return malbild


def _malomrade(table: Table) -> MalomradeSpec:
    malomrade = MalomradeSpec(item=_item(table), vardeord=_items(table, "vardeord"))
    table.close()
    return malomrade


def _fokusomrade(table: Table) -> FokusomradeSpec:
    fokusomrade = FokusomradeSpec(
        item=_item(table),
        starts_on=table.day("fran"),
        ends_on=table.day("till"),
        decided_by=table.text("beslutat_av", limit=_NAME, default=""),
        malsattningar=_items(table, "mal"),
    )
    if fokusomrade.ends_on < fokusomrade.starts_on and not table.problems.under(table.place):
        table.problems.add(table.at("till"), "Perioden slutar innan den börjar.", "Ändra fran eller till.")
    table.close()
    return fokusomrade


def _arstema(table: Table) -> ArstemaSpec:
    arstema = ArstemaSpec(item=_item(table), year=table.integer("ar", 1900, 2200))
    table.close()
    return arstema


def _indikator(table: Table) -> IndikatorSpec:
    indikator = IndikatorSpec(
        item=_item(table), malomrade=table.code("malomrade"), matt=_items(table, "matt", unit=True)
    )
    table.close()
    return indikator
