from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "heard.readings"
    label = "readings"
