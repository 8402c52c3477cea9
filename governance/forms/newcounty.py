"""The forms of the guide for a new county, a step each; names are taken in as a county file takes them."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from governance.conditions import HIGHEST
from governance.countyfile.begin import SUGGESTED_LIMIT
from governance.countyfile.ready import ready_paths
from governance.forms.fields import DateField
from governance.forms.names import NameField
from governance.forms.rows import RowSet
from governance.official import Municipality, regions
from governance.vocabulary import OrganisationKind, QuorumRule

ORGANISATION_NAME, BODY_NAME = 120, 150
FIRST_YEAR, LAST_YEAR = 1900, 2199
ABOUT_MEETINGS = (
    ("utslagsrost", "Ordföranden avgör vid lika röstetal"),
    ("per_capsulam", "Ledamöterna får besluta mellan mötena, per capsulam"),
    ("delegation", "Ordföranden får besluta ensam mellan mötena, på delegation"),
    ("publicerar", "Justerade protokoll är öppna för alla"),
)
"""What the guide asks of how the styrgrupp meets; the keys are those of `mote`."""
_PREFIX = re.compile(r"[0-9A-Za-zÅÄÖåäö][0-9A-Za-zÅÄÖåäö ./_-]{0,19}")


class RegionForm(forms.Form):
    """Which region."""

    region = forms.ChoiceField(
        label="Region",
        widget=forms.RadioSelect,
        choices=lambda: [(one.county_code, one.region_name) for one in regions().values()],
        error_messages={"required": "Välj en region.", "invalid_choice": "Välj en av regionerna i listan."},
    )


class MunicipalitiesForm(forms.Form):
    """Which of the region's municipalities take part."""

    kommuner = forms.MultipleChoiceField(
        label="Kommuner som är med",
        widget=forms.CheckboxSelectMultiple,
        help_text="Alla är förkryssade. Ta bort krysset för en kommun som inte är med.",
        error_messages={"required": "Välj minst en kommun.", "invalid_choice": "Välj bland länets kommuner."},
    )

    def __init__(self, *args: Any, municipalities: Collection[Municipality], **kwargs: Any) -> None:
        """Offer the municipalities, all ticked."""
        super().__init__(*args, **kwargs)
        field = self.fields["kommuner"]
        field.choices = [(one.code, one.name) for one in municipalities]  # type: ignore[attr-defined]
        field.initial = [one.code for one in municipalities]


class OtherForm(forms.Form):
    """Another organisation that takes part."""

    namn = NameField(
        label="Namn", longest=ORGANISATION_NAME, error_messages={"required": "Skriv organisationens namn."}
    )
    slag = forms.ChoiceField(
        label="Slag",
        choices=[(kind.value, kind.label) for kind in (OrganisationKind.PRIVAT_VARDGIVARE, OrganisationKind.ANNAN)],
        initial=OrganisationKind.PRIVAT_VARDGIVARE.value,
        error_messages={"invalid_choice": "Välj ett av slagen."},
    )


class GroupForm(forms.Form):
    """A body known by its name."""

    namn = NameField(label="Namn", longest=BODY_NAME, error_messages={"required": "Skriv gruppens namn."})


class OtherRows(RowSet):
    """The other organisations."""

    form: Any = OtherForm


class GroupRows(RowSet):
    """Bodies of one kind."""

    form: Any = GroupForm


