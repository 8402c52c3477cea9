"""The addresses of the whole site."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.account.urls")),
]
