"""What a file may do with loaded bodies: none that has a case still running ends, or becomes another kind of body."""

from governance.countyfile.problems import Problems
from governance.countyfile.running import running_in
from governance.countyfile.spec import CountySpec, contact_body
from governance.countyfile.stored import StoredCounty
from governance.models import Body
from governance.vocabulary import BodyKind


def check_bodies(spec: CountySpec, stored: StoredCounty, problems: Problems) -> None:
    """See that no body is left out, or gets another kind, while cases that have not ended are its.

    Args:
        spec: the checked file.
        stored: what is loaded.
        problems: where to note what is wrong.

    """
    kept = {one.code: one for one in (*spec.bodies, *(contact_body(one) for one in spec.organisations))}
    loaded = [row for row in stored.coded[Body].values() if row.ended_on is None]
    touched = [row for row in loaded if row.code not in kept or kept[row.code].kind != row.kind]
    counts = running_in([row.pk for row in touched])
    for row in touched:
        count = counts.get(row.pk, 0)
        if not count:
            continue
        cases = "en satsning som inte är avslutad" if count == 1 else f"{count} satsningar som inte är avslutade"
        until = "tills den är avslutad" if count == 1 else "tills de är avslutade"
        other = kept.get(row.code)
        if other is None:
            problems.add(
                "organisation" if row.kind == BodyKind.ORGANISATION else "organ",
                f"”{row.name}” ({row.code}) finns inte i filen, men har {cases}.",
                f"Låt organet stå kvar i filen med samma kod {until} eller har lämnats till ett annat organ.",
            )
        else:
            problems.add(
                f"{other.place}.slag",
                f"”{row.name}” ({row.code}) är {BodyKind(row.kind).label.lower()} och kan inte bli "
                f"{other.kind.label.lower()}: organet har {cases}.",
                f'Skriv slag = "{row.kind}" {until} eller har lämnats till ett annat organ.',
            )
