"""The addresses of rounds."""

from django.urls import path

from workflow.rounds import views

urlpatterns = [
    path("satsningar/<int:satsning_id>/rundor/ny/<slug:kind>/", views.open_page, name="runda_oppna"),
    path("rundor/<int:round_id>/", views.round_page, name="runda"),
    path("rundor/<int:round_id>/stang/", views.close_page, name="runda_stang"),
    path("rundor/svar/<int:answer_id>/", views.answer_page, name="runda_svara"),
    path("rundor/svar/<int:answer_id>/lamna-over/", views.hand_over_page, name="runda_lamna_over"),
]
