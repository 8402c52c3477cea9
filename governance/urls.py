"""The addresses of the pages about the constitution; those that also show cases (a body, a person) lie in workflow."""

from django.urls import path

from governance.views import bodies, countyfile, imports, invitations, memberships, newcounty, paths, people, target

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
    path("lansfil/", countyfile.start, name="lansfil"),
    path("lansfil/kontrollera/", countyfile.check, name="kontrollera_lansfil"),
    path("lansfil/granska/<int:draft_id>/", countyfile.review, name="granska_lansfil"),
    path("lansfil/laddning/<int:load_id>/", countyfile.loaded, name="laddning"),
    path("lansfil/laddning/<int:load_id>/fil/", countyfile.loaded_file, name="laddad_lansfil"),
    path("lansfil/nytt-lan/", newcounty.begin, name="ny_lansfil"),
    path("lansfil/nytt-lan/fil/", newcounty.download, name="ny_lansfil_fil"),
    path("lansfil/nytt-lan/ladda/", newcounty.load, name="ladda_ny_lansfil"),
    path("lansfil/nytt-lan/<slug:step>/", newcounty.step, name="ny_lansfil_steg"),
    path("lansfil/<int:county_id>/", countyfile.county, name="lanets_lansfil"),
    path("lansfil/<int:county_id>/galler/", countyfile.in_force, name="gallande_lansfil"),
    path("lansfil/<int:county_id>/andra/", countyfile.edit, name="andra_lansfil"),
]
