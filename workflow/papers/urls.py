"""The addresses of papers."""

from django.urls import path

from workflow.papers import views

urlpatterns = [
    path("satsningar/<int:satsning_id>/utskrift/", views.page, name="utskrift"),
    path("satsningar/<int:satsning_id>/utskrift/pdf/", views.pdf, name="utskrift_pdf"),
    path("satsningar/<int:satsning_id>/utskrift/docx/", views.docx, name="utskrift_docx"),
]
