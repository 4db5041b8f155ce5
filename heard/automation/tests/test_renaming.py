"""A team, an inbox or a colleague gets another name: what names it goes on naming it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from heard.accounts import verbs as accounts
from heard.accounts.models import Team, User
from heard.automation import verbs
from heard.automation.models import Macro, Rule
from heard.automation.steps import Step
from heard.automation.verbs import Plan, Terms
from heard.events.models import Event
from heard.inbox import verbs as inbox_verbs
from heard.inbox.filters.renaming import renamed
from heard.inbox.models import Inbox, SavedView, Tag
from heard.levels import verbs as levels
from heard.levels.models import Policy
from heard.levels.verbs.policies import Promise
from heard.refusal import Refusal

NO_LINES = {
    "relay-port": "587",
    "relay-security": "starttls",
    "mailbox-port": "993",
    "mailbox-security": "tls",
    "mailbox-folder": "INBOX",
}


def naming(by: User, q: str, *steps: Step) -> tuple[SavedView, Rule, Macro]:
    """A view and a rule by this filter; the rule and a macro do these steps."""
    steps = steps or (Step("close"),)
    rule = verbs.keep_rule(by, Terms(name="R", when="message.received", q=q, steps=steps))
    macro = verbs.keep_macro(by, Plan(name="M", steps=steps))
    return inbox_verbs.keep_view(by, "V", q), rule, macro


def now(view: SavedView, rule: Rule, macro: Macro) -> tuple[str, list[str]]:
    """What they name by now: the view as the rule does, and the macro as the rule does."""
    for one in (view, rule, macro):
        one.refresh_from_db()
    assert (view.q, macro.acts) == (rule.q, rule.acts)
    return rule.q, [one["value"] for one in rule.acts]


def called(person: User, by: User, **changed: str) -> None:
    """An admin gives a colleague another name or address."""
    given = {"name": person.name, "email": person.email, "role": person.role, **changed}
    accounts.change_person(person, by=by, teams=person.teams.all(), **given)


@pytest.mark.django_db
class TestWhatIsNamed:
    def test_a_team(self, signed_in, admin: User, support: Team, inbox: Inbox) -> None:
        kept = naming(admin, "team:support -team:Accounts", Step("team", "Support"))
        promise = Promise(name="P", applies_to="team:Support", first_minutes=30)
        policy = levels.make_policy(promise, by=admin)
        given = {"name": "Customer care", "assign_by": "hand"}
        signed_in(admin).post(reverse("accounts:team", args=[support.pk]), given)
        assert now(*kept) == ('team:"Customer care" -team:Accounts', ["Customer care"])
        policy = Policy.objects.get(pk=policy.pk)
        assert policy.applies_to == 'team:"Customer care"'
        told = Event.objects.get(name="team.renamed").details
        assert told == {"team": support.pk, "was": "Support", "called": "Customer care"}

    def test_an_inbox_by_its_name_and_by_its_address(
        self, signed_in, admin: User, inbox: Inbox, other_inbox: Inbox
    ) -> None:
        kept = naming(admin, "inbox:support,Accounts -inbox:support@larkfield.example")
        given = {"name": "Customer care", "address": "care@larkfield.example", **NO_LINES}
        signed_in(admin).post(reverse("gateway:inbox", args=[inbox.pk]), given)
        q = 'inbox:"Customer care",Accounts -inbox:care@larkfield.example'
        assert now(*kept)[0] == q

    def test_a_colleague_by_address_and_by_whole_name(self, admin: User, team_mate: User) -> None:
        q = 'assigned:Priya@larkfield.example,Sam -assigned:"Priya Raman" -assigned:Priya'
        kept = naming(admin, q, Step("assign", "priya@larkfield.example"), Step("assign", "nobody"))
        called(team_mate, admin, name="Priya Shah", email="shah@larkfield.example")
        q = 'assigned:shah@larkfield.example,Sam -assigned:"Priya Shah" -assigned:Priya'
        assert now(*kept) == (q, ["shah@larkfield.example", "nobody"])

    def test_a_colleague_who_gives_themselves_another_name(
        self, signed_in, admin: User, team_mate: User
    ) -> None:
        kept = naming(admin, 'assigned:"Priya Raman"')
        given = {"name": "Priya Shah", "time_zone": "", "undo_seconds": "10"}
        signed_in(team_mate).post(reverse("accounts:profile"), given)
        assert now(*kept)[0] == 'assigned:"Priya Shah"'

    def test_a_name_that_others_have_too_goes_on_naming_them_alone(
        self, admin: User, agent: User, team_mate: User
    ) -> None:
        User.objects.create_user("tomo@larkfield.example", name="Tom Okafor-Bell")
        both, hers = naming(admin, 'assigned:"Tom Okafor"'), naming(admin, 'assigned:"Priya Raman"')
        called(agent, admin, name="Tom Bell")
        called(team_mate, admin, name="Tom")
        assert now(*both)[0] == 'assigned:"Tom Okafor"'
        assert now(*hers)[0] == "assigned:priya@larkfield.example"

    def test_no_room_for_a_longer_name_lets_a_rule_act_on_nothing_more(
        self, admin: User, signed_in
    ) -> None:
        vip = Tag.objects.create(name="vip")
        view, rule, macro = naming(admin, f"subject:{'x' * 480} -tag:vip", Step("tag", "vip"))
        inbox_verbs.rename_tag(admin, vip, "Never let anybody else close these")
        q, steps = now(view, rule, macro)
        assert q.endswith(" -tag:vip") and steps == ["Never let anybody else close these"]
        assert "«tag:vip» is called «Never let anybody else close these» now" in rule.problem
        page = signed_in(admin).get("/settings/rules/").content.decode()
        assert "can&#39;t be written here" in page


@pytest.mark.parametrize("text", ["tag:no", "team:vip", "vip", "-tag:vips", "tag:'vip'"])
def test_what_names_something_else_stays_as_it_is(text: str) -> None:
    assert renamed(text, "tag", "no" if text == "tag:no" else "vip", "dear") == text


@pytest.mark.parametrize("name", ["None", "nobody", 'The "late" ones', "", "x" * 500])
def test_a_name_that_would_mean_something_else_is_not_written(name: str) -> None:
    with pytest.raises(Refusal, match="can't be written here"):
        renamed("is:open -tag:vip", "tag", "VIP", name)
