"""The addresses of decisions between meetings."""

from django.urls import URLPattern, path

from workflow.meetings.between import views

urlpatterns: list[URLPattern] = [
    path("mellan-moten/<int:body_id>/", views.proposed, name="mellan_moten"),
    path("mellan-moten/<int:body_id>/delegation/", views.delegated, name="delegation"),
    path("moten/<int:meeting_id>/svar/", views.answering, name="per_capsulam"),
    path("moten/<int:meeting_id>/svar/avgor/", views.settled, name="avgor_per_capsulam"),
]
