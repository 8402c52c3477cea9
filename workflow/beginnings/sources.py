"""Finding what somebody wants to begin from, as far as they may read it."""

import re

from satsningar import content
from satsningar.models import Satsning
from workflow.beginnings.copying import Start
from workflow.beginnings.publishing import open_publication, published_parts
from workflow.models import Mall
from workflow.rights import Viewer, readable

_NAMED = re.compile(r"(mall|satsning|publicerad)-([0-9]{1,18})")


def find_start(who: Viewer, named: str) -> Start | None:
    """Return what `mall-3`, `satsning-12` or `publicerad-4` stands for; None where the person may not read it."""
    found = _NAMED.fullmatch(named)
    if found is None:
        return None
    kind, key = found[1], int(found[2])
    if kind == "mall":
        return _from_template(who, key)
    return _from_earlier(who, key) if kind == "satsning" else _from_published(who, key)


def _from_template(who: Viewer, key: int) -> Start | None:
    mall = Mall.objects.filter(pk=key, county__in=who.counties, ended_at=None).first()
    if mall is None:
        return None
    return Start(
        label=f"mallen {mall.name}, version {mall.version}",
        title="",
        parts=mall.parts,
        county_id=mall.county_id,
        path_id=mall.arendegang_id,
        mall_id=mall.pk,
    )


def _from_earlier(who: Viewer, key: int) -> Start | None:
    earlier = readable(who).filter(pk=key).first()
    if earlier is None:
        return None
    read = content.read(earlier.pk)
    return Start(
        label=_name(read.title, earlier),
        title=read.title,
        parts=read.parts,
        county_id=earlier.county_id,
        is_example=earlier.is_example,
        tidigare_id=earlier.pk,
    )


def _name(title: str, satsning: Satsning) -> str:
    return f"{title} ({satsning.reference})" if satsning.reference else title


def _from_published(who: Viewer, key: int) -> Start | None:
    published = open_publication(who, key)
    if published is None:
        return None
    number = f" ({published.reference})" if published.reference else ""
    return Start(
        label=f"{published.title}{number} från {published.county_name}",
        title=published.title,
        parts=published_parts(published.revision),
        is_example=published.satsning.is_example,
        publicering_id=published.pk,
    )
