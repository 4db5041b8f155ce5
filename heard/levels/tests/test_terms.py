"""Clocks start, stop and rest as the conversation goes, and no time is lost or gained by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.accounts.hours import Hours, always
from heard.levels.course import Happening, Kind, What, runs
from heard.levels.terms import Allowed, Term, terms

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OFFICE = Hours(ZoneInfo("Europe/London"), (((540, 1020),),) * 5 + ((),) * 2)
ALL = Allowed({Kind.FIRST: 4 * HOUR, Kind.NEXT: 2 * HOUR, Kind.RESOLUTION: 8 * HOUR})
SHORT = {one.value: one for one in What}


def at(written: str) -> datetime:
    """A day of March 2026 and a time in London: "2 09:30" is Monday 2 March."""
    day, clock = written.split()
    return datetime.fromisoformat(f"2026-03-{int(day):02}T{clock}").replace(
        tzinfo=ZoneInfo("Europe/London")
    )


def story(told: str) -> list[Happening]:
    """«2 09:00 asked, 2 10:00 answered»."""
    lines = (line.strip().rsplit(" ", 1) for line in told.split(",") if line.strip())
    return [Happening(at(when), SHORT[what]) for when, what in lines]


def worked_out(
    told: str, now: str = "31 12:00", allowed: Allowed = ALL, hours: Hours = OFFICE
) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {kind.value: [] for kind in Kind}
    for term in terms(story(told), allowed, hours, at(now)):
        found[term.kind].append(term)
    return found


def said(term: Term) -> str:
    """How a term stands, in a word."""
    if term.missed:
        return "missed"
    if term.ended:
        return "dropped" if term.dropped else "met"
    return "held" if term.is_held else "running"


@pytest.mark.parametrize(
    ("told", "first", "next_", "done"),
    [
        ("2 09:00 asked", "missed", "", "missed"),
        ("2 09:00 asked, 2 10:00 answered", "met", "", "held"),
        ("2 09:00 asked, 2 13:00 answered", "met", "", "held"),  # on the minute
        ("2 09:00 asked, 2 13:01 answered", "missed", "", "held"),
        ("2 16:00 asked, 3 11:59 answered", "met", "", "held"),  # over the night
        ("6 16:00 asked, 9 12:01 answered", "missed", "", "held"),  # over the weekend
        ("2 09:00 asked, 2 09:30 asked, 2 10:00 answered", "met", "", "held"),
        ("2 09:00 asked, 2 10:00 closed", "dropped", "", "met"),
        ("2 09:00 asked, 2 14:00 closed", "missed", "", "met"),
        ("2 09:00 asked, 2 10:00 answered, 3 09:00 closed", "met", "", "met"),
        ("2 09:00 answered, 2 10:00 asked, 2 11:00 answered", "", "met", "held"),
        ("2 09:00 asked, 2 10:00 answered, 3 09:00 asked", "met", "missed", "missed"),
        (
            "2 09:00 asked, 2 10:00 answered, 3 09:00 asked, 3 10:00 answered",
            "met",
            "met",
            "held",
        ),
        ("2 09:00 asked, 2 09:30 put-off", "held", "", "held"),
        ("2 09:00 asked, 2 09:30 put-off, 5 09:00 back, 5 10:00 answered", "met", "", "held"),
        ("2 09:00 asked, 2 09:30 put-off, 5 09:00 asked, 5 13:00 answered", "missed", "", "held"),
        ("2 09:00 asked, 2 09:30 back, 5 09:00 answered", "missed", "", "missed"),
        ("2 09:00 answered", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_what_becomes_of_a_conversation(told: str, first: str, next_: str, done: str) -> None:
    found = worked_out(told)
    ends = {kind: ", ".join(map(said, many)) for kind, many in found.items()}
    assert ends == {"first": first, "next": next_, "resolution": done}


def test_only_our_own_time_counts_until_it_is_done() -> None:
    told = "2 09:00 asked, 2 12:00 answered, 6 09:00 asked, 6 12:00 answered, 9 09:00 asked"
    (done,) = worked_out(told, now="9 09:30")["resolution"]
    assert done.due == at("9 11:00")  # three hours, three hours, and two are left
    assert done.held == (
        (at("2 12:00"), at("6 09:00")),
        (at("6 12:00"), at("9 09:00")),
    )


def test_a_clock_that_does_not_pause_runs_while_we_wait() -> None:
    allowed = Allowed({Kind.RESOLUTION: 8 * HOUR}, pause=False)
    told = "2 09:00 asked, 2 12:00 answered, 2 13:00 put-off"
    (done,) = worked_out(told, "2 15:00", allowed)["resolution"]
    assert (said(done), done.due) == ("running", at("2 17:00"))


def test_a_kind_without_a_time_is_not_measured() -> None:
    allowed = Allowed({Kind.NEXT: HOUR})
    found = worked_out("2 09:00 asked, 2 10:00 answered, 2 11:00 asked", allowed=allowed)
    assert [len(many) for many in found.values()] == [0, 1, 0]


def test_closed_by_mistake_goes_on_where_it_stopped() -> None:
    told = "2 09:00 asked, 2 10:00 closed, 3 10:00 reopened"
    found = worked_out(told, now="3 10:30")
    assert [said(term) for term in found["first"]] == ["running"]
    assert found["first"][0].due == at("3 13:00")
    assert [term.due for term in found["resolution"]] == [at("3 17:00")]


def test_a_letter_that_opens_it_again_begins_anew() -> None:
    told = "2 09:00 asked, 2 10:00 answered, 2 11:00 closed, 9 09:00 asked"
    found = worked_out(told, now="9 09:30")
    assert [said(term) for term in found["resolution"]] == ["met", "running"]
    assert found["resolution"][1].due == at("9 17:00")
    assert found["next"][0].due == at("9 11:00")


def test_the_answer_is_due_while_clocks_go_forward() -> None:
    found = terms([Happening(at("27 16:00"), What.ASKED)], ALL, OFFICE, at("27 16:30"))
    assert found[0].due == datetime(2026, 3, 30, 11, 0, tzinfo=UTC)  # 12:00 in summer time


@pytest.mark.parametrize(
    ("asked", "warn", "least"),
    [
        ("2 09:00", "2 12:12", 0),  # a fifth of four hours
        ("2 16:00", "3 11:12", 0),
        ("2 09:00", "2 12:00", 60),  # as the policy says
        ("2 09:00", "2 09:00", 600),  # never before it began
    ],
)
def test_a_breach_is_announced_before_it_happens(asked: str, warn: str, least: int) -> None:
    allowed = Allowed({Kind.FIRST: 4 * HOUR}, warn=least * MINUTE)
    (term,) = terms([Happening(at(asked), What.ASKED)], allowed, OFFICE, at(asked))
    assert term.warn == at(warn)


@pytest.mark.parametrize(
    ("asked", "warn"),
    [
        ("2 14:00", "2 16:30"),  # due at 18:00, and they leave at 17:00
        ("2 16:50", "2 16:50"),  # hardly any time before they leave
        ("3 02:00", "3 02:00"),  # due at 06:00: nobody will be there at all
        ("3 09:00", "3 12:12"),  # they are there when it is due
    ],
)
def test_a_term_that_ends_while_nobody_is_there_is_announced_before_they_leave(
    asked: str, warn: str
) -> None:
    allowed = Allowed({Kind.FIRST: 4 * HOUR})
    (term,) = terms(
        [Happening(at(asked), What.ASKED)], allowed, always(), at(asked), presence=OFFICE
    )
    assert term.warn == at(warn)


def test_what_ran_out_before_it_was_put_off_stays_missed() -> None:
    (first,) = worked_out("2 09:00 asked, 2 14:00 put-off")["first"]
    assert (first.due, first.missed, first.warn is not None) == (
        at("2 13:00"),
        at("2 13:00"),
        False,
    )


def test_hours_that_never_leave_time_promise_nothing() -> None:
    shut = Hours(ZoneInfo("UTC"), ((),) * 7, frozenset({date(2026, 3, 2)}))
    (first, done) = terms([Happening(at("2 09:00"), What.ASKED)], ALL, shut, at("9 09:00"))
    assert (first.due, first.missed, done.due) == (None, None, None)


happenings = st.lists(
    st.builds(
        Happening,
        st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 15)).map(
            lambda one: one.replace(microsecond=0, tzinfo=UTC)
        ),
        st.sampled_from(What),
    ),
    max_size=14,
)
calendars = st.sampled_from([OFFICE, always()])


@given(happenings, calendars, st.booleans())
def test_time_runs_or_is_held_and_never_both(
    told: list[Happening], hours: Hours, pause: bool
) -> None:
    allowed = Allowed(ALL.times, pause=pause)
    now = datetime(2026, 5, 1, tzinfo=UTC)
    for run, term in zip(runs(told, pause=pause), terms(told, allowed, hours, now), strict=True):
        edges = sorted([*run.spans, *term.held], key=lambda span: span[0])
        end = run.started
        for start, stop in edges:
            assert start in (end, stop)
            end = stop or now
        assert end in (run.ended, now) or not run.spans
        if term.due and run.ended is None and run.is_running:
            used = sum((hours.between(a, b or term.due) for a, b in run.spans), timedelta())
            assert used == ALL.times[run.kind] or term.due <= run.spans[-1][0]
        if term.warn:
            assert run.started <= term.warn <= (term.due or now)


@given(happenings, calendars)
def test_what_comes_later_changes_nothing_that_has_ended(
    told: list[Happening], hours: Hours
) -> None:
    told = sorted(told, key=lambda one: one.at)
    now = datetime(2026, 5, 1, tzinfo=UTC)
    for cut in range(len(told)):
        before = [one for one in terms(told[:cut], ALL, hours, now) if one.ended]
        after = {(one.kind, one.started): one for one in terms(told, ALL, hours, now)}
        for term in before:
            later = after[term.kind, term.started]
            # What a closing ended may be taken up again; an answer is an answer.
            assert (
                later == term
                or term.dropped
                or term.kind == Kind.RESOLUTION
                or later.ended != term.ended
            )


def test_what_was_answered_while_closed_waits_for_no_answer_when_taken_up_again() -> None:
    told = "2 09:00 asked, 2 09:10 closed, 2 09:20 answered, 2 09:30 reopened, 2 09:40 asked"
    still = [run.kind for run in runs(story(told)) if run.ended is None]
    assert still == [Kind.RESOLUTION, Kind.NEXT]


@given(happenings)
def test_one_clock_for_an_answer_runs_at_a_time(told: list[Happening]) -> None:
    found = runs(told)
    for kinds in ((Kind.FIRST, Kind.NEXT), (Kind.RESOLUTION,)):
        open_ones = [run for run in found if run.kind in kinds and run.ended is None]
        assert len(open_ones) <= 1
