"""Of those who could take a conversation, one is chosen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heard.accounts.models import Team, User
from heard.inbox.candidates import Candidate, choose

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def people(number: int) -> list[User]:
    return [User(pk=pk, name=f"Person {pk}") for pk in range(1, number + 1)]


states = st.lists(
    st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9), st.integers(0, 50)),
    min_size=1,
    max_size=8,
)


@given(states, st.sampled_from([Team.Way.TURN, Team.Way.LOAD]))
def test_whoever_is_chosen_has_room_and_nobody_was_nearer(
    state: list[tuple[int, int | None, int]], way: Team.Way
) -> None:
    found = [
        Candidate(one, open_now, most, NOON + timedelta(minutes=given_at))
        for one, (open_now, most, given_at) in zip(people(len(state)), state, strict=True)
    ]
    choice = choose(Team(assign_by=way), found, None)
    free = [one for one in found if one.has_room]
    assert (choice is None) == (not free)
    if choice is not None:
        taken = next(one for one in free if one.person.pk == choice.person.pk)
        if way == Team.Way.LOAD:
            assert taken.open == min(one.open for one in free)
        else:
            assert taken.given_at == min(one.given_at for one in free)
