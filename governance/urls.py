"""The addresses of the pages about the constitution; a body's own page lies with its cases in workflow."""

from django.urls import path

from governance.views import bodies, memberships, paths, people, target

urlpatterns = [
    path("organ/", bodies.bodies, name="organ"),
    path("uppdrag/nytt/", memberships.add, name="nytt_uppdrag"),
    path("uppdrag/<int:membership_id>/avsluta/", memberships.end, name="avsluta_uppdrag"),
    path("arendegang/", paths.paths, name="arendegangar"),
    path("arendegang/<int:version_id>/", paths.version, name="arendegang"),
    path("malbild/", target.target_picture, name="malbild"),
    path("personer/", people.people, name="personer"),
    path("personer/ny/", people.new, name="ny_person"),
    path("personer/<int:person_id>/", people.person, name="person"),
    path("personer/<int:person_id>/inbjudan/", people.invite, name="inbjudan"),
]
