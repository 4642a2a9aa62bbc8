from django.urls import path

from sites.jurisdictions import open_data, views

app_name = "jurisdictions"
urlpatterns = [
    path("", views.index, name="index"),
    path("directory.csv", open_data.directory_csv, name="directory_csv"),
    path("directory.json", open_data.directory_json, name="directory_json"),
    path("directory.geojson", open_data.directory_geojson, name="directory_geojson"),
    path("changes.csv", open_data.changes_csv, name="changes_csv"),
    path("changes.atom", open_data.changes_feed, name="changes_feed"),
    path("<slug:state_slug>/", views.state, name="state"),
    path("<slug:state_slug>/<slug:place_slug>/", views.place, name="place"),
]
