"""The addresses of writing together."""

from django.urls import path

from workflow.coauthors import versions, views

CASE = "satsningar/<int:satsning_id>/"

urlpatterns = [
    path(f"{CASE}medforfattare/", views.coauthors, name="medforfattare"),
    path(f"{CASE}medforfattare/<int:medforfattare_id>/avsluta/", views.end_page, name="medforfattare_avsluta"),
    path("medforfattare/<str:token>/", views.answer, name="medforfattare_svara"),
    path(f"{CASE}del/<slug:part>/versioner/", versions.listed, name="delversioner"),
    path(f"{CASE}del/<slug:part>/versioner/<int:number>/", versions.one, name="delversion"),
]
