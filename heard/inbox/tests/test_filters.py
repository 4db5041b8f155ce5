"""One Filter: what its text means, who may see what, and that reading and writing are inverse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard import clock
from heard.accounts.models import Team, User
from heard.conftest import Receive
from heard.contacts import queries as contacts
from heard.contacts.models import Company
from heard.inbox import lists, verbs
from heard.inbox.filters import Filter, read
from heard.inbox.filters.fields import FIELDS
from heard.inbox.filters.filter import Term
from heard.inbox.lists import View
from heard.inbox.models import Conversation, Inbox, SavedView, Tag
from heard.refusal import Refusal

WORDS = st.text(st.characters(blacklist_characters='"\0', codec="utf-8"), min_size=1, max_size=20)
VALUES = WORDS.map(str.strip).filter(bool)
TERMS = st.builds(
    Term,
    st.sampled_from(sorted(FIELDS)),
    st.lists(VALUES, min_size=1, max_size=3).map(tuple),
    st.booleans(),
)


@given(
    st.lists(TERMS, max_size=4, unique=True), st.sampled_from(["", "late parcel", '"so late" -x'])
)
def test_what_is_written_is_read_again(terms: list[Term], words: str) -> None:
    meant = Filter(tuple(terms), words)
    if len(str(meant)) <= 500:
        assert read(str(meant)) == meant


@pytest.fixture
def four(receive: Receive, agent: User, team_mate: User, other_inbox: Inbox) -> list[Conversation]:
    """An open one of Tom's with a tag, one of Priya's, a closed one, and an automatic one."""
    subjects = ("My parcel is late", "A refund, please", "All is well", "Away until Monday")
    made = [
        receive(f"Regarding {subject}", subject=subject, sender=f"{n}@duarte.example").conversation
        for n, subject in enumerate(subjects)
    ]
    verbs.assign(agent, made[0], agent)
    verbs.assign(agent, made[1], team_mate)
    verbs.close(agent, made[2])
    tag = Tag.objects.create(name="Late parcel")
    Conversation.objects.filter(pk=made[0].pk).update(tag_ids=[tag.pk], has_files=True)
    Conversation.objects.update(last_at=clock.now())
    ago = clock.now() - timedelta(days=9)
    Conversation.objects.filter(pk=made[3].pk).update(waiting_since=None, last_at=ago, asked_at=ago)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "0123"),
        ("is:open", "013"),
        ("is:closed", "2"),
        ("is:open,closed", "0123"),
        ("-is:closed", "013"),
        ("is:any", "0123"),
        ("is:waiting is:open", "01"),
        ("is:quiet", "3"),
        ("is:unread", "0123"),
        ("assigned:me", "0"),
        ("assigned:nobody", "23"),
        ("assigned:Priya", "1"),
        ("assigned:tom@larkfield.example,priya", "01"),
        ("-assigned:me is:open", "13"),
        ('tag:"late parcel"', "0"),
        ("tag:none is:open", "13"),
        ("has:file", "0"),
        ("inbox:Support", "0123"),
        ("channel:email", "0123"),
        ("channel:sms", ""),
        ("from:1@duarte", "1"),
        ("from:duarte.example", "0123"),
        ("before:7d", "3"),
        ("after:today", "012"),
        ("subject:parcel", "0"),
        ("refund", "1"),
        ('"parcel is late"', "0"),
        ("parcel or refund", "01"),
        ("regarding -refund", "023"),
        ("REFUNDS", "1"),
    ],
)
def test_the_text_of_a_filter_means(four, agent: User, text: str, meant: str) -> None:
    found = read(text).applied(Conversation.objects.of(agent), agent)
    numbers = {one.pk: str(n) for n, one in enumerate(four)}
    assert "".join(sorted(numbers[pk] for pk in found.values_list("pk", flat=True))) == meant


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["from:duarte.example", "-from:duarte.example", 'from:"Inês"'])
def test_from_means_everyone_however_many_they_are(
    four, agent: User, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    everyone = set(read(text).applied(Conversation.objects.of(agent), agent))
    monkeypatch.setattr(contacts, "MOST", 2)
    assert set(read(text).applied(Conversation.objects.of(agent), agent)) == everyone


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["is:closed", "is:Closed"])
def test_a_list_of_open_ones_makes_way_for_the_status_that_is_typed(
    four, agent: User, signed_in: Callable, text: str
) -> None:
    page = signed_in(agent).get("/inbox", {"view": "all", "q": text}).content.decode()
    assert "All is well" in page and "A refund, please" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tag:gone", "There is no such tag"),
        ("assigned:Zoe", "There is no such colleague"),
        ("inbox:Nowhere", "There is no such inbox"),
        ("team:Nobody's", "There is no such team"),
        ("is:fine", "It may be one of"),
        ("has:luck", "It may be one of"),
        ("before:soon", "Write a day"),
        ("x" * 10_000, "500 is the most"),
        ("?!… --- ***", "no word to look for"),
        ("-refund", "names no word to look for"),
    ],
)
def test_what_means_nothing_is_told_in_a_sentence(
    four, agent: User, signed_in, text: str, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        read(text).applied(Conversation.objects.of(agent), agent)
    page = signed_in(agent).get("/inbox", {"view": "search", "q": text})
    assert page.status_code == 200
    assert says in page.content.decode()


@pytest.mark.django_db
def test_a_rule_has_no_me() -> None:
    with pytest.raises(Refusal, match="acts for no person"):
        read("assigned:me").applied(Conversation.objects.all(), None)


@pytest.mark.django_db
def test_customers_are_found_by_their_company(four, agent: User) -> None:
    contact = four[1].contact
    contact.company = Company.objects.create(name="Duarte Joinery")
    contact.save()
    found = read('company:"duarte joinery"').applied(Conversation.objects.of(agent), agent)
    assert [one.pk for one in found] == [four[1].pk]


@pytest.mark.django_db
def test_fields_of_the_form_and_words_of_the_address_are_one_filter(
    four, agent: User, signed_in: Callable
) -> None:
    page = signed_in(agent).get(
        "/inbox", {"tag": "Late parcel", "assigned": "me", "q": "regarding"}
    )
    shown = page.content.decode()
    assert "My parcel is late" in shown
    assert "A refund, please" not in shown
    assert "regarding assigned:me tag:&#34;Late parcel&#34;" in shown


@pytest.mark.django_db
class TestSavedViews:
    def test_a_view_is_kept_found_in_the_rail_and_changed(
        self, four, agent: User, signed_in: Callable
    ) -> None:
        browser = signed_in(agent)
        kept = {"name": "Late ones", "q": 'tag:"late parcel"', "sort": "waiting", "whose": "me"}
        answer = browser.post("/views", kept, follow=True)
        page = answer.content.decode()
        assert "Late ones" in page
        assert "My parcel is late" in page and "A refund, please" not in page
        view = SavedView.objects.get()
        assert f'id="count-view_{view.pk}">1<' in page
        browser.post(f"/views/{view.pk}", {**kept, "name": "Parcels", "q": "parcel"})
        view.refresh_from_db()
        assert (view.name, view.q, view.sort) == ("Parcels", "parcel", "waiting")
        browser.post(f"/views/{view.pk}/deletion")
        assert not SavedView.objects.exists()

    def test_a_view_is_for_whom_it_was_kept(
        self, agent: User, team_mate: User, stranger: User, admin: User, support: Team
    ) -> None:
        mine = verbs.keep_view(agent, "Mine", "is:open")
        ours = verbs.keep_view(agent, "Ours", "is:open", whose=str(support.pk))
        all_s = verbs.keep_view(admin, "Everyone's", "is:open", whose="everyone")
        seen = {user: set(SavedView.objects.of(user)) for user in (agent, team_mate, stranger)}
        assert seen == {agent: {mine, ours, all_s}, team_mate: {ours, all_s}, stranger: {all_s}}
        with pytest.raises(Refusal):
            verbs.keep_view(stranger, "Theirs", "", whose=str(support.pk))
        with pytest.raises(Refusal):
            verbs.keep_view(agent, "Everyone's", "", whose="everyone")
        with pytest.raises(Refusal):
            verbs.change_view(team_mate, ours, "Changed", "")

    def test_an_admin_comes_back_to_what_was_kept_for_a_team_of_others(
        self, four, agent: User, admin: User, support: Team, signed_in: Callable
    ) -> None:
        theirs = verbs.keep_view(agent, "Support's own", "is:open", whose=str(support.pk))
        private = verbs.keep_view(agent, "Tom's", "is:open")
        browser = signed_in(admin)
        kept = {"name": "For Support", "q": "parcel", "whose": str(support.pk)}
        page = browser.post("/views", kept, follow=True)
        assert page.status_code == 200
        view = SavedView.objects.get(name="For Support")
        browser.post(f"/views/{view.pk}", {**kept, "name": "Parcels for Support"})
        rail = browser.get("/inbox").content.decode()
        assert "Parcels for Support" in rail and "Support&#39;s own" not in rail
        assert browser.get(f"/inbox?view={theirs.pk}").status_code == 200
        assert browser.get(f"/inbox?view={private.pk}").status_code == 404

    def test_a_view_whose_tag_is_gone_says_so_and_stays(
        self, four, agent: User, signed_in: Callable
    ) -> None:
        view = verbs.keep_view(agent, "Late ones", 'tag:"late parcel"')
        Tag.objects.all().delete()
        page = signed_in(agent).get(f"/inbox?view={view.pk}")
        assert page.status_code == 200
        assert "There is no such tag" in page.content.decode()
        assert signed_in(agent).get("/inbox").status_code == 200

    def test_me_in_a_view_of_the_team_is_whoever_looks(
        self, four, agent: User, team_mate: User, support: Team
    ) -> None:
        view = verbs.keep_view(agent, "Ours", "assigned:me", whose=str(support.pk))
        shown = View(str(view.pk), saved=view)
        assert [one.pk for one in lists.listed(team_mate, shown)] == [four[1].pk]


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["waiting", "asked", "due"])
def test_other_orders_show_every_row_once(four, agent: User, order: str) -> None:
    field = lists.ORDERS[order][0]
    now = clock.now()
    for n, one in enumerate(four):
        Conversation.objects.filter(pk=one.pk).update(**{field: now + timedelta(minutes=n // 2)})
    view = View("all", "any", sort=order)
    found, cursor = [], ""
    while True:
        page = lists.page(agent, view, cursor, size=1)
        found += [row.pk for row in page.rows]
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    assert found == [one.pk for one in four]
