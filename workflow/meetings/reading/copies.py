"""The only place that says which pages a device may keep a copy of, whose copies they are, and when they go.

A page that may be kept carries `HEADER`; the service worker keeps no other. Its value names the log-in and nobody: a
copy made under another name is taken away. ADR 0025 says what that risks.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

HEADER = "Las-Kopia"
SCOPE = "/moten/"
"""Where the service worker is asked at all."""
_LENGTH = 24


def copy_id(request: HttpRequest) -> str:
    """Return a name for the person and the log-in that tells neither; empty where nobody is logged in."""
    session = getattr(request, "session", None)
    user = getattr(request, "user", None)
    if session is None or not session.session_key or user is None or not user.is_authenticated:
        return ""
    return f"{_digest('person', str(user.pk))}-{_digest('inloggning', session.session_key)}"


def _digest(kind: str, value: str) -> str:
    return salted_hmac(f"{__name__}.{kind}", value, algorithm="sha256").hexdigest()[:_LENGTH]


def may_be_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a page marked as one that the reader's device may keep a copy of."""
    response[HEADER] = copy_id(request)
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker; it holds nothing of anybody's, and is asked for anew each time."""
    context = {
        "lifetime": settings.SESSION_COOKIE_AGE,
        "header": HEADER,
        "shell": reverse("las_utan_nat"),
        "files": settings.STATIC_URL,
    }
    response = render(request, "moten/reading/sw.js", context, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = SCOPE
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def not_kept(request: HttpRequest) -> HttpResponse:
    """Show what stands instead of a page that is not kept on the device; it holds nothing of anybody's."""
    return render(request, "moten/reading/utan_nat.html")


class ForgetAtLogout:
    """Tells the browser of somebody who logs out to forget all that the site has kept on the device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the header where the person has been logged out."""
        response = self.get_response(request)
        left = request.method == "POST" and request.path == reverse("account_logout")
        if left and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"storage"'
        return response
