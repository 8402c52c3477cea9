"""The only place that gives out a kept file: always as a download that no page can run."""

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from satsningar.attachments import open_attachment
from satsningar.errors import AttachmentRefused
from satsningar.models import KeptFile

SANDBOX = "default-src 'none'; sandbox"


def as_download(request: HttpRequest, row: KeptFile) -> HttpResponseBase:
    """Return the file, or the page that says why it is not given out; who may have it has been asked."""
    try:
        file = open_attachment(row)
    except AttachmentRefused as refusal:
        context = {"title": "Filen kan inte lämnas ut", "reason": str(refusal)}
        return render(request, "errors/refused.html", context, status=404)
    response = FileResponse(file, as_attachment=True, filename=row.name, content_type=row.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, no-store"
    return response
