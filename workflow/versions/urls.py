"""The addresses of the versions of a path, and of moving cases between them."""

from django.urls import path

from workflow.versions import views

urlpatterns = [
    path("arendegang/versioner/<int:arendegang_id>/", views.versions, name="versioner"),
    path("arendegang/<int:version_id>/skillnad/<int:other_id>/", views.compare, name="versionsskillnad"),
    path("arendegang/<int:version_id>/flytta/", views.choose, name="flytta_satsningar"),
    path("arendegang/flyttar/<int:flytt_id>/", views.progress, name="versionsflytt"),
    path("satsningar/<int:satsning_id>/gor/flytta_version/", views.of_case, name="flytta_version"),
]
