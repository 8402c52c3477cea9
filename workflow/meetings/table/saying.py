"""The only place that says in one sentence what has been recorded about an item."""

from workflow.meetings.models import AgendaItem, Paragraf
from workflow.meetings.table.keeping import MATTERS


def recorded_in_words(item: AgendaItem, paragraf: Paragraf) -> str:
    """Return that the outcome of an item is recorded, under which paragraph and how; no statements."""
    what = "Beslutet är infört" if item.kind in MATTERS else "Paragrafen är införd"
    words = paragraf.outcome_words
    return f"{what}: {paragraf.label}, {words[:1].lower()}{words[1:]}."
