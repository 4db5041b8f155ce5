from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "heard.gateway"
    label = "gateway"
