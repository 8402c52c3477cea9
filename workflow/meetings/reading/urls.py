"""The addresses of reading a meeting's papers."""

from django.urls import path

from workflow.meetings.reading import copies, views

READING = "moten/<int:meeting_id>/las/"
ITEM = f"{READING}<int:item_id>/"

urlpatterns = [
    path("sw.js", copies.worker, name="las_utan_nat_arbetare"),
    path("moten/las/utan-nat/", copies.not_kept, name="las_utan_nat"),
    path(READING, views.start, name="las"),
    path(f"{READING}anteckningar/", views.notes, name="las_anteckningar"),
    path(ITEM, views.matter, name="las_punkt"),
    path(f"{ITEM}last/", views.read, name="las_markera"),
    path(f"{ITEM}anteckning/", views.note, name="las_anteckning"),
]
