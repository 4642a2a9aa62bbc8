from django.urls import path

from partners import views

app_name = "partners"

urlpatterns = [
    path("", views.index, name="index"),
    path("join/", views.join, name="join"),
    path("join/thanks/<str:number>/", views.joined, name="joined"),
]
