from django.apps import AppConfig


class AutomationConfig(AppConfig):
    name = "heard.automation"
    label = "automation"
