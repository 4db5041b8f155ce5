"""Addresses of the inbox's pages. A verb is a noun here: closing makes a closure."""

from __future__ import annotations

from django.urls import path

from heard.inbox.views import (
    away,
    bulk,
    conversations,
    following,
    handover,
    lists,
    live,
    messages,
    take,
    views,
)

urlpatterns = [
    path("", lists.home, name="home"),
    path("inbox", lists.inbox, name="inbox"),
    path("inbox/list", lists.rows, name="rows"),
    path("away", away.away, name="away"),
    path("away/now", away.leave, name="leave"),
    path("away/delete", away.back, name="back"),
    path("take-next", take.take_next, name="take_next"),
    path("inbox/narrow", lists.narrow, name="narrow"),
    path("views", views.keep, name="keep_view"),
    path("views/<int:pk>", views.change, name="change_view"),
    path("views/<int:pk>/deletion", views.delete, name="delete_view"),
    path("bulk", bulk.choices, name="bulk"),
    path("bulk/begun", bulk.begin, name="begin_bulk"),
    path("bulk/<int:pk>", bulk.progress, name="bulk_progress"),
    path("bulk/<int:pk>/undo", bulk.undo, name="undo_bulk"),
    path("live/ticket", live.ticket, name="live_ticket"),
    path("conversations/<int:pk>", conversations.conversation, name="conversation"),
    path("conversations/<int:pk>/head", conversations.head, name="head"),
    path("conversations/<int:pk>/thread", conversations.thread, name="thread"),
    path("conversations/<int:pk>/memory", conversations.memory, name="memory"),
    path("conversations/<int:pk>/messages", messages.write, name="write"),
    path("conversations/<int:pk>/closure", conversations.close, name="close"),
    path("conversations/<int:pk>/closure/delete", conversations.reopen, name="reopen"),
    path("conversations/<int:pk>/assignment", conversations.assign, name="assign"),
    path("conversations/<int:pk>/following", following.follow, name="follow"),
    path("conversations/<int:pk>/following/delete", following.unfollow, name="unfollow"),
    path("conversations/<int:pk>/colleagues", following.colleagues, name="colleagues"),
    path("conversations/<int:pk>/handover", handover.handover, name="handover"),
    path("conversations/<int:pk>/handed-over", handover.handed_over, name="handed_over"),
    path("conversations/<int:pk>/join", conversations.join, name="join"),
    path("conversations/<int:pk>/join/delete", conversations.keep_apart, name="keep_apart"),
    path("conversations/<int:pk>/deletion", conversations.delete, name="delete"),
    path("messages/<int:pk>/retry", messages.retry, name="retry"),
    path("messages/<int:pk>/original", messages.show_original, name="original"),
    path("attachments/<int:pk>", messages.attachment, name="attachment"),
]
