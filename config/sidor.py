"""The only place for what belongs to the site and not to its subject: footer pages, colours, previews, site facts."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from governance.posting import posted_from
from satsningar import markdown
from satsningar.cleaning import TEXT_LIMIT

PAGES = (
    ("om-tjansten", "Om tjänsten"),
    ("tillganglighet", "Tillgänglighetsredogörelse"),
    ("personuppgifter", "Behandling av personuppgifter"),
    ("kakor", "Kakor"),
    ("kontakt", "Kontakt och stöd"),
    ("offentlighet", "Offentlighet och diarium"),
    ("in-english", "In English"),
    ("licenser", "Licenser och källkod"),
)
"""The pages in the footer of every page: address and title. Each is a Markdown file of that name."""

OWN_TEXTS = settings.BASE_DIR / "templates" / "sidor"
SCHEME_COOKIE = "fargschema"
SCHEME_AGE = 365 * 24 * 60 * 60
LONGEST_PREVIEW = TEXT_LIMIT
"""Characters that are shown: no longer text is saved, and showing one takes time."""


def site(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the signature of a context processor
    """Give every template the footer's pages and the facts about who runs the site; asks no database."""
    return {"site_pages": PAGES, "site_facts": settings.SITE_FACTS}


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of the footer's pages.

    The text is Markdown with Django's template language in it, from the installation's own folder
    (``SATSNINGAR_PAGES_DIR``) where it has a file of that name there, else the one that comes with the program.
    """
    title = dict(PAGES).get(slug)
    if title is None:
        raise Http404
    source = _text_file(slug).read_text(encoding="utf-8")
    text = engines["django"].from_string("{% autoescape off %}" + source + "{% endautoescape %}")
    body = markdown.render(text.render({"site_facts": settings.SITE_FACTS}), top_heading=2)
    return render(request, "sidor/page.html", {"slug": slug, "page_title": title, "body": body})


def _text_file(slug: str) -> Path:
    folders = [Path(settings.SITE_PAGES_DIR)] if settings.SITE_PAGES_DIR else []
    return next(file for folder in [*folders, OWN_TEXTS] if (file := folder / f"{slug}.md").is_file())


@posted_from("mitt_arbete")
def colour_scheme(request: HttpRequest) -> HttpResponse:
    """Remember the colours that the person chose, or forget the choice, and go back to the page."""
    back = request.POST.get("tillbaka", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    choice = request.POST.get("val", "")
    if choice in {"ljust", "morkt"}:
        response.set_cookie(
            SCHEME_COOKIE, choice, max_age=SCHEME_AGE, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(SCHEME_COOKIE, samesite="Lax")
    return response


@login_required
@posted_from("mitt_arbete")
def preview(request: HttpRequest) -> HttpResponse:
    """Show the posted ``markdown_text`` as it will look; nothing is saved."""
    text = markdown.normalise(request.POST.get("markdown_text", "")[:LONGEST_PREVIEW])
    return HttpResponse(markdown.render(text) or "<p>Det finns ingen text att visa än.</p>")


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Say that a request cannot be read, without reading it again as Django's own page does: that would fail anew."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def closed(request: HttpRequest, key: str = "") -> HttpResponse:  # noqa: ARG001 - the addresses that stand here
    """Answer for a page of the log-in's library that this site does not have.

    Raises:
        Http404: always.

    """
    raise Http404
