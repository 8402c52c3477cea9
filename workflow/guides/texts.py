"""The words of the guides: for each, a few steps of what that role does here, each with the page where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.guides.vocabulary import Guide


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, in a sentence or two, and the page for it by its name, with what follows the address."""

    title: str
    text: str
    link: str
    page: str
    query: str = ""


STEPS: Mapping[Guide, tuple[Step, ...]] = {
    Guide.ARBETSGRUPP: (
        Step(
            "Börja med ett utkast",
            "Det räcker med en titel. Utkastet läses av er grupp och regionalt stöd tills ni lämnar in det.",
            "Ny satsning",
            "ny_satsning",
        ),
        Step(
            "Skriv en del i taget",
            "Det du skriver sparas av sig självt, och det som saknas står vid varje del.",
            "Vad delarna är till för",
            "hjalp_delar",
        ),
        Step(
            "Lämna in",
            "När inget saknas lämnar ni in. Därefter bereds satsningen, och ni kan få frågor att svara på.",
            "Vägen steg för steg",
            "hjalp",
            "#vagen",
        ),
        Step(
            "Titta här först",
            "Det som väntar på er grupp står överst på Mitt arbete. Resten finns under Satsningar.",
            "Satsningar",
            "satsningar",
        ),
    ),
    Guide.BEREDNING: (
        Step(
            "Ta upp det som är inlämnat",
            "Det som väntar på er grupp står överst på Mitt arbete. Den som tar upp väljer vem som handlägger.",
            "Satsningar",
            "satsningar",
        ),
        Step(
            "Fråga och hör andra",
            "Begär komplettering del för del, eller skicka satsningen på remiss till dem som berörs.",
            "Vägen steg för steg",
            "hjalp",
            "#vagen",
        ),
        Step(
            "Skriv utlåtandet och anmäl till beslut",
            "Utlåtande, rekommendation och förslag till beslut följer med till mötet precis som ni har skrivit dem.",
            "Vem som gör vad",
            "hjalp",
            "#vem",
        ),
        Step(
            "Be om avsteg när ett krav inte går att uppfylla",
            "Länken står vid kravet på satsningens sida. Den som har uppdraget i det beslutande organet svarar.",
            "Om avsteg",
            "hjalp",
            "#avsteg",
        ),
    ),
    Guide.BESLUT: (
        Step(
            "Läs inför mötet",
            "När kallelsen har gått ut står mötet på Mitt arbete med orden Läs inför mötet. Läs där punkt för punkt.",
            "Alla möten",
            "moten",
        ),
        Step(
            "Se efter avsteg och rekommendation",
            "Avsteg står överst i underlaget. Det som ligger på bordet är fryst och ändras inte före mötet.",
            "Om avsteg",
            "hjalp",
            "#avsteg",
        ),
        Step(
            "Besluta på mötet",
            "Har du jäv anmäler du det på mötets sida när kallelsen har gått ut, eller när ärendet kommer upp."
            " Besluten förs in medan mötet pågår, och du följer dem vid bordet.",
            "Alla möten",
            "moten",
        ),
        Step(
            "Följ det ni har beslutat",
            "Varje satsning visar hur långt den har kommit och vad den har gett.",
            "Satsningar",
            "satsningar",
        ),
    ),
    Guide.SEKRETERARE: (
        Step(
            "Se vad som ligger på bordet",
            "Det som är anmält till beslut står på Mitt arbete. Lägg det på en dagordning, så visas mötets dag.",
            "Satsningar som väntar på beslut",
            "satsningar",
            "?anmalda=on",
        ),
        Step(
            "Kontrollera vilka som sitter i organet",
            "Beslutsförheten räknas på dem som deltog. Stämmer inte listan rättar regionalt stöd den.",
            "Vilka som sitter i organen",
            "organ",
        ),
        Step(
            "Håll mötet vid bordet",
            "Planera mötet, kalla och öppna det. Varje beslut förs in när det fattas och flyttar satsningen direkt.",
            "Alla möten",
            "moten",
        ),
        Step(
            "Läs igenom innan du trycker",
            "Ett beslut som är infört ändras aldrig. Det som gäller står på sidan innan du bekräftar.",
            "Vem som gör vad",
            "hjalp",
            "#vem",
        ),
    ),
    Guide.STOD: (
        Step(
            "Se hur det står till",
            "Läget visar var varje satsning är, hur länge den har väntat och vad den saknar.",
            "Läget",
            "laget",
        ),
        Step(
            "Håll organen aktuella",
            "Rätten att läsa och göra saker följer uppdraget. Lägg till och avsluta uppdrag så fort något ändras.",
            "Personer",
            "personer",
        ),
        Step(
            "Hjälp grupperna att skriva",
            "Varje del har en hjälp som säger vad en bra del innehåller och vem som kan hjälpa till.",
            "Vad delarna är till för",
            "hjalp_delar",
        ),
        Step(
            "Följ avstegen",
            "Sammanställningen visar vilka krav som begärs bort, av vem, och vad svaret blev.",
            "Avsteg",
            "avsteg_lista",
        ),
        Step(
            "Känn ärendegången",
            "Den visar stegen, vem som gör vad och vad som krävs. En pågående satsning behåller sin version.",
            "Ärendegång",
            "arendegangar",
        ),
    ),
    Guide.KONTAKT: (
        Step(
            "Svara på det som skickas till er",
            "Remisser och frågor om resurser står på Mitt arbete, med sista dag.",
            "Satsningar",
            "satsningar",
        ),
        Step(
            "Bekräfta resurser först när ni har bestämt er hemma",
            "Skriv in hemmabeslutets dag och diarienummer. Satsningen startar när alla som deltar har bekräftat.",
            "Vägen steg för steg",
            "hjalp",
            "#vagen",
        ),
        Step(
            "Skriv in ert läge",
            "När arbetssättet införs skriver ni själva hur långt ni har kommit. Avstår ni skriver ni varför.",
            "Vad delarna är till för",
            "hjalp_delar",
            "#lage",
        ),
        Step(
            "Ta med resultatet hem",
            "Allt som är inlämnat i länet går att läsa, också det som inte blev som tänkt.",
            "Målbilden",
            "malbild",
        ),
    ),
    Guide.DELTAR: (
        Step(
            "Läs satsningarna",
            "Du läser allt som är inlämnat i länet, och utkasten i de grupper du sitter i.",
            "Satsningar",
            "satsningar",
        ),
        Step(
            "Se vart länet ska",
            "Målbilden och fokusområdena är det som satsningarna ska bidra till.",
            "Målbilden",
            "malbild",
        ),
        Step(
            "Hjälp till",
            "Hjälpen till varje del säger vem som kan bidra med vad. Du läser här; gruppen skriver.",
            "Vad delarna är till för",
            "hjalp_delar",
        ),
    ),
}
