"""Addresses that only take what a form sends: the only place that says where somebody comes who opens one by itself.

A page that is loaded again, a bookmark, and a log-in after an idle hour all ask for such an address: they lead to the
page that the form stands on, never to a bare refusal.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

METHODS = ("GET", "HEAD", "POST")
FORM_PAGE = "form_page"
"""What a view that takes POST alone is marked with: the name of its form's page."""
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def posted_from(page: str, *keep: str, part: str = "") -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Let a view take POST alone; whoever asks for its address is led to where its form stands.

    Nothing is read to say where: what the person may not see answers there as it always does.

    Args:
        page: the name of the form's page.
        keep: the arguments of the address that the page's address has too.
        part: the place on the page.

    """

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            there = reverse(page, kwargs={name: kwargs[name] for name in keep})
            return HttpResponseRedirect(f"{there}#{part}" if part else there)

        vars(answer)[FORM_PAGE] = page
        return answer

    return decorate
