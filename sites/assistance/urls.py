from django.urls import path

from sites.assistance import views

app_name = "assistance"
urlpatterns = [
    path("", views.start, name="start"),
    path("paper/", views.paper, name="paper"),
    path("ask/", views.ask, name="ask"),
    path("ask/<str:token>/check/", views.check, name="check"),
    path("ask/<str:token>/sent/", views.sent, name="sent"),
    path("ask/<str:token>/<slug:page>/", views.ask_page, name="ask_page"),
    path("r/<str:token>/", views.status, name="status"),
    path("r/<str:token>/withdraw/", views.withdraw, name="withdraw"),
]
