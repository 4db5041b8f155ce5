from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "heard.inbox"
    label = "inbox"
