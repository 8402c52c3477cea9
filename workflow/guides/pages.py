"""The words of the help page: who does what, the terms one meets, and the keyboard."""

from collections.abc import Mapping

from governance.vocabulary import BodyKind

DOES: Mapping[BodyKind, str] = {
    BodyKind.ARBETSGRUPP: "Skriver satsningen, lämnar in den, svarar på frågor och gör sedan arbetet.",
    BodyKind.BEREDNINGSGRUPP: "Tar upp satsningen, hör andra, begär komplettering, skriver utlåtande och anmäler.",
    BodyKind.STYRGRUPP: "Beslutar på möte. Sekreteraren eller ordföranden för in beslutet. Medger eller avslår avsteg.",
    BodyKind.NAMND: "Beslutar det som går utöver styrgruppens mandat. Medger eller avslår avsteg där den beslutar.",
    BodyKind.REGIONALT_STOD: "Följer alla satsningar, håller ihop uppföljningen och sköter personer och uppdrag.",
    BodyKind.FOU: "Hjälper till med mått, utvärdering och uppföljning. Läser allt som är inlämnat.",
    BodyKind.REFERENSGRUPP: "Läser och ger synpunkter.",
    BodyKind.ORGANISATION: "Kontaktpersonerna svarar på remiss, bekräftar resurser och skriver in läget.",
}
"""What each kind of body does here."""

TERMS: tuple[tuple[str, str], ...] = (
    ("Anmälan till beslut", "Det som lägger en satsning på det beslutande organets bord, med utlåtande och förslag."),
    ("Ansvarig grupp", "Den grupp som svarar för satsningen."),
    ("Avsteg", "Ett enda krav i en enda grind som någon med det uppdraget har medgett att satsningen slipper."),
    ("Bordläggning", "Mötet skjuter upp ärendet till ett senare möte."),
    ("Breddinförande", "Arbetssättet införs i hela länet."),
    ("Fokusområde", "Det länet har beslutat att koncentrera sig på under några år."),
    ("Grind", "Det som måste vara på plats innan satsningen får gå vidare."),
    ("Handläggare", "Den person som bereder en satsning."),
    ("Jäv", "Ett eget intresse i ärendet. Den som har jäv lämnar ärendet och räknas inte."),
    ("Komplettering", "Något som gruppen ombeds lägga till eller ändra, del för del."),
    ("Mått", "Det som visar om satsningen har gett effekt, med utgångsvärde och utfall."),
    ("Remiss", "Flera organisationer får frågan samtidigt och svarar före beslut."),
    ("Revision", "Hela innehållet som det var vid ett visst steg. Den ändras aldrig."),
    ("Utlåtande", "Beredningens bedömning, som följer med till beslut."),
    ("Återremiss", "Mötet skickar tillbaka ärendet för att något ska läggas till."),
    ("Ändringsförslag", "Ett förslag att ändra något som redan är beslutat. Det gäller först efter ett nytt beslut."),
)

KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl + K", "Gå till sökfältet överst på sidan."),
    ("Tabb", "Gå till nästa länk, knapp eller fält. Skift + Tabb går bakåt."),
    ("Retur", "Följ länken eller tryck på knappen."),
    ("Mellanslag", "Kryssa i en ruta, eller öppna och stäng ett avsnitt."),
    ("Första Tabb på en sida", "Visar länken som hoppar direkt till innehållet."),
)
