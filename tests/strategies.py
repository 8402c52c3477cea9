"""Random valid county files, for whoever wants to load one, export it, or walk a case through it.

`county_texts()` gives TOML; `county_specs()` the same as checked values. They differ in the number of
preparation levels, in steps left out, in names and codes, in who does what, in bodies and organisations.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import strategies as st

from governance.countyfile import read_county
from governance.countyfile.export import _block
from governance.countyfile.spec import CountySpec
from governance.official import municipalities
from governance.vocabulary import RequirementCode

_LETTERS = "abcdefghijklmnopqrstuvwxyzåäöABCÅÄÖ éü-&<>\"'\\{}#[]=,.0123456789”–"
NAMES = st.text(_LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
PROSE = st.text(_LETTERS + "\n\t", max_size=80)

Draw = Callable[[st.SearchStrategy[Any]], Any]
Entry = dict[str, Any]


@dataclass
class Draft:
    """A county file being put together: tables by header, in order."""

    draw: Draw
    gates: bool = True
    blocks: list[tuple[str, Entry]] = field(default_factory=list)
    scopes: tuple[str, ...] = ()
    """The forms of scope that its organisations allow, beside region and municipality."""

    def add(self, header: str, **entry: Any) -> None:
        """Add a table, without its empty values."""
        self.blocks.append((header, {key: value for key, value in entry.items() if value not in (None, "", ())}))

    def maybe(self, value: Any) -> Any:
        """Return the value or nothing."""
        return value if self.draw(st.booleans()) else None

    def name(self) -> str:
        """Return some name."""
        return str(self.draw(NAMES))

    def text(self) -> str:
        """Return the file."""
        return "\n".join(_block(header, entry, lists=".grind." in header) for header, entry in self.blocks)


@st.composite
def county_texts(draw: Draw, *, gates: bool = True) -> str:
    """Give a valid county file as TOML.

    Args:
        draw: hypothesis' own.
        gates: whether the path may have gates; without any, a case is walked without content.

    """
    draft = Draft(draw, gates)
    draft.add("[lan]", kod=f"lan-{draw(st.integers(0, 9))}", namn=draft.name(), lanskod=draft.maybe("04"))
    _organisations(draft)
    levels = draw(st.integers(0, 4))
    single = draw(st.booleans())
    _bodies(draft, levels, single=single)
    if draw(st.booleans()):
        _target(draft)
    _path(draft, levels, single=single)
    return draft.text()


def county_specs(*, gates: bool = True) -> st.SearchStrategy[CountySpec]:
    """Give a valid county file as a checked value."""
    return county_texts(gates=gates).map(read_county)


def _organisations(draft: Draft) -> None:
    codes = sorted(code for code, one in municipalities().items() if one.county_code == "04")
    draft.add("[[organisation]]", kod="regionen", namn=draft.name(), slag="region")
    chosen = draft.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=5, unique=True))
    for number, code in enumerate(chosen):
        draft.add("[[organisation]]", kod=f"kommun-{number}", namn=draft.name(), slag="kommun", kommunkod=code)
    if draft.draw(st.booleans()):
        draft.add("[[organisation]]", kod="vardbolaget", namn=draft.name(), slag="privat_vardgivare")
        draft.scopes += ("kommun_och_vardgivare",)
    if draft.draw(st.booleans()):
        for number in range(2):
            draft.add("[[organisation]]", kod=f"forvaltning-{number}", namn=draft.name(), slag="annan")
        draft.scopes += ("flera_forvaltningar",)


def _bodies(draft: Draft, levels: int, *, single: bool) -> None:
    rule = draft.draw(
        st.sampled_from(
            (
                {"kvorum": "mer_an_halften"},
                {"kvorum": "mer_an_halften", "formalia": True},
                {"kvorum": "andel", "andel": 60},
                {"kvorum": "region_och_kommuner", "kommuner": 1},
                {"kvorum": "majoritet_av_organisationer"},
            )
        )
    )
    draft.add(
        "[[organ]]",
        kod="ledningen",
        namn=draft.name(),
        slag=draft.draw(st.sampled_from(("styrgrupp", "namnd"))) if single else "styrgrupp",
        syfte=str(draft.draw(PROSE)).strip(),
        arendenummer=draft.draw(st.sampled_from(("S {ar}-{nummer}", "LSG {ar}-{nummer:04d}", "{nummer:06d}/{ar}"))),
        beslutsregel=rule,
        mote=_meetings(draft, formal="formalia" in rule),
    )
    for level in range(max(levels, 1)):
        draft.add(
            "[[organ]]",
            kod=f"niva-{level}",
            namn=draft.name(),
            slag="beredningsgrupp",
            arbetar_at=draft.maybe("ledningen"),
            mote=_meetings(draft),
        )
    draft.add("[[organ]]", kod="gruppen", namn=draft.name(), slag="arbetsgrupp", arbetar_at=draft.maybe("niva-0"))
    draft.add("[[organ]]", kod="stodet", namn=draft.name(), slag="regionalt_stod")
    if draft.draw(st.booleans()):
        draft.add("[[organ]]", kod="referensen", namn=draft.name(), slag="referensgrupp")
        draft.add("[mandat.referensgrupp]", ledamot=("folja", "svara"), adjungerad=())


def _meetings(draft: Draft, *, formal: bool = False) -> Entry | None:
    """Return how a body meets, or nothing; what is written may be the default, too."""
    kallelse, justering = draft.draw(st.integers(0, 7)), draft.draw(st.integers(3, 60))
    said: Entry = {
        "kallelse": kallelse,
        "handlingar": draft.draw(st.integers(kallelse, 60)),
        "justerare": draft.draw(st.integers(0, 10)),
        "justering": justering,
        "reservation": draft.draw(st.integers(0, 3)),
        "utslagsrost": formal or draft.draw(st.booleans()),
        "per_capsulam": not formal and draft.draw(st.booleans()),
        "delegation": draft.draw(st.booleans()),
        "publicerar": draft.draw(st.booleans()),
        "paragraf": draft.draw(st.sampled_from(("§ {nummer}", "§ {nummer:03d}/{ar}", "{ar}:{nummer}"))),
    }
    if not draft.draw(st.booleans()):
        return None
    # handlingar goes with kallelse: by itself a long one would come before the usual papers
    return {key: value for key, value in said.items() if key in {"kallelse", "handlingar"} or draft.draw(st.booleans())}


def _target(draft: Draft) -> None:
    draft.add(
        "[malbild]",
        namn=draft.name(),
        ar=draft.draw(st.integers(1950, 2100)),
        framgangsfaktorer=tuple(f"Faktor {number}" for number in range(draft.draw(st.integers(0, 3)))),
        perspektiv=("Personcentrerat", "Hälsofrämjande"),
    )
    for number in range(draft.draw(st.integers(0, 2))):
        draft.add(
            "[[malomrade]]",
            kod=f"omrade-{number}",
            namn=draft.name(),
            vardeord=tuple(f"Ord {number} {word}" for word in range(draft.draw(st.integers(0, 2)))),
        )
        draft.add("[[indikator]]", kod=f"ind-{number}", namn=draft.name(), malomrade=f"omrade-{number}")
    draft.add("[[statsbidrag]]", kod="pengar", namn=draft.name())


def _path(draft: Draft, levels: int, *, single: bool) -> None:
    """Lay a path: draft, perhaps submitted, `levels` preparations, decision, and a way to the end."""
    who = {"styr": "ledningen" if single else "styrgrupp", "grupp": "ansvarig_grupp"}
    prefix = draft.draw(st.sampled_from(("", "s-", "steg_")))
    path = _Path(draft, prefix, who)
    draft.add(
        "[[arendegang]]",
        kod="gangen",
        namn=draft.name(),
        version=draft.draw(st.integers(1, 50)),
        beslutad_av=draft.name(),
        galler_fran=date(2024, 1, 1),
        omfattning=draft.draw(st.sampled_from(("region_och_kommun", *draft.scopes))),
    )
    path.gates()
    path.prepare(levels)
    path.decide()
    path.run()
    path.finish()


class _Path:
    """Steps and moves being laid, each with the kind it has."""

    def __init__(self, draft: Draft, prefix: str, who: Mapping[str, str]) -> None:
        self.draft = draft
        self.prefix = prefix
        self.who = who
        self.open: list[str] = []
        self.decided: list[str] = []
        self.prepared: list[str] = []
        self.moves = 0

    def gates(self) -> None:
        """Lay a few gates; each is used."""
        self.gate_codes = [
            f"grind-{number}" for number in range(self.draft.draw(st.integers(0, 3)) if self.draft.gates else 0)
        ]
        for code in self.gate_codes:
            asked = self.draft.draw(
                st.lists(st.sampled_from(RequirementCode.values), min_size=1, max_size=6, unique=True)
            )
            self.draft.add(f"[arendegang.grind.{code}]", namn=self.draft.name(), krav=tuple(asked))
        self.unused = list(self.gate_codes)

    def step(self, kind: str, code: str = "", *, hos: str = "") -> str:
        """Lay a step and return its code."""
        code = self.prefix + (code or kind)
        self.draft.add("[[arendegang.steg]]", kod=code, namn=self.draft.name(), slag=kind, hos=hos)
        return code

    def move(self, kind: str, sources: list[str], targets: list[str], av: dict[str, str]) -> None:
        """Lay a move with a name of its own."""
        self.moves += 1
        gate = self.unused.pop() if self.unused else None
        self.draft.add(
            "[[arendegang.forflyttning]]",
            kod=f"{kind}-{self.moves}" if self.draft.draw(st.booleans()) else f"m{self.moves}",
            namn=f"{self.draft.name()} {self.moves}",
            slag=kind,
            fran=tuple(sources),
            till=tuple(targets),
            av=av,
            skal=self.draft.maybe(True),
            grind=gate,
        )

    def prepare(self, levels: int) -> None:
        """Lay the way from the draft to where a case is brought to decision."""
        grupp = {self.who["grupp"]: "forfatta"}
        bereda = [{f"niva-{level}": "bereda"} for level in range(max(levels, 1))]
        draft = self.step("utkast")
        self.move("skapa", [], [draft], {**grupp, self.who["styr"]: "besluta"})
        self.open.append(draft)
        at = draft
        if levels == 0 or self.draft.draw(st.booleans()):
            at = self.step("inlamnad", hos="beredningsgrupp")
            self.move("lamna_in", [draft], [at], grupp)
            self.open.append(at)
            self.prepared.append(at)
        for level in range(levels):
            here = self.step("beredning", f"beredning-{level}", hos=f"niva-{level}")
            if at == draft:
                self.move("lamna_in", [draft], [here], grupp)
            elif level == 0:
                self.move("ta_upp", [at], [here], {"beredningsgrupp": "bereda"})
            else:
                self.move("vidare", [at], [here], bereda[level - 1])
                if self.draft.draw(st.booleans()):
                    self.move("tillbaka", [here], [at], bereda[level])
            if self.draft.draw(st.booleans()):
                asked = self.step("komplettering", f"komplettering-{level}")
                self.move("begar_komplettering", [here], [asked], bereda[level])
                self.move("lamna_komplettering", [asked], [here], grupp)
                self.open.append(asked)
            at = here
            self.open.append(here)
            self.prepared.append(here)
        self.last = at
        self.bereder = bereda[-1]

    def decide(self) -> None:
        """Lay the decision and what can come of it."""
        styr = {self.who["styr"]: "besluta"}
        self.beslut = self.step("beslut", hos=self.who["styr"])
        self.open.append(self.beslut)
        self.move("anmal", [self.last], [self.beslut], self.bereder)
        if self.draft.draw(st.booleans()):
            self.go = self.step("beslutad")
            self.move("bifall", [self.beslut], [self.go], styr)
            self.decided.append(self.go)
            if self.draft.draw(st.booleans()):
                study = self.step("forstudie")
                self.move("starta_forstudie", [self.go], [study], {self.who["grupp"]: "forfatta"})
                ends = [self.go, self.step("avslagen", "slut-efter-forstudie")]
                self.move("beslut_efter_forstudie", [study], ends, styr)
                self.decided.append(study)
            run = self.step("genomforande")
            self.move("starta", [self.go], [run], {self.who["grupp"]: "forfatta"})
        else:
            run = self.step("genomforande")
            self.move("bifall", [self.beslut], [run], styr)
        self.running = run
        self.decided.append(run)
        self.move("avslag", [self.beslut], [self.step("avslagen")], styr)
        if self.draft.draw(st.booleans()):
            self.move("aterremiss", [self.beslut], self.prepared, styr)
            self.move("bordlaggning", [self.beslut], [], styr)

    def run(self) -> None:
        """Lay pause, follow-up and roll-out, each where it is drawn."""
        styr, stod = {self.who["styr"]: "besluta"}, {"regionalt_stod": "leda_arenden"}
        if self.draft.draw(st.booleans()):
            rest = self.step("vilande")
            self.move("pausa", [self.running], [rest], {**styr, **stod})
            self.move("ateruppta", [rest], [self.running], {**styr, **stod})
            self.decided.append(rest)
        if self.draft.draw(st.booleans()):
            follow = self.step("uppfoljning")
            self.move("paborja_uppfoljning", [self.running], [follow], {self.who["grupp"]: "forfatta"})
            self.move("fortsatt", [follow], [self.running], styr)
            self.decided.append(follow)
            self.running = follow
        if self.draft.draw(st.booleans()):
            spread = self.step("breddinforande")
            self.move("breddinfor", [self.running], [spread], styr)
            self.decided.append(spread)
            self.running = spread

    def finish(self) -> None:
        """Lay the ends and what can be done anywhere."""
        styr, stod = {self.who["styr"]: "besluta"}, {"regionalt_stod": "leda_arenden"}
        self.move("anmal", self.decided, [], {**self.bereder, **stod})
        self.move("slutfor", [self.running], [self.step("slutford")], styr)
        if self.draft.draw(st.booleans()):
            self.move("andringsbeslut", self.decided, [], styr)
            self.move("avbryt", self.decided, [self.step("avbruten")], styr)
        if self.draft.draw(st.booleans()):
            self.move("aterkalla", self.open, [self.step("aterkallad")], {self.who["grupp"]: "forfatta"})
        self.move("byt_ansvarig_grupp", self.open + self.decided, [], stod)
