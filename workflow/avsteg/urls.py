"""The addresses of avsteg."""

from django.urls import path

from workflow.avsteg import views

CASE = "satsningar/<int:satsning_id>/avsteg/"

urlpatterns = [
    path("avsteg/", views.overview, name="avsteg_lista"),
    path(f"{CASE}<int:avsteg_id>/", views.avsteg_page, name="avsteg"),
    path(f"{CASE}<int:avsteg_id>/ta-tillbaka/", views.withdraw_page, name="avsteg_ta_tillbaka"),
    path(f"{CASE}<slug:gate>/<slug:requirement>/", views.ask_page, name="avsteg_begar"),
]
