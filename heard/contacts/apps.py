from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "heard.contacts"
    label = "contacts"
