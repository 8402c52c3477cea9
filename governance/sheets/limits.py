"""How large a file may be; every limit is said in the page's own words when it is passed."""

MOST_COLUMNS = 50
MOST_BYTES = 5 * 1024 * 1024
"""Of the file as sent."""
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of a workbook's parts together, unpacked."""
MOST_PARTS = 300
"""Files inside a workbook."""
LAST_ROW = 1_048_576
"""The last row a spreadsheet has."""
LONGEST_TEXT = 20_000
"""Characters in one cell; no field of a satsning takes more."""
HEADINGS_WITHIN = 10
"""The headings stand in one of the first rows with something in them."""
TOO_LARGE = f"Filen är större än {MOST_BYTES // 1024 // 1024} MB. Ta bort bilder, eller dela upp den i flera."
