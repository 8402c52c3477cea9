"""The addresses of the pages about the constitution; those that also show cases (a body, a person) lie in workflow."""

from django.urls import path

from governance.views import bodies, imports, invitations, memberships, paths, people, target

urlpatterns = [
    path("organ/", bodies.bodies, name="organ"),
    path("uppdrag/nytt/", memberships.add, name="nytt_uppdrag"),
    path("arendegang/", paths.paths, name="arendegangar"),
    path("arendegang/<int:version_id>/", paths.version, name="arendegang"),
    path("malbild/", target.target_picture, name="malbild"),
    path("personer/", people.people, name="personer"),
    path("personer/ny/", people.new, name="ny_person"),
    path("personer/las-in/", imports.upload, name="las_in_personer"),
    path("personer/las-in/mall.<str:ending>", imports.template, name="personmall"),
    path("personer/las-in/<int:import_id>/", imports.one, name="inlasning"),
    path("personer/<int:person_id>/inbjudan/", people.invite_one, name="inbjudan"),
    path("personer/bjud-in/", invitations.several, name="bjud_in"),
    path("inbjudan/<str:token>/", invitations.choose, name="valj_losenord"),
]
