"""The addresses of rounds."""

from django.urls import path

from workflow.rounds.views import answering, opening, reading, steering

urlpatterns = [
    path("satsningar/<int:satsning_id>/rundor/ny/<slug:kind>/", opening.open_page, name="runda_oppna"),
    path("rundor/<int:round_id>/", reading.round_page, name="runda"),
    path("rundor/<int:round_id>/sammanstallning/", reading.compiled_page, name="runda_sammanstallning"),
    path("rundor/<int:round_id>/sammanstallning.<slug:ending>", reading.export, name="runda_fil"),
    path("rundor/<int:round_id>/stang/", steering.close_page, name="runda_stang"),
    path("rundor/<int:round_id>/dra-tillbaka/", steering.withdraw_page, name="runda_dra_tillbaka"),
    path("rundor/<int:round_id>/forlang/", steering.extend_page, name="runda_forlang"),
    path("rundor/<int:round_id>/fler/", steering.more_page, name="runda_fler"),
    path("rundor/<int:round_id>/pamin/", steering.remind_page, name="runda_pamin"),
    path("rundor/svar/<int:answer_id>/", answering.answer_page, name="runda_svara"),
    path("rundor/svar/<int:answer_id>/avboj/", answering.decline_page, name="runda_avboj"),
    path("rundor/svar/<int:answer_id>/forlang/", steering.extend_one_page, name="runda_forlang_svar"),
    path("rundor/svar/<int:answer_id>/komplettera/", answering.add_page, name="runda_komplettera"),
    path("rundor/svar/<int:answer_id>/lamna-over/", answering.hand_over_page, name="runda_lamna_over"),
]
