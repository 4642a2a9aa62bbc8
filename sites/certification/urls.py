from django.urls import path

from sites.certification import views

app_name = "certification"

urlpatterns = [
    path("certified/", views.certified, name="certified"),
    path("certified/<str:number>/", views.certificate, name="certificate"),
    path("certification/", views.about, name="about"),
]
