"""The addresses where people and cases meet: a person's page, the end of a membership, a new term of office."""

from django.urls import path

from workflow.leaving import term_views, views

urlpatterns = [
    path("personer/<int:person_id>/", views.person, name="person"),
    path("uppdrag/<int:membership_id>/avsluta/", views.end, name="avsluta_uppdrag"),
    path("organ/<int:body_id>/ny-period/", term_views.term, name="ny_mandatperiod"),
]
