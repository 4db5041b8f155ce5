"""The embedded database: made once, found alive, back after a crash, never shared by accident."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from heard.ground import binaries, cluster, home, postgres


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a database in it, made once for this file."""
    at = tmp_path_factory.mktemp("kept")
    with postgres.running(at) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE word (said text)")
        connection.execute("INSERT INTO word VALUES ('Grüße 👋')")
    return at


def start(at: Path) -> subprocess.Popen[bytes]:
    server = subprocess.Popen(cluster.prepare(at))
    postgres.wait(at, server)
    return server


def words(at: Path) -> list[tuple[str]]:
    with psycopg.connect(postgres.dsn(at)) as connection:
        return connection.execute("SELECT said FROM word").fetchall()


def test_words_are_kept_between_starts(kept: Path) -> None:
    with postgres.running(kept):
        assert words(kept) == [("Grüße 👋",)]


def test_a_second_caller_uses_the_one_that_runs(kept: Path) -> None:
    with postgres.running(kept) as first, postgres.running(kept) as second:
        assert first == second


def test_capitals_fold_in_every_language(kept: Path) -> None:
    with postgres.running(kept) as url, psycopg.connect(url) as connection:
        found = connection.execute("SELECT lower('ÄÖÉ'), 'É' ILIKE 'é'").fetchone()
    assert found == ("äöé", True)


def test_the_role_may_not_read_files_of_the_machine(kept: Path) -> None:
    with (
        postgres.running(kept) as url,
        psycopg.connect(url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT pg_read_file('/etc/passwd')")


def test_the_role_may_make_what_search_needs(kept: Path) -> None:
    with postgres.running(kept) as url, psycopg.connect(url) as connection:
        for name in ("pg_trgm", "unaccent", "citext", "btree_gin"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
        connection.rollback()


def test_nothing_listens_on_the_network(kept: Path) -> None:
    with postgres.running(kept) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_alive_means_that_a_connection_works(kept: Path) -> None:
    server = start(kept)
    assert postgres.alive(kept)
    postgres.stop(server)
    assert not postgres.alive(kept)


def test_it_comes_back_after_a_kill_with_every_row(kept: Path) -> None:
    server = start(kept)
    server.kill()
    server.wait()
    again = start(kept)
    assert words(kept) == [("Grüße 👋",)]
    postgres.stop(again)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_a_stale_pid_file_that_names_a_living_stranger_is_no_hindrance(kept: Path) -> None:
    (home.data_directory(kept) / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")
    server = start(kept)
    assert postgres.alive(kept)
    postgres.stop(server)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs the kernel's leash")
def test_it_stops_when_the_parent_is_killed(kept: Path) -> None:
    script = (
        "import subprocess, sys, time; from pathlib import Path;"
        "from heard.ground import cluster, postgres;"
        f"at = Path({str(kept)!r}); server = subprocess.Popen(cluster.prepare(at));"
        "postgres.wait(at, server); print('up', flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert parent.stdout is not None and parent.stdout.readline() == b"up\n"
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 10
    while postgres.alive(kept) and time.monotonic() < end:
        time.sleep(0.05)
    assert not postgres.alive(kept)


def test_data_of_another_version_is_left_alone_and_the_way_out_is_said(kept: Path) -> None:
    mark = home.data_directory(kept) / "PG_VERSION"
    before = mark.read_text()
    mark.write_text("12\n")
    try:
        with pytest.raises(binaries.NoPostgres, match="made by PostgreSQL 12"):
            cluster.prepare(kept)
    finally:
        mark.write_text(before)


def test_half_a_cluster_is_made_again(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with postgres.running(tmp_path):
        assert not half.exists()


@pytest.mark.parametrize("letters", [1, 60, 90, 200])
def test_the_socket_path_is_short_enough_for_any_home(tmp_path: Path, letters: int) -> None:
    at = tmp_path / ("x" * letters)
    socket = home.socket_directory(at) / ".s.PGSQL.5432"
    assert len(os.fsencode(socket)) < 104
    assert postgres.parse(postgres.dsn(at))["host"] == str(socket.parent)


def test_a_long_home_checks_who_answers() -> None:
    assert "requirepeer" in postgres.parse(postgres.dsn(Path("/home") / ("x" * 120)))


def test_a_database_runs_in_a_home_with_a_long_name(tmp_path: Path) -> None:
    at = tmp_path / ("long-" * 24)
    with postgres.running(at) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("heard",)
    for each in home.socket_directory(at).iterdir():
        each.unlink()
    home.socket_directory(at).rmdir()


def test_someone_elses_socket_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "socket_directory", lambda _at: Path("/"))
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    with pytest.raises(binaries.NoPostgres, match="belongs to someone else"):
        cluster._socket_directory(tmp_path, None)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (
            "postgresql://ann:p%40ss@db.example:5433/desk",
            {"user": "ann", "password": "p@ss", "host": "db.example", "port": "5433"},
        ),
        ("postgresql:///desk?host=%2Frun%2Fpg", {"host": "/run/pg", "dbname": "desk"}),
        ("postgres://db/desk?sslmode=require", {"sslmode": "require"}),
    ],
)
def test_any_database_url_is_understood(url: str, words: dict[str, str]) -> None:
    assert words.items() <= postgres.parse(url).items()
