"""People and memberships from a sheet: a file is read, checked whole, compared, shown, and only then written.

`columns` has a file read into a `governance.sheets.Sheet`; `checking` turns its lines into rows and tells every error
at its cell; `same` asks who is who; `difference` compares with what is kept; `writing` writes in bulk; `acts` is what
pages call.
"""

from governance.import_people.acts import Changed, answer, check_file, check_kept, discard, load

__all__ = ["Changed", "answer", "check_file", "check_kept", "discard", "load"]
