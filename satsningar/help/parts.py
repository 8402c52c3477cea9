"""What each part is for, what a good one looks like, and which kinds of body may help with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from governance.vocabulary import BodyKind
from satsningar.vocabulary import PartCode


@dataclass(frozen=True, slots=True)
class PartGuide:
    """How to write a part well.

    `why` is what the part is used for, `good` the marks of a good one, `helpers` what each kind of body may help with:
    the bodies themselves are the county's own.
    """

    why: str
    good: tuple[str, ...]
    helpers: Mapping[BodyKind, str]


_SUPPORT = "läser utkast och vet hur andra har gjort"
_PREPARING = "svarar på vad som brukar behövas till beslut"

PART_GUIDES: Mapping[str, PartGuide] = {
    PartCode.UPPDRAG: PartGuide(
        "Uppdraget är det som beslutas. Den som inte har varit med ska förstå vad som ska bli annorlunda, för"
        " vem och vem som"
        " får bestämma vad.",
        (
            "Behovet är beskrivet från den enskildes håll, med siffror och källa.",
            "Syftet säger vad som ska bli bättre, inte vilken lösning ni har valt.",
            "Det framgår vad gruppen får besluta om själv och vad som ska tillbaka.",
            "Start, slut och en namngiven ledare finns.",
        ),
        {BodyKind.REGIONALT_STOD: _SUPPORT, BodyKind.BEREDNINGSGRUPP: _PREPARING},
    ),
    PartCode.KOPPLING: PartGuide(
        "Kopplingen visar hur satsningen för länet mot den målbild som alla har ställt sig bakom. Den gör att"
        " satsningar går"
        " att jämföra och väga mot varandra.",
        (
            "Få kopplingar, med ett ärligt varför vid var och en.",
            "Minst en målsättning som satsningen går att följa upp mot.",
            "De förutsättningar som saknas i dag är nämnda.",
        ),
        {BodyKind.REGIONALT_STOD: "förklarar målbilden och fokusområdena", BodyKind.BEREDNINGSGRUPP: _PREPARING},
    ),
    PartCode.OMFATTNING: PartGuide(
        "En gemensam satsning görs över huvudmannagränserna och är tänkt för hela länet. Här står vilka som är"
        " med från"
        " början och hur resten kommer med.",
        (
            "Varje organisation vet att den står med, och vad den ska göra.",
            "Tanken med spridningen finns redan nu, även om piloten är liten.",
        ),
        {
            BodyKind.ORGANISATION: "vet vem som kan säga ja i den egna organisationen",
            BodyKind.REGIONALT_STOD: "hjälper till att hitta fler som vill vara med",
        },
    ),
    PartCode.RESURSER: PartGuide(
        "Tid och personal är det som oftast saknas när arbetet ska börja. Det som står här bekräftar varje"
        " organisation innan"
        " start.",
        (
            "Varje organisation som deltar har minst en rad.",
            "Rollen, hur mycket och från när till när går att planera efter.",
            "Ledningen av satsningen är med i räkningen.",
        ),
        {
            BodyKind.ORGANISATION: "bekräftar den egna organisationens tid",
            BodyKind.REGIONALT_STOD: "vet vad liknande satsningar har behövt",
        },
    ),
    PartCode.EKONOMI: PartGuide(
        "Den som beslutar ska se vad satsningen kostar, vem som betalar och vad som händer när projektpengarna"
        " är slut.",
        (
            "Kostnaden är uppdelad på år och på vem som betalar.",
            "Effekterna står hos den vars budget de hamnar i, även när det är någon annan än den som betalar.",
            "Det finns ett svar på vem som betalar efter projektet.",
        ),
        {
            BodyKind.ORGANISATION: "hjälper till med den egna organisationens siffror",
            BodyKind.REGIONALT_STOD: "vet vad statsbidraget får användas till",
        },
    ),
    PartCode.BRUKARMEDVERKAN: PartGuide(
        "De som satsningen är till för vet vad som fungerar. Medverkan från början sparar omtag.",
        (
            "Det står vilka som medverkar och hur de har hittats.",
            "Medverkan finns i planeringen, i genomförandet och i uppföljningen.",
            "Något har ändrats för att brukarna var med.",
        ),
        {
            BodyKind.FOU: "kan metoder för medverkan",
            BodyKind.REFERENSGRUPP: "kan vara med från början",
            BodyKind.REGIONALT_STOD: "har kontakt med brukarorganisationer och råd",
        },
    ),
    PartCode.UPPFOLJNING: PartGuide(
        "Mått som väljs efteråt visar sällan något. Här bestäms vilka effekter ni vill se och hur ni ska kunna"
        " visa dem.",
        (
            "Minst ett mått visar skillnad för den enskilde.",
            "Varje mått har mål, riktning, källa och en som ansvarar för det.",
            "Utgångsvärdet går att få fram före start.",
            "Måtten går att mäta med det ni redan har.",
        ),
        {
            BodyKind.FOU: "hjälper till med mått, utgångsvärden och uppföljning",
            BodyKind.REGIONALT_STOD: "vet vilka indikatorer länet redan följer",
        },
    ),
    PartCode.INFORANDE: PartGuide(
        "De flesta satsningar fastnar som projekt. Planen säger hur det som fungerar blir ordinarie arbete i"
        " varje kommun.",
        (
            "Arbetssättet prövas i liten skala först.",
            "Kärnan som ska vara lika överallt är skild från det som får anpassas.",
            "Varje kommun har ett år, eller ”efter piloten”.",
        ),
        {
            BodyKind.ORGANISATION: "vet vad som krävs hemma för att införa arbetssättet",
            BodyKind.FOU: "kan forskning om införande",
            BodyKind.REGIONALT_STOD: "håller ihop planen för länet",
        },
    ),
    PartCode.INARBETNING: PartGuide(
        "Det som ändrades eller villkorades på mötet ska synas i satsningen innan arbetet startar.",
        ("Varje ändring och villkor har ett svar.", "Det står i vilken del ändringen är gjord."),
        {BodyKind.BEREDNINGSGRUPP: "förklarar vad beslutet innebär"},
    ),
    PartCode.VARDEN: PartGuide(
        "Värdena är det som avgör om satsningen har gett något. Utan utgångsvärde går det inte att se.",
        (
            "Varje mått har ett utgångsvärde före start.",
            "Värdena är mätta på samma sätt varje gång, eller skillnaden är förklarad.",
        ),
        {BodyKind.FOU: "hjälper till att mäta och tolka värden"},
    ),
    PartCode.FORSTUDIERAPPORT: PartGuide(
        "Förstudien svarar på det som måste vara känt innan satsningen startar. Rapporten är underlaget för att gå"
        " vidare eller sluta.",
        (
            "Frågorna som förstudien skulle svara på är besvarade, också de svåra.",
            "Det framgår vad ni har gjort och vilka som har varit med.",
            "Förslaget säger vad som bör ändras i det som är beslutat, och vad det kostar.",
        ),
        {
            BodyKind.FOU: "hjälper till att lägga upp och granska förstudien",
            BodyKind.BEREDNINGSGRUPP: _PREPARING,
        },
    ),
    PartCode.UPPFOLJNINGSRAPPORT: PartGuide(
        "Rapporten är underlaget för att gå vidare, ändra eller sluta.",
        (
            "Resultatet utgår från måtten och säger också vad som inte blev som tänkt.",
            "Brukarnas medverkan och vad den gav är beskriven.",
            "Förslaget till nästa steg följer av resultatet.",
        ),
        {
            BodyKind.FOU: "hjälper till med uppföljning och analys",
            BodyKind.BEREDNINGSGRUPP: "håller ihop uppföljningen till beslut",
        },
    ),
    PartCode.LAGE: PartGuide(
        "Läget visar hela länet hur långt arbetssättet har nått.",
        ("Varje organisation skriver sin egen rad.", "Den som avstår skriver varför."),
        {
            BodyKind.ORGANISATION: "skriver in den egna organisationens läge",
            BodyKind.REGIONALT_STOD: "påminner dem som inte har skrivit",
        },
    ),
    PartCode.SLUTRAPPORT: PartGuide(
        "Slutrapporten är det som andra kan lära av, också när satsningen inte blev som tänkt.",
        (
            "Resultatet är jämfört med målen och kostnaden med planen.",
            "Lärdomarna går att använda för någon som inte var med.",
            "Det står vem som håller arbetssättet vid liv.",
        ),
        {
            BodyKind.FOU: "hjälper till att dra slutsatser",
            BodyKind.REGIONALT_STOD: "sprider lärdomarna i länet",
        },
    ),
}
"""By the part's code."""
