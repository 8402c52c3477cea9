"""The addresses of help."""

from django.urls import path

from workflow.guides import views

urlpatterns = [
    path("hjalp/", views.help_page, name="hjalp"),
    path("hjalp/delar/", views.parts_page, name="hjalp_delar"),
    path("hjalp/genomgang/<slug:guide>/dolj/", views.hide, name="dolj_genomgang"),
    path("hjalp/genomgang/<slug:guide>/visa/", views.show, name="visa_genomgang"),
]
