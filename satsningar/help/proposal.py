"""Help and examples for the seven parts of the proposal and its links to the målbild."""

from satsningar.help.texts import FieldHelp, ListHelp

PARTS = {
    "uppdrag": "Vad som ska göras, varför, för vem och inom vilket mandat.",
    "koppling": "Hur satsningen bidrar till det länet har beslutat att styra mot.",
    "omfattning": "Vilka som deltar och hur arbetssättet är tänkt att spridas.",
    "resurser": "Den tid och personal som varje organisation avsätter.",
    "ekonomi": "Vad satsningen kostar, vem som betalar och vad resultatet betyder för ekonomin.",
    "brukarmedverkan": "Hur brukare, patienter och närstående är med, från planering till uppföljning.",
    "uppfoljning": "Vilka effekter ni vill se och hur ni mäter dem.",
    "inforande": "Hur arbetssättet prövas i liten skala och sedan införs i varje kommun.",
}

FIELDS = {
    "uppdrag": {
        "titel": FieldHelp("Kort och tydlig. Den syns i alla listor.", "Mobila team i hela länet"),
        "behov": FieldHelp(
            "Vad är det som inte fungerar i dag, och för vem?",
            "Äldre med stora behov åker in till akuten för sådant som kan bedömas hemma. Under 2025 kom 40 procent av"
            " dem som bor i särskilt boende till akuten minst en gång.",
        ),
        "behov_kalla": FieldHelp(
            "Hur vet ni det? Ange statistik, undersökningar, dialoger med brukare eller beslut.",
            "Vårdstatistik för 2025, brukardialog med pensionärsråden i mars 2026, avvikelser i samverkan.",
        ),
        "syfte": FieldHelp(
            "Vad ska bli bättre?",
            "Personer med stora behov får bedömning och vård hemma, så att de slipper resa till akuten.",
        ),
        "malgrupp": FieldHelp(
            "Vilka är satsningen till för? Skriv gärna hur många de är.",
            "Personer över 65 år med hemsjukvård eller plats i särskilt boende, ungefär 4 800 i länet.",
        ),
        "effekt": FieldHelp(
            "Vad märker invånaren? Skriv från den enskildes håll.",
            "Jag får besök av ett team som känner mig inom två timmar, och jag vet vem jag ska ringa.",
        ),
        "far_besluta": FieldHelp(
            "Vad får gruppen bestämma själv under arbetets gång?",
            "Schema, arbetsfördelning i teamen och vilka enheter som börjar.",
        ),
        "aterfors": FieldHelp(
            "Vad måste tillbaka för beslut innan ni gör det?",
            "Ändrad målgrupp, kostnader över budget och avtal med nya leverantörer.",
        ),
        "startar": FieldHelp("Den dag arbetet är tänkt att börja."),
        "slutar": FieldHelp("Den dag satsningen ska vara klar eller ha gått över i ordinarie arbete."),
        "tidplan": FieldHelp(
            "De viktigaste stegen och när de sker.",
            "- Januari 2027: teamet i piloten är på plats\n- Juni 2027: första uppföljningen\n- Hösten 2027: beslut om"
            " breddinförande",
        ),
        "ledare": FieldHelp(
            "Namn och befattning på den som leder arbetet.", "Karin Ek, verksamhetschef för hemsjukvården"
        ),
        "ledande_organisation_id": FieldHelp("Den organisation som ledaren arbetar i."),
    },
    "koppling": {
        "framgangsfaktorer": FieldHelp(
            "Vilka av målbildens förutsättningar och framgångsfaktorer vilar satsningen på, och vad behöver stärkas?",
            "Tillit och samsyn finns efter flera års arbete tillsammans. Kompetensförsörjningen behöver stärkas: teamen"
            " behöver fler distriktssköterskor.",
        ),
    },
    "koppling.kopplingar": {
        "varfor": FieldHelp("En mening räcker."),
    },
    "omfattning": {
        "spridning": FieldHelp(
            "Hur ska arbetssättet nå hela länet, om det håller?",
            "Efter piloten i Flen införs arbetssättet i två kommuner per halvår. Alla nio är med 2029.",
        ),
        "resurser_tillfors": FieldHelp(
            "Får satsningen resurser som inte finns i dag? Lämna tomt om den inte får det.",
            "En projektledare på halvtid, betald med statsbidrag.",
        ),
    },
    "omfattning.deltagare": {
        "organisation_id": FieldHelp("Region, kommun eller annan som är med i arbetet."),
        "roll": FieldHelp("Vad gör organisationen i satsningen?", "Bemannar teamet med läkare och leder piloten."),
    },
    "resurser": {
        "kommentar": FieldHelp(
            "Sådant som behöver förklaras om tid och personal.", "Projektledaren delas med satsningen Egenmonitorering."
        ),
    },
    "resurser.resurser": {
        "organisation_id": FieldHelp("Vem avsätter tiden?"),
        "roll": FieldHelp("Vilken sorts medarbetare?", "Distriktssköterska"),
        "timmar": FieldHelp("Timmar sammanlagt under perioden. Ange timmar eller procent.", "240"),
        "andel": FieldHelp("Procent av heltid under perioden. 200 betyder två heltider.", "50"),
        "fran": FieldHelp(""),
        "till": FieldHelp(""),
    },
    "ekonomi": {
        "grov_kostnad": FieldHelp(
            "Ungefär vad hela satsningen kostar, för alla tillsammans. Skriv 0 om den inte kostar något.", "1 250 000"
        ),
        "effekter": FieldHelp(
            "Vad väntas resultatet betyda i pengar, på kort och på lång sikt?",
            "Färre besök på akuten och färre vårddygn. Vid full drift ungefär 900 vårddygn färre per år i länet.",
        ),
        "effekter_budget": FieldHelp(
            "I vems budget hamnar besparingen eller kostnaden?",
            "Besparingen hamnar i regionens slutenvård. Kommunernas hemsjukvård får högre kostnader.",
        ),
        "efter_projektet": FieldHelp(
            "Vem betalar när satsningen är slut och arbetssättet ska hålla?",
            "Region och kommun delar kostnaden lika i ordinarie budget från 2029.",
        ),
    },
    "ekonomi.kostnader": {
        "ar": FieldHelp("", "2027"),
        "organisation_id": FieldHelp("Vem har kostnaden?"),
        "slag": FieldHelp(""),
        "finansiering": FieldHelp("Varifrån kommer pengarna?"),
        "belopp": FieldHelp("I kronor.", "420 000"),
        "statsbidrag_id": FieldHelp("Bara för statsbidrag: vilket område pengarna är givna för."),
        "halso_och_sjukvard": FieldHelp(
            "Bara för statsbidrag: vissa bidrag får bara användas till hälso- och sjukvård."
        ),
        "motivering": FieldHelp(
            "Bara för statsbidrag: varför bidraget får användas till detta.",
            "Teamet ger hälso- och sjukvård i hemmet, vilket bidraget är avsett för.",
        ),
    },
    "brukarmedverkan": {
        "vilka": FieldHelp(
            "Vilka brukare, patienter, närstående eller föreningar är med?",
            "Två personer med hemsjukvård, en närstående och länets pensionärsråd.",
        ),
        "planering": FieldHelp(
            "Hur är de med när satsningen planeras? Är de inte med, skriv varför.",
            "De var med på två av arbetsgruppens möten och läste förslaget före inlämning.",
        ),
        "genomforande": FieldHelp(
            "Hur är de med när satsningen genomförs?",
            "En brukarrepresentant sitter med i pilotens samordningsmöte varje månad.",
        ),
        "uppfoljning": FieldHelp(
            "Hur är de med när satsningen följs upp?",
            "De formulerar frågorna i intervjuerna och tolkar svaren med oss.",
        ),
        "andrade": FieldHelp(
            "Vad har medverkan ändrat hittills? Har den inte ändrat något än, skriv det.",
            "Vi lade till ett direktnummer till teamet, som de närstående saknade.",
        ),
    },
    "uppfoljning": {
        "effekter": FieldHelp(
            "Vilka effekter ska satsningen ge, i förhållande till målbilden?",
            "Fler får vård hemma, färre oplanerade besök på akuten och tryggare närstående.",
        ),
        "hur": FieldHelp(
            "Vem följer upp, när och hur tas resultatet vidare?",
            "FoU-enheten följer upp efter sex och tolv månader. Resultatet går till beredningsgruppen.",
        ),
    },
    "uppfoljning.matt": {
        "namn": FieldHelp("Vad mäter ni?", "Antal oplanerade besök på akuten"),
        "matt_id": FieldHelp("Välj ett av länets mått om det stämmer. Annars lämnar du fältet tomt."),
        "enhet": FieldHelp("", "besök per månad"),
        "mal": FieldHelp("Vilket värde vill ni nå?", "90"),
        "riktning": FieldHelp("Åt vilket håll ska värdet gå?"),
        "kalla": FieldHelp("Varifrån hämtas värdet?", "Regionens vårdinformationssystem"),
        "frekvens": FieldHelp("Hur ofta mäter ni?"),
        "agare": FieldHelp("Vem tar fram värdet?", "Controller i närvården"),
    },
    "inforande": {
        "pilot": FieldHelp(
            "Var och hur prövas arbetssättet i liten skala först?",
            "Ett team i Flen under sex månader, med 40 inskrivna personer.",
        ),
        "karna": FieldHelp(
            "Vad ska vara lika överallt för att arbetssättet ska fungera?",
            "Gemensam bedömning inom två timmar, ett telefonnummer och en gemensam plan.",
        ),
        "anpassas": FieldHelp(
            "Vad får varje kommun göra på sitt sätt?", "Teamets bemanning, schema och vilka enheter som börjar."
        ),
    },
    "inforande.kommuner": {
        "ar": FieldHelp("Det år kommunen inför arbetssättet.", "2028"),
        "efter_piloten": FieldHelp("Kryssa här om året bestäms efter piloten."),
        "ansvarig": FieldHelp("Vem håller i införandet i kommunen?", "Enhetschefen för hemsjukvården"),
        "anpassning": FieldHelp(
            "Vad görs på eget sätt i kommunen?",
            "Teamet utgår från vårdcentralen, eftersom hemsjukvården redan sitter där.",
        ),
    },
}

