"""Addresses of what staff write. The last one takes any page of theirs, so this file is mounted last."""

from django.urls import path, register_converter

from leadbureau.content import feeds, views


class PagePath:
    """Lower-case parts with / between them: the slug of a Page."""

    regex = r"[a-z0-9-]+(?:/[a-z0-9-]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PagePath, "page_path")

app_name = "content"

urlpatterns = [
    path("evidence/", views.evidence, name="evidence"),
    path("evidence/<slug:slug>/", views.study, name="study"),
    path("resources/", views.resources, name="resources"),
    path("news/", views.news, name="news"),
    path("news/feed.atom", feeds.news, name="news_feed"),
    path("news/<slug:slug>/", views.news_item, name="news_item"),
    path("<page_path:slug>/", views.page, name="page"),
]
