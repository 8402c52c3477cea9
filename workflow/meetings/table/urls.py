"""The addresses of the table."""

from django.urls import URLPattern, path

from workflow.meetings.table.views import deciding, matters, meeting, pages, writing

TABLE = "moten/<int:meeting_id>/bordet/"
ITEM = f"{TABLE}<int:item_id>/"

urlpatterns: list[URLPattern] = [
    path("moten/<int:meeting_id>/jav/", writing.own_jav, name="anmal_jav"),
    path(TABLE, pages.table, name="bordet"),
    path(f"{TABLE}nu/", pages.table_now, name="bordet_nu"),
    path(f"{TABLE}oppna/", meeting.opened, name="bordet_oppna"),
    path(f"{TABLE}narvaro/", meeting.presence, name="bordet_narvaro"),
    path(f"{TABLE}ordforande/", meeting.chair, name="bordet_ordforande"),
    path(f"{TABLE}punkt/", meeting.current, name="bordet_pagar"),
    path(f"{TABLE}avsnitt/", deciding.section, name="bordet_avsnitt"),
    path(f"{TABLE}avsluta/", meeting.closed, name="bordet_avsluta"),
    path(f"{TABLE}ajournera/", meeting.adjourned, name="bordet_ajournera"),
    path(f"{TABLE}reservation/<int:reservation_id>/", writing.dissent_text, name="bordet_avvikande_text"),
    path(ITEM, pages.item, name="bordet_punkt"),
    path(f"{ITEM}nu/", pages.item_now, name="bordet_punkt_nu"),
    path(f"{ITEM}besluta/", deciding.as_proposed, name="bordet_besluta"),
    path(f"{ITEM}annat/", deciding.otherwise, name="bordet_annat"),
    path(f"{ITEM}jav/", matters.jav, name="bordet_jav"),
    path(f"{ITEM}ordforande/", matters.leader, name="bordet_leder"),
    path(f"{ITEM}omrostning/", matters.ballot_opened, name="bordet_omrostning"),
    path(f"{ITEM}rosta/", matters.voted, name="bordet_rosta"),
    path(f"{ITEM}resultat/", matters.ballot_closed, name="bordet_resultat"),
    path(f"{ITEM}avvikande/", matters.dissented, name="bordet_avvikande"),
    path(f"{ITEM}text/", writing.minutes_text, name="bordet_text"),
    path(f"{ITEM}notera/", matters.noted, name="bordet_notera"),
    path(f"{ITEM}sent/", matters.late, name="bordet_sent"),
    path(f"{ITEM}utga/", matters.withdrawn, name="bordet_utga"),
]
