"""The only place that says what the technical administration at /admin/ holds: the constitution, to look at.

It is a site of its own, so that what other packages register with Django's common one is not there: groups, e-mail
addresses, keys for logging in in two steps, processes. With any of those a technical administrator could give
themselves a mandate or take over somebody's account. Cases are not there either: nobody reads one by being a superuser.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from governance import models
from governance.admin import BodyAdmin, CountyLoadAdmin, MembershipAdmin, PersonAdmin, ShownAdmin

if TYPE_CHECKING:
    from django.template.response import TemplateResponse


class TechnicalSite(admin.AdminSite):
    """The admin behind the site's own log-in, which asks for the second step of those who have one."""

    site_header = "Satsningar, teknisk administration"
    site_title = "Teknisk administration"
    index_title = "Länets struktur, att titta på"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Send to the site's own log-in page, and those who are logged in without being staff to the front page."""
        if request.user.is_authenticated:
            return HttpResponseRedirect("/")
        wanted = request.GET.get("next", reverse("admin:index"))
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> "TemplateResponse":  # noqa: ARG002 - Django's signature
        """Send to the site's own page for logging out."""
        return HttpResponseRedirect(reverse("account_logout"))  # type: ignore[return-value]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> "TemplateResponse":  # noqa: ARG002 - Django's signature
        """Send to the site's own page for a new password."""
        return HttpResponseRedirect(reverse("account_change_password"))  # type: ignore[return-value]


technical_site = TechnicalSite(name="admin")
technical_site.register([models.County, models.Organisation, models.Arendegang, models.ArendegangVersion], ShownAdmin)
technical_site.register(models.Person, PersonAdmin)
technical_site.register(models.Body, BodyAdmin)
technical_site.register(models.Membership, MembershipAdmin)
technical_site.register(models.CountyLoad, CountyLoadAdmin)
