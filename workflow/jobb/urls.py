"""The addresses of work that takes time."""

from django.urls import path

from workflow.jobb import views

urlpatterns = [
    path("jobb/<int:jobb_id>/", views.page, name="jobb"),
    path("jobb/<int:jobb_id>/igen/", views.again, name="jobb_igen"),
]
