"""Addresses of saved replies, macros and rules."""

from __future__ import annotations

from django.urls import path

from heard.automation.views import macros, replies, rules

app_name = "automation"
urlpatterns = [
    path("settings/replies/", replies.replies, name="replies"),
    path("settings/replies/<int:pk>/", replies.reply, name="reply"),
    path("settings/replies/<int:pk>/deletion/", replies.deletion, name="reply_deletion"),
    path("settings/macros/", macros.macros, name="macros"),
    path("settings/macros/<int:pk>/", macros.macro, name="macro"),
    path("settings/macros/<int:pk>/deletion/", macros.deletion, name="macro_deletion"),
    path("settings/rules/", rules.rules, name="rules"),
    path("settings/rules/<int:pk>/", rules.rule, name="rule"),
    path("settings/rules/<int:pk>/switch/", rules.switch, name="rule_switch"),
    path("settings/rules/<int:pk>/move/", rules.move, name="rule_move"),
    path("settings/rules/<int:pk>/deletion/", rules.deletion, name="rule_deletion"),
    path("replies/<int:pk>/use", replies.use, name="use_reply"),
    path("conversations/<int:pk>/replies", replies.offered, name="offered"),
    path("conversations/<int:pk>/macros", macros.choices, name="run_macro"),
    path("conversations/<int:pk>/macros/<int:macro>/run", macros.run, name="run"),
    path("conversations/<int:pk>/macros/<int:bulk>/undo", macros.take_back, name="undo_macro"),
]