class BodiesForm(forms.Form):
    """The bodies of which there is one, and how the deciding one is quorate."""

    examples = {"nummerstart": "Med CG blir det första ärendenumret CG 2027-0001."}  # noqa: RUF012 - read by the form renderer

    styrgrupp = NameField(
        label="Styrgruppens namn",
        longest=BODY_NAME,
        initial="Länsstyrgruppen",
        help_text="Den grupp som beslutar om satsningarna.",
        error_messages={"required": "Skriv vad styrgruppen heter."},
    )
    kvorum = forms.ChoiceField(
        label="När är styrgruppen beslutsför?",
        widget=forms.RadioSelect,
        choices=[
            (QuorumRule.REGION_OCH_KOMMUNER.value, "Regionen och ett visst antal kommuner deltar"),
            (QuorumRule.MER_AN_HALFTEN.value, "Mer än hälften av ledamöterna deltar"),
            (QuorumRule.ANDEL.value, "En viss andel av ledamöterna deltar"),
            (QuorumRule.MAJORITET_AV_ORGANISATIONER.value, "Mer än hälften av organisationerna är företrädda"),
        ],
        initial=QuorumRule.REGION_OCH_KOMMUNER.value,
        error_messages={"required": "Välj en regel.", "invalid_choice": "Välj en av reglerna."},
    )
    antal = forms.IntegerField(
        label="Antal kommuner",
        required=False,
        help_text="Skriv det om regeln är ”regionen och ett visst antal kommuner”.",
        widget=forms.NumberInput({"class": "s-input-short", "inputmode": "numeric"}),
        error_messages={"invalid": "Skriv ett heltal."},
    )
    andel = forms.IntegerField(
        label="Andel ledamöter, procent",
        required=False,
        help_text="Skriv det om regeln är ”en viss andel av ledamöterna”.",
        widget=forms.NumberInput({"class": "s-input-short", "inputmode": "numeric"}),
        error_messages={"invalid": "Skriv ett heltal."},
    )
    moten = forms.MultipleChoiceField(
        label="Hur beslutar styrgruppen?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=ABOUT_MEETINGS,
        initial=["utslagsrost"],
        help_text="Kryssa för det som gäller. Hur långt före mötet kallelsen går ut och annat om möten ändras i filen.",
        error_messages={"invalid_choice": "Välj bland alternativen."},
    )
    nummerstart = forms.CharField(
        label="Ärendenumrens början",
        initial="LSG",
        help_text="Styrgruppens förkortning: bokstäver och siffror, högst 20 tecken.",
        widget=forms.TextInput({"class": "s-input-short", "autocomplete": "off"}),
        error_messages={"required": "Skriv hur ärendenumren börjar."},
    )
    stod = NameField(
        label="Regionalt stöd",
        longest=BODY_NAME,
        initial="Länsgemensamt regionalt stöd",
        help_text="De som följer alla satsningar och lägger upp personer och uppdrag.",
        error_messages={"required": "Skriv vad regionalt stöd heter."},
    )
    namnd = NameField(
        label="Politisk nämnd",
        longest=BODY_NAME,
        required=False,
        help_text="Om styrgruppen arbetar åt en nämnd. Annars lämnar du tomt.",
    )

    def __init__(self, *args: Any, municipality_count: int, **kwargs: Any) -> None:
        """Suggest more than half of the municipalities."""
        super().__init__(*args, **kwargs)
        self.municipality_count = municipality_count
        self.fields["antal"].initial = municipality_count // 2 + 1

    def clean_nummerstart(self) -> str:
        """Return the beginning of reference numbers.

        Raises:
            ValidationError: it holds something that does not belong in one.

        """
        text = unicodedata.normalize("NFC", " ".join(self.cleaned_data["nummerstart"].split()))
        if not _PREFIX.fullmatch(text):
            raise forms.ValidationError(
                "Skriv högst 20 bokstäver, siffror, mellanslag, punkter, snedstreck eller bindestreck."
            )
        return text

    def clean(self) -> None:
        """See that the number which the rule needs is there and possible."""
        rule = self.cleaned_data.get("kvorum")
        most = self.municipality_count
        for name, wanted, low, high, missing in (
            ("antal", QuorumRule.REGION_OCH_KOMMUNER, 1, most, f"Skriv ett antal från 1 till {most}."),
            ("andel", QuorumRule.ANDEL, 1, 100, "Skriv en andel från 1 till 100."),
        ):
            value = self.cleaned_data.get(name)
            if rule == wanted and name not in self.errors and not (value is not None and low <= value <= high):
                self.add_error(name, missing)


