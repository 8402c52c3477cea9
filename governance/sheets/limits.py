"""How large a file may be; every limit is said in the page's own words when it is passed."""

MOST_COLUMNS = 50
MOST_BYTES = 5 * 1024 * 1024
"""Of the file as sent."""
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of a workbook's parts together, unpacked."""
MOST_PARTS = 300
"""Files inside a workbook."""
MOST_SHEETS = 50
"""Sheets in a workbook."""
MOST_CELLS = 150_000
"""Cells of a workbook's sheets together, empty ones with a format included."""
MOST_ROWS_WRITTEN = 100_000
"""Rows that a workbook's sheets write out, empty ones included; a row that is only skipped is no such row."""
MOST_STRINGS = 200_000
"""Elements of the table where a workbook keeps its texts: two for each plain text."""
MOST_OTHER = 30_000
"""Elements of everything else in a workbook: formats, names, rules, pictures."""
MOST_MERGED = 1_000
"""Ranges of cells that are merged."""
MOST_MERGED_CELLS = 100_000
"""Cells in those ranges together."""
LAST_ROW = 1_048_576
"""The last row a spreadsheet has."""
LONGEST_TEXT = 20_000
"""Characters in one cell; no field of a satsning takes more."""
HEADINGS_WITHIN = 10
"""The headings stand in one of the first rows with something in them."""
TOO_LARGE = f"Filen är större än {MOST_BYTES // 1024 // 1024} MB. Ta bort bilder, eller dela upp den i flera."
