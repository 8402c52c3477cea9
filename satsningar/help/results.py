"""Help and examples for what is written after the decision."""

from satsningar.help.texts import FieldHelp, ListHelp

PARTS = {
    "inarbetning": "Hur ändringar och villkor i beslutet har arbetats in.",
    "varden": "Måttens värden: utgångsläget, mätningar på vägen och utfallet.",
    "uppfoljningsrapport": "Vad uppföljningen visar och vad ni föreslår.",
    "lage": "Hur långt varje organisation har kommit.",
    "slutrapport": "Vad satsningen ledde till och vad andra kan lära av den.",
}

FIELDS = {
    "inarbetning": {
        "hur": FieldHelp(
            "Gå igenom beslutets ändringar och villkor, ett i taget.",
            "Beslutet villkorade att Trosa är med från början. Trosa är tillagd i omfattningen och har avsatt tid.",
        ),
    },
    "varden": {
        "kommentar": FieldHelp(
            "Sådant som behövs för att förstå värdena.",
            "Värdena för sommaren är lägre eftersom två enheter var stängda.",
        ),
    },
    "varden.varden": {
        "effektmatt_id": FieldHelp("Måtten kommer från planen för uppföljning."),
        "slag": FieldHelp("Utgångsvärde före start, mätning på vägen eller utfall."),
        "datum": FieldHelp("Den dag eller den sista dag som värdet gäller."),
        "varde": FieldHelp("", "118"),
        "organisation_id": FieldHelp("Lämna tomt om värdet gäller alla."),
        "kommentar": FieldHelp("", "Räknat på tre av fyra enheter."),
    },
    "uppfoljningsrapport": {
        "resultat": FieldHelp(
            "Vad blev resultatet? Utgå från måtten.",
            "De oplanerade besöken på akuten minskade från 118 till 92 per månad. Målet 90 är nästan nått.",
        ),
        "brukarmedverkan": FieldHelp(
            "Hur har brukarna varit med, och vad gav det?",
            "Brukarrepresentanten föreslog direktnumret. Åtta av tio uppger nu att de vet vem de ska ringa.",
        ),
        "larande": FieldHelp(
            "Vad fungerade, vad fungerade inte och varför?",
            "Gemensam bedömning fungerade från första veckan. Journalåtkomsten tog längre tid än väntat.",
        ),
        "forslag": FieldHelp(
            "Vad föreslår ni: införa brett, fortsätta, ändra eller avsluta?",
            "Inför arbetssättet i alla kommuner, två per halvår, med början i Katrineholm och Vingåker.",
        ),
    },
    "lage": {
        "kommentar": FieldHelp(
            "En sammanfattning av läget i länet.", "Sex kommuner har infört arbetssättet, två pågår och en har avstått."
        ),
    },
    "lage.organisationer": {
        "status": FieldHelp(""),
        "datum": FieldHelp("Den dag läget gäller från."),
        "kommentar": FieldHelp(
            "Den som avstår skriver varför.", "Kommunen har redan ett eget team med samma uppdrag och avstår därför."
        ),
    },
    "slutrapport": {
        "resultat": FieldHelp(
            "Vad nåddes av målen och vad nåddes inte?", "Målet om färre besök på akuten är nått i sju av nio kommuner."
        ),
        "ekonomi": FieldHelp("Vad kostade det, och stämde beräkningen?", "1 180 000 kr av beräknade 1 250 000 kr."),
        "lardomar": FieldHelp(
            "Vad ska andra veta som vill göra samma sak?",
            "Börja med journalåtkomsten. Låt teamet själv bestämma schemat.",
        ),
        "forvaltning": FieldHelp(
            "Vem håller arbetssättet vid liv när satsningen är slut?",
            "Närvårdskoordinatorn i varje kommun. Länsstyrgruppen följer måtten en gång om året.",
        ),
    },
}

LISTS = {
    "varden.varden": ListHelp(
        "Värden",
        "En rad för varje värde. Varje mått behöver ett utgångsvärde innan satsningen startar och ett utfall innan"
        " den införs brett.",
        "värdet",
        "Lägg till ett värde",
    ),
    "lage.organisationer": ListHelp(
        "Läget i varje organisation",
        "Varje organisation svarar för sin egen rad.",
        "organisationen",
    ),
}
