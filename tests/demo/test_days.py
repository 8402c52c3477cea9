"""The days of the demonstration: in their order, and within the body's last days, whatever day it is loaded on."""

from datetime import date, timedelta

import pytest

from governance.meeting_rules import meeting_rule
from governance.models import Body
from governance.workdays import workdays_before
from tests.factories import sormland
from workflow.demo import clock
from workflow.demo.courses import BROUGHT, LATELY, LONG_AGO
from workflow.demo.hands import DECIDING
from workflow.demo.meetings import AHEAD, FIRST, SECOND, SENT

pytestmark = pytest.mark.django_db


def test_meetings_are_planned_and_called_in_time_on_every_day_of_ten_years(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = meeting_rule(Body.objects.get(county=sormland(), code=DECIDING))
    wrong = []
    for number in range(3_653):
        loaded = date(2026, 1, 1) + timedelta(days=number)
        monkeypatch.setattr(clock, "actual_today", lambda day=loaded: day)
        ago = clock.ago
        last = {held: workdays_before(held, rule.handlingar) for held in (ago(FIRST), ago(SECOND), loaded)}
        first, second, today = last.values()
        order = [ago(LONG_AGO), ago(FIRST + AHEAD), first, ago(FIRST), ago(FIRST - SENT), second, ago(SECOND)]
        if order != sorted(order) or not ago(BROUGHT) <= ago(AHEAD) <= today or not ago(SECOND - SENT) <= ago(LATELY):
            wrong.append(loaded)

    assert wrong == []
