"""The addresses of meetings, gathered from each part."""

from django.urls import include, path

urlpatterns = [
    path("", include("workflow.meetings.planning.urls")),
    path("", include("workflow.meetings.papers.urls")),
    path("", include("workflow.meetings.reading.urls")),
    path("", include("workflow.meetings.table.urls")),
    path("", include("workflow.meetings.between.urls")),
    path("", include("workflow.meetings.minutes.urls")),
    path("", include("workflow.meetings.after.urls")),
    path("", include("workflow.meetings.calendar.urls")),
    path("", include("workflow.meetings.public.urls")),
]
