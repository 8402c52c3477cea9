"""The addresses of planning: meetings, agendas, other matters, the kallelse."""

from django.urls import URLPattern, URLResolver, include, path

from workflow.meetings.planning.views import agenda, calling, items, meetings, template, year

MEETING = "moten/<int:meeting_id>/"
AGENDA = f"{MEETING}dagordning/"
ITEM = f"{AGENDA}<int:item_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ovriga-arenden/", include("workflow.meetings.planning.matters.urls")),
    path("moten/", meetings.listed, name="moten"),
    path("moten/ny/", meetings.new, name="nytt_mote"),
    path("moten/ny/aret/", year.new, name="arets_moten"),
    path("moten/mall/<int:body_id>/", template.template, name="dagordningsmall"),
    path(MEETING, meetings.meeting, name="mote"),
    path(f"{MEETING}andra/", meetings.changed, name="andra_mote"),
    path(f"{MEETING}stall-in/", meetings.cancelled, name="stall_in_mote"),
    path(AGENDA, agenda.agenda, name="dagordning"),
    path(f"{AGENDA}information/", items.new, name="ny_punkt"),
    path(f"{AGENDA}arende/", agenda.put, name="lagg_pa_dagordning"),
    path(ITEM, items.item, name="punkt"),
    path(f"{ITEM}ta-bort/", items.removed, name="ta_bort_punkt"),
    path(f"{ITEM}tillagg/", calling.supplemented, name="tillagg"),
    path(f"{ITEM}sent/", items.late, name="sen_punkt"),
    path(f"{MEETING}kalla/", calling.called, name="kalla"),
    path(f"{MEETING}kallelse/", calling.page, name="kallelse"),
    path(f"{MEETING}kallelse/pdf/", calling.pdf, name="kallelse_pdf"),
    path("satsningar/<int:satsning_id>/dagordning/", agenda.put_case, name="satsning_pa_dagordning"),
]
