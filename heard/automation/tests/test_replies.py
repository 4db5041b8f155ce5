"""Saved replies: whose they are, what they say here, and how often they were used."""

from __future__ import annotations

import pytest

from heard.accounts.models import Team, User
from heard.automation import queries, verbs
from heard.automation.models import SavedReply
from heard.automation.verbs import Plan, Words
from heard.inbox.models import Conversation
from heard.refusal import Refusal

pytestmark = pytest.mark.django_db


def kept(by: User, name: str = "Where it is", whose: str = "me", **words: str) -> SavedReply:
    text = words.pop("text", "Hello {{ customer.first_name | there }}, it is on its way.")
    return verbs.keep_reply(by, Words(name=name, text=text, whose=whose, **words))


def test_each_sees_their_own_their_teams_and_everyones(
    agent: User, team_mate: User, stranger: User, lead: User, admin: User, support: Team
) -> None:
    kept(agent, "Tom's")
    kept(lead, "Support's", str(support.pk))
    kept(admin, "All")
    kept(admin, "Everyone's", "everyone")
    seen = {
        one.first_name: {reply.name for reply in queries.replies_of(one)}
        for one in (agent, team_mate, stranger)
    }
    assert seen == {
        "Tom": {"Tom's", "Support's", "Everyone's"},
        "Priya": {"Support's", "Everyone's"},
        "Jonas": {"Everyone's"},
    }


def test_an_admin_goes_on_changing_what_was_kept_for_a_team_of_others(
    signed_in, agent: User, admin: User, support: Team, conversation: Conversation
) -> None:
    private, browser = kept(agent, "Tom's"), signed_in(admin)
    given = {"name": "For Support", "text": "It left.", "whose": str(support.pk)}
    page = browser.post("/settings/replies/", given, follow=True).content.decode()
    one = SavedReply.objects.get(name="For Support")
    assert "For Support" in page and "Tom&#39;s" not in page
    browser.post(f"/settings/replies/{one.pk}/", {**given, "text": "It left today."})
    one.refresh_from_db()
    assert one.text == "It left today."
    assert browser.get(f"/settings/replies/{private.pk}/").status_code == 404
    assert queries.offered(admin, conversation)["replies"] == []


@pytest.mark.parametrize("whose", ["everyone", "team", "0", "nobody"])
def test_only_leads_and_admins_share(agent: User, support: Team, whose: str) -> None:
    with pytest.raises(Refusal, match="Leads and admins share"):
        kept(agent, whose=str(support.pk) if whose == "team" else whose)
    assert not SavedReply.objects.exists()


def test_what_is_shared_is_changed_by_a_lead_and_what_is_private_by_its_owner(
    agent: User, lead: User, admin: User
) -> None:
    shared, own = kept(admin, whose="everyone"), kept(agent)
    with pytest.raises(Refusal, match="Only a lead or an admin"):
        verbs.change_reply(agent, shared, Words(name="Mine", text="Hi"))
    with pytest.raises(Refusal, match="Only a lead or an admin"):
        verbs.delete_reply(admin, own)
    words = Words(name="  Where\n it is ", text="Hi", shortcut="/ where", whose="everyone")
    changed = verbs.change_reply(lead, shared, words)
    assert (changed.name, changed.shortcut, changed.circle) == ("Where it is", "where", "everyone")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": " "}, "name"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "Hello {{ customer.nickname }}"}, "text"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(agent: User, words: dict, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        kept(agent, **words)
    assert refused.value.field == field


def test_the_most_used_stands_first(agent: User, conversation: Conversation) -> None:
    kept(agent, "A")
    often = kept(agent, "B")
    verbs.count_reply(often)
    verbs.count_reply(often)
    offered = queries.offered(agent, conversation)["replies"]
    assert [one["name"] for one in offered] == ["B", "A"]
    assert offered[0]["text"] == "Hello Inês, it is on its way."
    often.refresh_from_db()
    assert often.used == 2 and often.last_used


def test_one_that_a_macro_inserts_is_not_deleted(agent: User) -> None:
    reply = kept(agent)
    verbs.keep_macro(agent, Plan(name="Refund", reply=reply))
    with pytest.raises(Refusal, match="«Refund» uses this"):
        verbs.delete_reply(agent, reply)
    assert SavedReply.objects.exists()


def test_the_page_keeps_changes_and_deletes(signed_in, agent: User) -> None:
    page = signed_in(agent)
    bad = page.post("/settings/replies/", {"name": "A", "whose": "me", "text": "{{ customer.x }}"})
    assert "is no variable" in bad.content.decode()
    page.post("/settings/replies/", {"name": "A", "whose": "me", "text": "Hello", "shortcut": "a"})
    one = SavedReply.objects.get()
    path = f"/settings/replies/{one.pk}/"
    assert "<code>/a</code>" in page.get("/settings/replies/").content.decode()
    page.post(path, {"name": "B", "whose": "me", "text": "Hello\n\nyou"})
    one.refresh_from_db()
    assert (one.name, one.text) == ("B", "Hello\n\nyou")
    page.post(f"{path}deletion/")
    assert not SavedReply.objects.exists()


def test_a_stranger_finds_nothing(signed_in, agent: User, stranger, conversation) -> None:
    one = kept(agent)
    page = signed_in(stranger)
    assert page.get(f"/settings/replies/{one.pk}/").status_code == 404
    assert page.post(f"/replies/{one.pk}/use").status_code == 404
    assert page.get(f"/conversations/{conversation.pk}/replies").status_code == 404


def test_the_composer_is_given_words_and_counts_them(signed_in, agent, conversation) -> None:
    one = kept(agent)
    page = signed_in(agent)
    (given,) = page.get(f"/conversations/{conversation.pk}/replies").json()["replies"]
    assert given["text"].startswith("Hello Inês")
    page.post(f"/replies/{one.pk}/use")
    one.refresh_from_db()
    assert one.used == 1


def test_an_agent_reads_what_is_shared(signed_in, agent: User, admin: User) -> None:
    one = kept(admin, whose="everyone")
    shown = signed_in(agent).get(f"/settings/replies/{one.pk}/").content.decode()
    assert "it is on its way." in shown and "Delete this reply" not in shown