LISTS = {
    "koppling.kopplingar": ListHelp(
        "Kopplingar till målbilden",
        "Kryssa för det som satsningen bidrar till och skriv varför. Minst ett fokusområde och en målsättning behövs.",
        "kopplingen",
    ),
    "omfattning.deltagare": ListHelp(
        "Deltagande organisationer",
        "Lägg till alla som är med i arbetet, även de som kommer med senare.",
        "organisationen",
        "Lägg till en organisation",
    ),
    "resurser.resurser": ListHelp(
        "Avsatt tid och personal",
        "En rad för varje roll. Varje deltagande organisation bekräftar sina rader innan satsningen startar.",
        "resursen",
        "Lägg till en resurs",
    ),
    "ekonomi.kostnader": ListHelp(
        "Kostnader",
        "En rad för varje år, organisation, slag och finansiering.",
        "kostnaden",
        "Lägg till en kostnad",
    ),
    "uppfoljning.matt": ListHelp(
        "Mått",
        "Det ni mäter för att veta om satsningen ger effekt. Utgångsvärdet skrivs under Mätvärden.",
        "måttet",
        "Lägg till ett mått",
    ),
    "inforande.kommuner": ListHelp(
        "Kommunerna",
        "En rad för varje kommun. Ange ett planerat år eller kryssa för ”efter piloten”. Ansvarig och lokal anpassning"
        " behövs först vid breddinförandet.",
        "kommunen",
    ),
}
