"""The only place that makes open cases and open tasks by the thousand, as rows alone: for the desk to be asked among.

They have no journal of their own: nothing but reading is measured on them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import psycopg
from django.db import models as db
from django.utils import timezone

from governance.models import Body
from governance.paths import path_version
from governance.vocabulary import FINAL_KINDS, BodyKind
from satsningar.models import Revision, Satsning, Uppdrag
from workflow.models import Round, RoundAnswer
from workflow.vocabulary import RoundKind

TASKS_EACH = 5


def crowd(owner: psycopg.Connection, like: Satsning, cases: int) -> None:
    """Add open cases like one, spread over the county's bodies and steps, each with a round of five open tasks.

    Args:
        owner: a connection of the database's owner, which may put a trigger out of use.
        like: the case that they are copied from.
        cases: how many.

    """
    bodies = list(Body.objects.filter(county=like.county_id).order_by("pk"))
    groups = [body.pk for body in bodies if body.kind == BodyKind.ARBETSGRUPP]
    preparing = [body.pk for body in bodies if body.kind == BodyKind.BEREDNINGSGRUPP]
    stations = [code for code, one in path_version(like.version_id).stations.items() if one.kind not in FINAL_KINDS]
    revision, now = Revision.objects.order_by("pk").values_list("pk", flat=True)[0], timezone.now()
    held = Round(
        satsning=like,
        kind=RoundKind.REMISS,
        purpose="Vad tycker ni?",
        deadline=date(2026, 1, 1),
        revision_id=revision,
        opened_at=now,
        opened_by_id=like.created_by_id,
        opened_by_body_id=bodies[0].pk,
    )
    after = _last(owner, Satsning)
    with owner.transaction():
        owner.execute("ALTER TABLE satsningar_satsning DISABLE TRIGGER USER")
        _many(
            owner,
            like,
            f"generate_series(1, {cases}) AS n",
            {
                "station": _chosen(stations, "text", "n"),
                "ansvarig_grupp_id": _chosen(groups, "bigint", "n / 7"),
                "beredningsgrupp_id": _chosen(preparing, "bigint", "n / 11"),
                "station_since": "now() - (n %% 97) * interval '1 day' - n * interval '1 second'",
                "last_act_at": "now() - n * interval '5 minutes'",
                "submitted_at": "now() - n * interval '9 minutes'",
                "reference": "''",
            },
        )
        made = f"satsningar_satsning AS n WHERE n.id > {after}"
        _many(
            owner,
            Uppdrag.objects.get(satsning=like.pk),
            made,
            {"satsning_id": "n.id", "titel": "'Satsning ' || n.id"},
        )
        last = _last(owner, Round)
        spread = {
            "satsning_id": "n.id",
            "deadline": "current_date + (n.id %% 60)::int - 5",
            "opened_by_body_id": _chosen([body.pk for body in bodies], "bigint", "n.id"),
        }
        _many(owner, held, made, spread)
        each = f"workflow_round AS n CROSS JOIN generate_series(1, {TASKS_EACH}) AS k WHERE n.id > {last}"
        receiver = _chosen([body.pk for body in bodies], "bigint", "n.id * 3 + k")
        _many(owner, RoundAnswer(round=held), each, {"round_id": "n.id", "body_id": receiver, "deadline": "n.deadline"})
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute("ALTER TABLE satsningar_satsning ENABLE TRIGGER USER")
    owner.execute("ANALYZE")


def _chosen(values: list[Any], kind: str, number: str) -> str:
    """Return SQL that goes through the values, over and over."""
    listed = ", ".join(f"'{value}'" if kind == "text" else str(value) for value in values)
    return f"(ARRAY[{listed}]::{kind}[])[1 + ({number})::bigint %% {len(values)}]"


def _last(owner: psycopg.Connection, model: type[db.Model]) -> int:
    [[last]] = owner.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}").fetchall()
    return int(last)


def _many(owner: psycopg.Connection, like: db.Model, source: str, other: Mapping[str, str]) -> None:
    """Add rows like one, a row for each of the source, with other values in some columns."""
    fields = [field for field in like._meta.concrete_fields if not (field.primary_key and field.column == "id")]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(other.get(str(field.column), "%s") for field in fields)
    given = [getattr(like, field.attname) for field in fields if field.column not in other]
    statement = f"INSERT INTO {like._meta.db_table} ({columns}) SELECT {values} FROM {source}"
    owner.execute(statement.encode(), [str(one) if isinstance(one, str) else one for one in given])
