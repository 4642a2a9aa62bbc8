"""The site's map, one line an app. The catch-all for pages of staff stands last."""

from django.contrib import admin
from django.urls import include, path

from leadbureau import views

urlpatterns = [
    path("", views.home, name="home"),
    path("admin/", admin.site.urls),
]
