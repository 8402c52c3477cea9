"""How large a file may be; every limit is said in the page's own words when it is passed."""

MOST_ROWS = 5_000
"""Rows with something in them, the headings left out."""
MOST_COLUMNS = 50
MOST_BYTES = 5 * 1024 * 1024
"""Of the file as sent."""
MOST_UNPACKED = 40 * 1024 * 1024
"""Bytes of a workbook's parts together, unpacked."""
MOST_PARTS = 300
"""Files inside a workbook."""
LAST_ROW = 1_048_576
"""The last row a spreadsheet has."""
LONGEST_CELL = 1_000
"""Characters that are read of one cell; nothing that is asked for is as long, so what is longer is refused."""
HEADINGS_WITHIN = 10
"""The headings stand in one of the first rows with something in them."""
