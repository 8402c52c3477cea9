"""The addresses of the whole site."""

from django.urls import include, path

from config import sidor
from config.technical import technical_site

handler400 = "config.sidor.unreadable"

urlpatterns = [
    # An address is what regionalt stöd has entered: nobody adds or changes one, and none is confirmed.
    path("konto/email/", sidor.closed),
    path("konto/confirm-email/", sidor.closed),
    path("konto/confirm-email/<str:key>/", sidor.closed),
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
