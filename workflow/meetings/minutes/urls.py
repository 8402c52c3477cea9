"""The addresses of minutes."""

from django.urls import path

from workflow.meetings.minutes import justering_views, views

MINUTES = "moten/<int:meeting_id>/protokoll/"

urlpatterns = [
    path(MINUTES, views.minutes_page, name="protokoll"),
    path(f"{MINUTES}pdf/", views.pdf, name="protokoll_pdf"),
    path(f"{MINUTES}docx/", views.docx, name="protokoll_docx"),
    path(f"{MINUTES}skillnad/<int:number>/", views.difference_page, name="protokoll_skillnad"),
    path(f"{MINUTES}uppratta/", views.draw_up_page, name="protokoll_uppratta"),
    path(f"{MINUTES}text/<int:item_id>/", views.text_page, name="protokoll_text"),
    path(f"{MINUTES}sekretess/<int:item_id>/", justering_views.mark_page, name="protokoll_sekretess"),
    path(f"{MINUTES}skicka/", justering_views.send_page, name="protokoll_skicka"),
    path(f"{MINUTES}justering/", justering_views.answer_page, name="protokoll_justera"),
    path(f"{MINUTES}pamin/", justering_views.remind_page, name="protokoll_pamin"),
    path(f"{MINUTES}justerare/<int:justering_id>/", justering_views.replace_page, name="protokoll_justerare"),
    path(f"{MINUTES}ratta/", justering_views.rectify_page, name="protokoll_ratta"),
    path(f"{MINUTES}rattelser/pdf/", views.rectifications, name="protokoll_rattelser"),
]
