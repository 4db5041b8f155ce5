from django.apps import AppConfig


class LevelsConfig(AppConfig):
    name = "heard.levels"
    label = "levels"
