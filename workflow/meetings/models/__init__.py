"""The tables of meetings, gathered from one module per concept."""

from workflow.meetings.models.after import Aterforing, Beslutsuppdrag, Utdrag
from workflow.meetings.models.meetings import (
    AgendaItem,
    AgendaTemplateItem,
    Meeting,
    OvrigBilaga,
    OvrigtArende,
    Underlag,
)
from workflow.meetings.models.minutes import Justerare, Justering, Paragraf, Paragrafserie, Protokoll, Rattelse
from workflow.meetings.models.reading import CalendarAddress, Handlingssamling, Invitation, PrivateNote, ReadMark
from workflow.meetings.models.table import Attendance, AttendanceEvent, Ballot, Jav, Reservation, Vote

__all__ = [
    "AgendaItem",
    "AgendaTemplateItem",
    "Aterforing",
    "Attendance",
    "AttendanceEvent",
    "Ballot",
    "Beslutsuppdrag",
    "CalendarAddress",
    "Handlingssamling",
    "Invitation",
    "Jav",
    "Justerare",
    "Justering",
    "Meeting",
    "OvrigBilaga",
    "OvrigtArende",
    "Paragraf",
    "Paragrafserie",
    "PrivateNote",
    "Protokoll",
    "Rattelse",
    "ReadMark",
    "Reservation",
    "Underlag",
    "Utdrag",
    "Vote",
]
