"""The addresses of matters that are no satsning."""

from django.urls import path

from workflow.meetings.planning.matters import views

ONE = "<int:matter_id>/"

urlpatterns = [
    path("", views.matters, name="ovriga_arenden"),
    path("nytt/", views.choose_body, name="ovrigt_arende_nytt"),
    path("nytt/<int:body_id>/", views.new_matter, name="ovrigt_arende_skriv"),
    path(ONE, views.matter_page, name="ovrigt_arende"),
    path(f"{ONE}andra/", views.edit_matter, name="ovrigt_arende_andra"),
    path(f"{ONE}ta-tillbaka/", views.withdraw_matter, name="ovrigt_arende_ta_tillbaka"),
    path(f"{ONE}dagordning/", views.to_agenda, name="ovrigt_arende_dagordning"),
    path(f"{ONE}bilagor/", views.matter_files, name="ovrigt_arende_bilagor"),
    path(f"{ONE}bilagor/<int:matter_file_id>/", views.matter_file, name="ovrig_bilaga"),
    path(f"{ONE}bilagor/<int:matter_file_id>/ta-bort/", views.remove_matter_file, name="ta_bort_ovrig_bilaga"),
]
