"""The addresses of what comes of decisions."""

from django.urls import path

from workflow.meetings.after import duty_views, home_views, views

MEETING = "moten/<int:meeting_id>/"
DUTIES = "beslut-att-verkstalla"

urlpatterns = [
    path(f"{MEETING}utdrag/", views.extracts_page, name="utdrag_expediera"),
    path(f"{MEETING}utdrag/<int:item_id>/", views.receivers_page, name="utdrag_mottagare"),
    path(f"{MEETING}utdrag/<int:item_id>/uppdrag/", duty_views.new_duty_page, name="nytt_beslutsuppdrag"),
    path(f"{MEETING}utdrag/paminn/<int:body_id>/", views.remind_page, name="utdrag_paminn"),
    path(f"{MEETING}beror/<int:organisation_id>/", home_views.brief_page, name="berors"),
    path("utdrag/", views.waiting_page, name="utdrag_lista"),
    path("utdrag/<int:utdrag_id>/", views.extract_page, name="utdrag"),
    path("utdrag/<int:utdrag_id>/pdf/", views.extract_pdf, name="utdrag_pdf"),
    path("utdrag/<int:utdrag_id>/mottaget/", views.receive_page, name="utdrag_mottaget"),
    path("aterforing/", home_views.homes_page, name="aterforing"),
    path(f"{DUTIES}/", duty_views.duties_page, name="oppna_beslut"),
    path(f"{DUTIES}.<str:ending>", duty_views.duties_sheet, name="oppna_beslut_blad"),
    path(f"{DUTIES}/<int:uppdrag_id>/", duty_views.duty_page, name="beslutsuppdrag"),
]
