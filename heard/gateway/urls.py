"""Addresses of the border's pages, and of those where inboxes and their servers are set up."""

from __future__ import annotations

from django.urls import path

from heard.gateway import views, views_lines

app_name = "gateway"
urlpatterns = [
    path("attention", views.attention, name="attention"),
    path("envelopes/<int:pk>/opening", views.open_again, name="open_again"),
    path("envelopes/<int:pk>/source", views.envelope_source, name="envelope_source"),
    path("messages/<int:pk>/source", views.message_source, name="message_source"),
    path("queue", views.queue, name="queue"),
    path("settings/inboxes/", views_lines.inboxes, name="inboxes"),
    path("settings/inboxes/new/", views_lines.inbox_new, name="inbox_new"),
    path("settings/inboxes/new/relay/test/", views_lines.relay_test, name="relay_test_new"),
    path("settings/inboxes/new/mailbox/test/", views_lines.mailbox_test, name="mailbox_test_new"),
    path("settings/inboxes/<int:pk>/", views_lines.inbox, name="inbox"),
    path("settings/inboxes/<int:pk>/relay/test/", views_lines.relay_test, name="relay_test"),
    path("settings/inboxes/<int:pk>/mailbox/test/", views_lines.mailbox_test, name="mailbox_test"),
]
