from django.urls import path, re_path

from sites.assistance.views import asking, checking, endorsing, exchange, files, links, sharing, start, status

app_name = "assistance"
urlpatterns = [
    path("", start.start, name="start"),
    path("who/", start.who, name="who"),
    path("help-now/", start.help_now, name="help_now"),
    path("paper/", start.paper, name="paper"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<str:token>/", asking.tasks, name="tasks"),
    path("ask/<str:token>/check/", checking.check, name="check"),
    path("ask/<str:token>/sent/", checking.sent, name="sent"),
    path("ask/<str:token>/files/", files.files, name="files"),
    path("ask/<str:token>/support/", endorsing.support, name="support"),
    path("ask/<str:token>/support/<int:pk>/again/", endorsing.support_again, name="support_again"),
    path("ask/<str:token>/support/<int:pk>/end/", endorsing.support_end, name="support_end"),
    path("e/<str:token>/", endorsing.endorse, name="endorse"),
    path("e/<str:token>/back/", endorsing.endorse_back, name="endorse_back"),
    path("ask/<str:token>/share/<slug:page>/", sharing.share, name="share"),
    path("ask/<str:token>/<slug:page>/", asking.ask_page, name="ask_page"),
    path("c/<str:token>/", sharing.colleague, name="colleague"),
    path("link/", links.lost_link, name="lost_link"),
    path("link/asked/", links.lost_link_asked, name="lost_link_asked"),
    path("r/<str:token>/", status.status, name="status"),
    path("r/<str:token>/files/<str:stored_as>/", files.file, name="file"),
    path("r/<str:token>/add/", exchange.supplement, name="supplement"),
    path("r/<str:token>/add/<slug:page>/", exchange.supplement_page, name="supplement_page"),
    path("r/<str:token>/message/", exchange.message, name="message"),
    path("r/<str:token>/answered/", exchange.hand_back, name="hand_back"),
    path("r/<str:token>/withdraw/", status.withdraw, name="withdraw"),
    path("r/<str:token>/resume/", status.resume, name="resume"),
    path("r/<str:token>/link/", links.replace_link, name="replace_link"),
    path("r/<str:token>/link/new/", links.link_replaced, name="link_replaced"),
    # Stays the last: whatever else is under a private address, cut short or mistyped.
    re_path(r"^(?P<kind>ask|r|c|e)/(?P<rest>.+)$", links.mistyped, name="mistyped"),
]
