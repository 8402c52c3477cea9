"""The addresses of calendars; the one that ends in ``.ics`` is secret and needs no login."""

from django.urls import path

from workflow.meetings.calendar import views

urlpatterns = [
    path("kalender/", views.calendars, name="kalender"),
    path("kalender/ny-adress/", views.new_address, name="kalender_ny_adress"),
    path("kalender/ta-bort-adress/", views.end_address, name="kalender_ta_bort_adress"),
    path("moten/<int:meeting_id>/kalender/skicka/", views.send_letters, name="skicka_inbjudningar"),
    path("kalender/<slug:token>.ics", views.feed_page, name="kalenderfil"),
]
