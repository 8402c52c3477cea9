"""The addresses of a meeting's papers."""

from django.urls import path

from workflow.meetings.papers import views

urlpatterns = [
    path("moten/<int:meeting_id>/handlingar/", views.page, name="handlingar"),
    path("moten/<int:meeting_id>/handlingar/skapa/", views.make, name="handlingar_skapa"),
    path("moten/<int:meeting_id>/handlingar/pdf/", views.pdf, name="handlingar_pdf"),
]
