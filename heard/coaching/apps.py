from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "heard.coaching"
    label = "coaching"
