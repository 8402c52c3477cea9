"""The addresses of what is open to everyone."""

from django.urls import path

from workflow.meetings.public import views

urlpatterns = [
    path("offentligt/", views.decisions, name="offentligt"),
    path("offentligt/protokoll/<int:protokoll_id>/", views.minutes, name="offentligt_protokoll"),
    path("offentligt/protokoll/<int:protokoll_id>.pdf", views.pdf, name="offentligt_pdf"),
    path("offentligt/protokoll/<int:protokoll_id>/rattelser.pdf", views.rectifications, name="offentliga_rattelser"),
]
