"""Heard: a customer-communication platform that listens."""

__version__ = "0.1.0"
