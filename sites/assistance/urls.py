from django.urls import path

from sites.assistance.views import asking, checking, start, status

app_name = "assistance"
urlpatterns = [
    path("", start.start, name="start"),
    path("paper/", start.paper, name="paper"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<str:token>/check/", checking.check, name="check"),
    path("ask/<str:token>/sent/", checking.sent, name="sent"),
    path("ask/<str:token>/<slug:page>/", asking.ask_page, name="ask_page"),
    path("r/<str:token>/", status.status, name="status"),
    path("r/<str:token>/withdraw/", status.withdraw, name="withdraw"),
]
