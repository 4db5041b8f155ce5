"""A backup is whole or refused, and what comes back is what was kept."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from heard.ground import backup, home, postgres


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with a letter and a file in it, its database running for this file's tests."""
    at = tmp_path_factory.mktemp("kept")
    (home.files(at) / "photo.txt").write_text("a picture in words")
    home.secret_key(at)
    with postgres.running(at) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE letter (id serial PRIMARY KEY, said text)")
            connection.execute("INSERT INTO letter (said) VALUES ('Grüße 👋')")
        yield at


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Another home, its database running."""
    at = tmp_path_factory.mktemp("other")
    with postgres.running(at):
        yield at


@pytest.fixture(scope="module")
def copy(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the kept home."""
    target = tmp_path_factory.mktemp("copies") / "monday"
    with pytest.MonkeyPatch.context() as here:
        here.setenv("HEARD_HOME", str(kept))
        here.delenv("DATABASE_URL", raising=False)
        backup.backup(target)
    return target


@pytest.fixture(autouse=True)
def in_another_home(other: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("HEARD_HOME", str(other))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield
    with psycopg.connect(postgres.dsn(other)) as connection:
        connection.execute("DROP TABLE IF EXISTS letter, scrap")
    for path in home.files(other).iterdir():
        path.unlink()


def letters(at: Path) -> list[tuple[str]]:
    with psycopg.connect(postgres.dsn(at)) as connection:
        return connection.execute("SELECT said FROM letter").fetchall()


def test_everything_comes_back(copy: Path, kept: Path, other: Path) -> None:
    backup.restore(copy)
    assert letters(other) == [("Grüße 👋",)]
    assert (other / "files" / "photo.txt").read_text() == "a picture in words"
    assert home.secret_key(other) == home.secret_key(kept)


def test_numbers_go_on_where_they_were(copy: Path, other: Path) -> None:
    backup.restore(copy)
    with psycopg.connect(postgres.dsn(other)) as connection:
        query = "INSERT INTO letter (said) VALUES ('next') RETURNING id"
        assert connection.execute(query).fetchone() == (2,)


def test_the_manifest_names_version_time_and_every_file(copy: Path) -> None:
    said = json.loads((copy / "manifest.json").read_text())
    assert set(said["files"]) == {"database.dump", "files/photo.txt", "secret_key"}
    assert said["heard"] and said["made_at"].endswith("+00:00")


def test_a_backup_is_closed_to_others(copy: Path) -> None:
    assert copy.stat().st_mode & 0o077 == 0


def test_what_is_there_is_not_replaced_unasked(copy: Path, other: Path) -> None:
    (home.files(other) / "mine.txt").write_text("mine")
    with pytest.raises(backup.CopyError, match="--force"):
        backup.restore(copy)
    assert (other / "files" / "mine.txt").read_text() == "mine"


def test_force_replaces_tables_and_files(copy: Path, other: Path) -> None:
    (home.files(other) / "mine.txt").write_text("mine")
    with psycopg.connect(postgres.dsn(other)) as connection:
        connection.execute("CREATE TABLE scrap ()")
    backup.restore(copy, force=True)
    assert letters(other) == [("Grüße 👋",)]
    assert [path.name for path in (other / "files").iterdir()] == ["photo.txt"]
    with psycopg.connect(postgres.dsn(other)) as connection:
        assert connection.execute("SELECT to_regclass('scrap')").fetchone() == (None,)


def test_a_restore_that_fails_leaves_the_old_database(copy: Path, other: Path) -> None:
    with psycopg.connect(postgres.dsn(other)) as connection:
        connection.execute("CREATE TABLE scrap ()")
    dump = copy / "database.dump"
    whole = dump.read_bytes()
    manifest = (copy / "manifest.json").read_text()
    try:
        dump.write_bytes(whole[: len(whole) // 2])
        said = json.loads(manifest)
        said["files"] = backup._digests(copy)  # damaged before it was counted
        (copy / "manifest.json").write_text(json.dumps(said))
        with pytest.raises(backup.CopyError, match="pg_restore did not finish"):
            backup.restore(copy, force=True)
    finally:
        dump.write_bytes(whole)
        (copy / "manifest.json").write_text(manifest)
    with psycopg.connect(postgres.dsn(other)) as connection:
        assert connection.execute("SELECT to_regclass('scrap')").fetchone() == ("scrap",)
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
    assert not [name for (name,) in names if "restored" in name or "replaced" in name]


@pytest.mark.parametrize("damage", ["database.dump", "files/photo.txt", "secret_key"])
def test_a_damaged_file_is_named_before_anything_changes(
    copy: Path, other: Path, damage: str
) -> None:
    whole = (copy / damage).read_bytes()
    (copy / damage).write_bytes(whole + b"!")
    try:
        with pytest.raises(backup.CopyError, match=damage):
            backup.restore(copy)
    finally:
        (copy / damage).write_bytes(whole)
    assert not (other / "files" / "photo.txt").exists()


@pytest.mark.parametrize("said", ["", "{}", '{"format": 1}', "[1]"])
def test_a_folder_that_is_no_backup_is_refused(tmp_path: Path, said: str) -> None:
    (tmp_path / "manifest.json").write_text(said)
    with pytest.raises(backup.CopyError, match="holds no backup"):
        backup.restore(tmp_path)


def test_a_folder_with_something_in_it_is_not_overwritten(copy: Path) -> None:
    with pytest.raises(backup.CopyError, match="Name a new folder"):
        backup.backup(copy)


def test_a_backup_of_a_database_out_of_reach_leaves_no_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann@/desk?host=%2Fnowhere")
    with pytest.raises(backup.CopyError, match="nowhere"):
        backup.backup(tmp_path / "half")
    assert list(tmp_path.iterdir()) == []


def test_a_running_heard_is_not_restored_under(copy: Path, other: Path) -> None:
    with home.held(other, "serve"), pytest.raises(backup.CopyError, match="is in use"):
        backup.restore(copy)
