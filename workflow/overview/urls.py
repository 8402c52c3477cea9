"""The addresses of the overview."""

from django.urls import path

from workflow.overview.views import body, laget, satsningar

urlpatterns = [
    path("laget/", laget.laget, name="laget"),
    path("laget.<str:ending>", laget.export, name="laget_blad"),
    path("satsningar/", satsningar.satsningar, name="satsningar"),
    path("satsningar.<str:ending>", satsningar.export, name="satsningar_blad"),
    path("organ/<int:body_id>/", body.body, name="organet"),
]
