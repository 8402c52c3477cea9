"""The columns of the sheet that many cases are registered from, by what they fill in."""

from governance.sheets import Column, Kind

COLUMNS: tuple[Column, ...] = (
    Column("titel", "Titel", required=True, width=40, help="Vad satsningen heter.", example="Mobila team i hela länet"),
    Column(
        "ansvarig_grupp",
        "Ansvarig grupp",
        required=True,
        width=32,
        help="Gruppen som svarar för satsningen, med samma namn som på sidan Organ.",
        example="Arbetsgruppen Exempel",
    ),
    Column(
        "beredningsgrupp",
        "Beredningsgrupp",
        width=32,
        help="Behövs bara när den ansvariga gruppen inte arbetar åt en viss beredningsgrupp.",
        example="Beredningsgruppen personcentrering",
    ),
    Column(
        "station",
        "Steg",
        required=True,
        width=18,
        help="Steget där satsningen står, som det heter i ärendegången. Inte Utkast, Komplettering eller Beslut.",
        example="Genomförande",
    ),
    Column(
        "decided_on",
        "Beslutsdatum",
        Kind.DAY,
        width=14,
        help="Dagen då satsningen beslutades. Behövs för allt som är beslutat.",
        example="2024-11-22",
    ),
    Column(
        "source",
        "Källa",
        width=34,
        help="Var beslutet står. Behövs för allt som är beslutat.",
        example="Styrgruppens protokoll 2024-11-22 § 31",
    ),
    Column(
        "since",
        "I steget sedan",
        Kind.DAY,
        width=14,
        help="Dagen då satsningen kom till steget. Tomt: beslutsdatumet.",
        example="2025-01-13",
    ),
    Column(
        "reference",
        "Ärendenummer",
        width=16,
        help="Numret som satsningen redan har hos det organ som beslutar. Nästa nummer i serien blir högre.",
        example="SG 2024-0031",
    ),
    Column(
        "handlaggare",
        "Handläggare e-post",
        width=28,
        help="Någon som har uppdraget att bereda i beredningsgruppen.",
        example="rut.exempelberg@exempel.test",
    ),
    Column("uppdrag.behov", "Behov", width=40, help="Varför satsningen behövs.", example="Många åker in i onödan."),
    Column("uppdrag.syfte", "Syfte", width=40, help="Vad den ska leda till.", example="Fler får vård hemma."),
    Column("uppdrag.malgrupp", "Målgrupp", width=30, help="Vem den är till för.", example="Personer över 65 år."),
    Column("uppdrag.ledare", "Vem som leder", width=24, help="Den som leder arbetet.", example="Projektledaren"),
    Column("uppdrag.startar", "Startar", Kind.DAY, width=14, help="Dagen då arbetet börjar.", example="2025-01-13"),
    Column(
        "uppdrag.slutar", "Slutar", Kind.DAY, width=14, help="Dagen då arbetet ska vara klart.", example="2026-12-31"
    ),
    Column(
        "omfattning.deltagare",
        "Deltagande organisationer",
        width=36,
        help="Organisationernas namn, med semikolon emellan.",
        example="Region Sörmland; Flens kommun",
    ),
    Column(
        "ekonomi.grov_kostnad",
        "Grov kostnad",
        Kind.WHOLE,
        width=14,
        help="Hela kronor.",
        example="1 250 000",
    ),
    Column(
        "koppling.kopplingar",
        "Fokusområde",
        width=30,
        help="Ett eller flera av länets fokusområden, med semikolon emellan.",
        example="Personcentrering",
    ),
)
FIELDS = {"uppdrag": ("behov", "syfte", "malgrupp", "ledare", "startar", "slutar"), "ekonomi": ("grov_kostnad",)}
"""The fields of parts that have a column each, named `<part>.<field>`."""
