"""The addresses of cases on their way."""

from django.urls import include, path

from workflow.views import attachments, case, creation, desk, move, own, part, preparation, revisions, upkeep

CASE = "satsningar/<int:satsning_id>/"

urlpatterns = [
    path("", desk.desk, name="mitt_arbete"),
    path("satsningar/ny/", creation.new, name="ny_satsning"),
    path(CASE, case.case, name="satsning"),
    path(f"{CASE}del/<slug:part>/", part.part, name="del"),
    path(f"{CASE}del/<slug:part>/ta-bort-forslag/", part.withdraw, name="dra_tillbaka_forslag"),
    path("", include("workflow.versions.urls")),
    path(f"{CASE}gor/<slug:move>/", move.move, name="gor"),
    path(f"{CASE}utlatande/", preparation.statement, name="utlatande"),
    path(f"{CASE}komplettering/", preparation.completion, name="komplettering"),
    path(f"{CASE}diarienummer/", upkeep.registry_number, name="diarienummer"),
    path(f"{CASE}min-organisation/", own.own, name="min_organisation"),
    path(f"{CASE}handlaggare/", upkeep.handlaggare, name="handlaggare"),
    path(f"{CASE}ta-tillbaka-anmalan/", upkeep.take_back, name="ta_tillbaka_anmalan"),
    path(f"{CASE}bilagor/", attachments.attachments, name="bilagor"),
    path(f"{CASE}bilagor/<int:bilaga_id>/", attachments.download, name="bilaga"),
    path(f"{CASE}bilagor/<int:bilaga_id>/ta-bort/", attachments.remove, name="ta_bort_bilaga"),
    path(f"{CASE}handlingar/<int:handling_id>/sekretess/", attachments.secrecy, name="sekretess"),
    path(f"{CASE}revisioner/<int:number>/", revisions.revision, name="revision"),
    path(f"{CASE}jamfor/", revisions.compare, name="jamfor"),
    path("", include("workflow.absence.urls")),
    path("", include("workflow.deadlines.urls")),
    path("", include("workflow.rounds.urls")),
    path("", include("workflow.avsteg.urls")),
    path("", include("workflow.coauthors.urls")),
    path("", include("workflow.comments.urls")),
    path("", include("workflow.guides.urls")),
    path("", include("workflow.jobb.urls")),
    path("", include("workflow.leaving.urls")),
    path("", include("workflow.notices.urls")),
    path("", include("workflow.papers.urls")),
    path("", include("workflow.registration.urls")),
    path("", include("workflow.beginnings.urls")),
    path("", include("workflow.meetings.urls")),
]
