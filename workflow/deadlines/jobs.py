"""What is done by the clock about last days."""

from governance import jobs
from workflow.deadlines.reminding import remind_all
from workflow.meetings.minutes import reminding as minutes
from workflow.rounds import reminding as rounds


@jobs.periodic("frister.paminn", "40 4 * * *")
def remind_of_last_days() -> None:
    """Add the day's reminders, and take further what has been late for long; doing it twice adds nothing."""
    remind_all()
    rounds.remind_all()
    minutes.remind_all()
