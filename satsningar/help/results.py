"""Help and examples for what is written after the decision."""

from satsningar.help.texts import FieldHelp, ListHelp

PARTS = {
    "forstudierapport": "Vad förstudien skulle ta reda på, vad den visar och vad den föreslår.",
    "inarbetning": "Hur ändringar och villkor i beslutet har arbetats in.",
    "varden": "Måttens värden: utgångsläget, mätningar på vägen och utfallet.",
    "uppfoljningsrapport": "Vad uppföljningen visar och vad ni föreslår.",
    "lage": "Hur långt varje organisation har kommit.",
    "slutrapport": "Vad satsningen ledde till och vad andra kan lära av den.",
}

FIELDS = {
    "forstudierapport": {
        "fragor": FieldHelp(
            "Vilka frågor behövde svar innan satsningen kunde starta?",
            "Räcker underlaget för ett gemensamt team? Vem får läsa i vems journal? Vad kostar det per kommun?",
        ),
        "resultat": FieldHelp(
            "Svara på frågorna, en i taget.",
            "Underlaget räcker i åtta av tolv kommuner. De fyra minsta behöver dela team två och två.",
        ),
        "alternativ": FieldHelp(
            "Vilka vägar har ni prövat eller räknat på, också den att inte göra något?",
            "Eget team i varje kommun, delade team, eller ett team för hela länet. Delade team ger mest för pengarna.",
        ),
        "brukarmedverkan": FieldHelp(
            "Hur har brukare, patienter och närstående varit med?",
            "Två brukarrepresentanter i förstudiegruppen och en enkät i invånarpanelen med 312 svar.",
        ),
        "risker": FieldHelp(
            "Vad kan gå fel, och vad vet ni fortfarande inte?",
            "Rekryteringen av distriktssköterskor. Avtalet om journalåtkomst är inte klart.",
        ),
        "forslag": FieldHelp(
            "Gå vidare som det var tänkt, ändra något eller sluta här? Ändringar i satsningens delar skriver ni som"
            " ändringsförslag.",
            "Gå vidare med delade team. Tidplanen flyttas ett halvår: se ändringsförslaget.",
        ),
    },
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