class PathForm(forms.Form):
    """Which ready path, from which day, and who works for whom where there is a choice."""

    arendegang = forms.ChoiceField(
        label="Ärendegång",
        widget=forms.RadioSelect,
        initial="standard",
        error_messages={"required": "Välj en ärendegång.", "invalid_choice": "Välj en av ärendegångarna."},
    )
    galler_fran = DateField(
        label="Gäller från",
        help_text="Nya satsningar följer ärendegången från och med den dagen.",
        error_messages={"required": "Skriv vilken dag ärendegången börjar gälla."},
    )
    beslutad_av = NameField(
        label="Beslutad av",
        longest=BODY_NAME,
        required=False,
        help_text="Den som har beslutat ärendegången, om det är gjort.",
    )
    gemensam = forms.ChoiceField(
        label="Vilken grupp bereder sist?",
        required=False,
        help_text="Bara för två nivåer: den gemensamma gruppen, som anmäler till styrgruppen.",
        error_messages={"invalid_choice": "Välj en av beredningsgrupperna."},
    )

    grans = forms.IntegerField(
        label="Gräns i kronor",
        required=False,
        min_value=1,
        max_value=HIGHEST,
        initial=SUGGESTED_LIMIT,
        help_text="Bara för nämnd över en gräns: det som kostar mer beslutar nämnden om.",
        error_messages={
            "invalid": "Skriv gränsen som ett heltal i kronor.",
            **dict.fromkeys(("min_value", "max_value"), f"Gränsen ska ligga mellan 1 och {HIGHEST} kronor."),
        },
    )

    def __init__(self, *args: Any, preparing: Sequence[str], groups: Sequence[str], namnd: str, **kwargs: Any) -> None:
        """Offer the ready paths, and the beredningsgrupper to each arbetsgrupp."""
        super().__init__(*args, **kwargs)
        self.preparing, self.groups, self.namnd = preparing, groups, namnd
        chosen: Any = self.fields["arendegang"]
        chosen.choices = [(key, f"{one.name}. {one.description}") for key, one in ready_paths().items()]
        numbered = [(str(number), name) for number, name in enumerate(preparing)]
        if not namnd:
            del self.fields["grans"]
        if len(preparing) > 1:
            common: Any = self.fields["gemensam"]
            common.choices = [("", "Ingen"), *numbered]
        else:
            del self.fields["gemensam"]
        for number, name in enumerate(groups if preparing else ()):
            self.fields[f"grupp-{number}"] = forms.ChoiceField(
                label=f"{name} arbetar åt",
                required=False,
                choices=[*numbered, ("", "Styrgruppen; beredningsgrupp väljs för varje satsning")],
                initial="0" if len(preparing) == 1 else "",
                error_messages={"invalid_choice": "Välj en av beredningsgrupperna."},
            )

    def clean_galler_fran(self) -> date:
        """Return the day.

        Raises:
            ValidationError: it is out of reach.

        """
        day: date = self.cleaned_data["galler_fran"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}.")
        return day

    def clean(self) -> None:
        """See that there are the bodies that the path needs, and the limit."""
        ready = ready_paths().get(self.cleaned_data.get("arendegang", ""))
        if ready is None:
            return
        if ready.preparing > len(self.preparing):
            needed = "två beredningsgrupper" if ready.preparing > 1 else "en beredningsgrupp"
            self.add_error("arendegang", f"Den behöver minst {needed}. Gå tillbaka och lägg till, eller välj en annan.")
        elif ready.has_second_level and not self.cleaned_data.get("gemensam") and "gemensam" not in self.errors:
            self.add_error("gemensam", "Välj den grupp som bereder sist.")
        if ready.has_limit and not self.namnd:
            self.add_error("arendegang", "Den behöver en nämnd. Gå tillbaka och skriv dess namn, eller välj en annan.")
        elif ready.has_limit and "grans" not in self.errors and self.cleaned_data.get("grans") is None:
            self.add_error("grans", "Skriv den högsta kostnad, i kronor, som styrgruppen får besluta om.")
        if ready.has_second_level and self.cleaned_data.get("gemensam"):
            for number in range(len(self.groups)):
                if self.cleaned_data.get(f"grupp-{number}") == self.cleaned_data["gemensam"]:
                    self.add_error(f"grupp-{number}", "Den gruppen bereder sist. Välj en som bereder först.")
