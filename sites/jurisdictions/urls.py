from django.urls import path, re_path

from sites.jurisdictions import brief, confirmation, corrections, introductions, views
from sites.jurisdictions.embed import embed
from sites.jurisdictions.like import like
from sites.jurisdictions.open_data import page as data_page
from sites.jurisdictions.open_data import views as files
from sites.jurisdictions.share_views import share_picture

app_name = "jurisdictions"
urlpatterns = [
    path("", views.index, name="index"),
    path("directory.csv", files.directory_csv, name="directory_csv"),
    path("directory.json", files.directory_json, name="directory_json"),
    path("directory.geojson", files.directory_geojson, name="directory_geojson"),
    path("changes.csv", files.changes_csv, name="changes_csv"),
    path("changes.atom", files.changes_feed, name="changes_feed"),
    path("data/", data_page.data, name="data"),
    path("embed/", embed, name="embed"),
    path("like/", like, name="like"),
    re_path(
        r"^share/(?P<name>map|[a-z]{2}(?:-[a-z0-9-]+)?)-(?P<digest>[0-9a-f]{16})\.png$",
        share_picture,
        name="share_picture",
    ),
    path("confirm/<str:token>/", confirmation.confirm, name="confirm"),
    path("confirm/<str:token>/done/", confirmation.done, name="confirm_done"),
    path("confirm/<str:token>/change/", confirmation.change, name="confirm_change"),
    path("confirm/<str:token>/changed/", confirmation.changed, name="confirm_changed"),
    path("<slug:state_slug>/", views.state, name="state"),
    path("<slug:state_slug>/brief/", brief.state_brief, name="state_brief"),
    path("<slug:state_slug>/<slug:place_slug>/", views.place, name="place"),
    path("<slug:state_slug>/<slug:place_slug>/brief/", brief.place_brief, name="place_brief"),
    path("<slug:state_slug>/<slug:place_slug>/wrong/", corrections.wrong, name="wrong"),
    path(
        "<slug:state_slug>/<slug:place_slug>/wrong/thanks/<str:number>/",
        corrections.thanks,
        name="wrong_thanks",
    ),
    path(
        "<slug:state_slug>/<slug:place_slug>/introduction/", introductions.introduction, name="introduction"
    ),
    path(
        "<slug:state_slug>/<slug:place_slug>/introduction/thanks/<str:number>/",
        introductions.introduction_sent,
        name="introduction_sent",
    ),
]
