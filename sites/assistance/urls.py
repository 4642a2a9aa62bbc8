from django.urls import path

from sites.assistance.views import asking, start, status

app_name = "assistance"
urlpatterns = [
    path("", start.start, name="start"),
    path("paper/", start.paper, name="paper"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<str:token>/check/", asking.check, name="check"),
    path("ask/<str:token>/sent/", asking.sent, name="sent"),
    path("ask/<str:token>/<slug:page>/", asking.ask_page, name="ask_page"),
    path("r/<str:token>/", status.status, name="status"),
    path("r/<str:token>/withdraw/", status.withdraw, name="withdraw"),
]
