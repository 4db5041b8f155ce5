"""Machines are told from people, so that nobody's letter is answered by a loop."""

import pytest

from heard.channels.email import parse
from heard.channels.tests.letters import letter


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Auto-Submitted: auto-replied", "Auto-Submitted: auto-replied"),
        ("Auto-Submitted: auto-generated (vacation)", "Auto-Submitted: auto-generated (vacation)"),
        ("Return-Path: <>", "Return-Path: <>"),
        ("Precedence: bulk", "Precedence: bulk"),
        ("Precedence: auto_reply", "Precedence: auto_reply"),
        ("List-Id: News <news.example>", "List-Id: News <news.example>"),
        ("List-Unsubscribe: <https://n.example/u>", "List-Unsubscribe: <https://n.example/u>"),
        ("X-Autoreply: yes", "X-Autoreply: yes"),
        ("X-Loop: somewhere", "X-Loop: somewhere"),
        ("From: no-reply@shop.example", "From: no-reply@shop.example"),
        ("From: Mail <MAILER-DAEMON@mx.example>", "From: MAILER-DAEMON@mx.example"),
        ("From: donotreply@shop.example", "From: donotreply@shop.example"),
        ("From: owner-list@lists.example", "From: owner-list@lists.example"),
        ("Subject: Automatic reply: The bandsaw", "Subject: Automatic reply: The bandsaw"),
        (
            "Subject: =?utf-8?q?R=C3=A9ponse_automatique?= : scie",
            "Subject: Réponse automatique : scie",
        ),
        ("Subject: Abwesenheitsnotiz", "Subject: Abwesenheitsnotiz"),
    ],
)
def test_a_machine_is_recognised(line: str, reason: str) -> None:
    assert parse(letter("x", line, drop=[line.partition(":")[0]])).automatic == reason


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: no",
        "Auto-Submitted: No; really",
        "X-Auto-Response-Suppress: All",
        "Precedence: normal",
        "Precedence: first-class",
        "Return-Path: <ines@duarte.example>",
        "From: noreen@duarte.example",
        "From: bouncer@duarte.example",
        "From: norbert.reply@duarte.example",
        "Subject: Out of office chairs, please send two",
        "Subject: Re: the automatic reply I got",
        "Subject: Auto parts for the van",
    ],
)
def test_a_person_is_not_taken_for_a_machine(line: str) -> None:
    assert parse(letter("x", line, drop=[line.partition(":")[0]])).automatic == ""
