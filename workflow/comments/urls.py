"""The addresses of comments, and of what has changed since one read."""

from django.urls import path

from workflow.comments import views

CASE = "satsningar/<int:satsning_id>/"

urlpatterns = [
    path(f"{CASE}kommentarer/", views.comments, name="kommentarer"),
    path(f"{CASE}kommentarer/<int:kommentar_id>/", views.thread, name="kommentar"),
    path(f"{CASE}kommentera/<slug:part>/", views.new, name="ny_kommentar"),
    path(f"{CASE}andrat/", views.changed, name="andrat"),
]
