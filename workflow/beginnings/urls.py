"""The addresses of beginning from something, and of what counties publish."""

from django.urls import path

from workflow.beginnings import publishing_views, views

CASE = "satsningar/<int:satsning_id>/"

urlpatterns = [
    path("satsningar/ny/tidigare/", views.earlier, name="borja_fran_tidigare"),
    path(f"{CASE}del/<slug:part>/genomgangen/", views.reviewed, name="genomgangen"),
    path("mallar/", views.templates, name="mallar"),
    path("mallar/ny/", views.new_template, name="ny_mall"),
    path("mallar/<int:mall_id>/", views.template, name="mall"),
    path("mallar/<int:mall_id>/avsluta/", views.end, name="avsluta_mall"),
    path("publicerade/", publishing_views.published_list, name="publicerade"),
    path("publicerade/<int:publicering_id>/", publishing_views.published, name="publicerad"),
    path(f"{CASE}publicera/", publishing_views.publishing, name="publicera"),
    path(f"{CASE}publicera/ta-tillbaka/", publishing_views.take_back, name="ta_tillbaka_publicering"),
]
