"""The addresses of absence."""

from django.urls import path

from workflow.absence import views

urlpatterns = [
    path("franvaro/", views.listed, name="franvaro"),
    path("franvaro/ny/<int:membership_id>/", views.new, name="ny_franvaro"),
    path("franvaro/<int:franvaro_id>/aterkalla/", views.revoked, name="aterkalla_franvaro"),
]
