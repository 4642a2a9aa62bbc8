from django.urls import path

from sites.assistance.views import asking, checking, endorsing, files, start, status

app_name = "assistance"
urlpatterns = [
    path("", start.start, name="start"),
    path("paper/", start.paper, name="paper"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<str:token>/check/", checking.check, name="check"),
    path("ask/<str:token>/sent/", checking.sent, name="sent"),
    path("ask/<str:token>/files/", files.files, name="files"),
    path("ask/<str:token>/support/", endorsing.support, name="support"),
    path("ask/<str:token>/support/<int:pk>/again/", endorsing.support_again, name="support_again"),
    path("ask/<str:token>/support/<int:pk>/end/", endorsing.support_end, name="support_end"),
    path("e/<str:token>/", endorsing.endorse, name="endorse"),
    path("e/<str:token>/back/", endorsing.endorse_back, name="endorse_back"),
    path("ask/<str:token>/<slug:page>/", asking.ask_page, name="ask_page"),
    path("r/<str:token>/", status.status, name="status"),
    path("r/<str:token>/files/<str:stored_as>/", files.file, name="file"),
    path("r/<str:token>/withdraw/", status.withdraw, name="withdraw"),
]
