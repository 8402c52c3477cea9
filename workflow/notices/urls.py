"""The addresses of notices and letters."""

from django.urls import path

from workflow.notices.views import own, post

urlpatterns = [
    path("notiser/", own.notices, name="notiser"),
    path("notiser/alla-lasta/", own.all_read, name="notiser_alla_lasta"),
    path("notiser/val/", own.choices, name="notisval"),
    path("notiser/<int:notice_id>/", own.opened, name="notis"),
    path("notiser/<int:notice_id>/last/", own.read, name="notis_last"),
    path("utskick/", post.post, name="utskick"),
    path("utskick/installningar/", post.settings_page, name="utskick_installningar"),
    path("utskick/igen/", post.all_again, name="skicka_breven_igen"),
    path("utskick/beslut/", post.held, name="brev_att_slappa"),
    path("utskick/beslut/<int:entry_id>/slapp/", post.let_go, name="slapp_brev"),
    path("utskick/brev/<int:delivery_id>/", post.letter, name="utskicksbrev"),
    path("utskick/brev/<int:delivery_id>/igen/", post.again, name="skicka_brev_igen"),
]
