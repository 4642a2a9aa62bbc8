from django.urls import path

from leadbureau.mail import contact

app_name = "mail"

urlpatterns = [
    path("", contact.contact, name="contact"),
    path("sent/<str:number>/", contact.contact_sent, name="contact_sent"),
]
