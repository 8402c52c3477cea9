"""The addresses of the whole site."""

from django.urls import include, path

from config import sidor
from config.technical import technical_site

urlpatterns = [
    path("konto/tvastegs/", include("allauth.mfa.urls")),
    path("konto/", include("allauth.account.urls")),
    path("om/<slug:slug>/", sidor.page, name="sida"),
    path("farger/", sidor.colour_scheme, name="fargschema"),
    path("forhandsgranska/", sidor.preview, name="forhandsgranska"),
    path("admin/", technical_site.urls),
    path("", include("workflow.urls")),
    path("", include("workflow.overview.urls")),
    path("", include("governance.urls")),
]
