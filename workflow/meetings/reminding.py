"""The only place that says how often somebody is reminded of what waits after a meeting: once a day."""

from datetime import datetime

from django.utils import timezone

from governance.permissions import today


def may_remind(last: datetime | None) -> bool:
    """Tell whether somebody who was last reminded then, or never, may be reminded today."""
    return last is None or timezone.localdate(last) < today()
