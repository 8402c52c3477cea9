"""The addresses of registration."""

from django.urls import path

from workflow.registration import views

urlpatterns = [
    path("satsningar/registrera/", views.register_one, name="registrera"),
    path("satsningar/registrera/blad/", views.register_sheet, name="registrera_blad"),
    path("satsningar/registrera/mall.<str:ending>", views.template, name="registrera_mall"),
    path("satsningar/<int:satsning_id>/inskrivning/", views.writing_in, name="inskrivning"),
]
