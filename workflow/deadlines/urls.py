"""The addresses of why a case stands still."""

from django.urls import path

from workflow.deadlines import views

CASE = "satsningar/<int:satsning_id>/"

urlpatterns = [
    path(f"{CASE}star-still/", views.stop_page, name="star_still"),
    path(f"{CASE}gar-vidare/", views.go_on_page, name="gar_vidare"),
]
