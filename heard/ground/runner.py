"""Who runs the database: ourselves, or when we are root someone else who may reach the data."""

import os
import pwd
import sys
from pathlib import Path

from heard.ground import leash
from heard.ground.binaries import NoPostgres

Runner = pwd.struct_passwd | None  # None: we ourselves, as an ordinary user


def choose(at: Path) -> Runner:
    """Return the user to become when we are root, because PostgreSQL refuses to run as root.

    It is the owner of the home; when that is root too: heard-postgres where it exists, or nobody.
    """
    if os.geteuid() != 0:
        return None
    if at.exists() and (owner := _user(at.stat().st_uid)) and owner.pw_uid != 0:
        return owner
    for each in ("heard-postgres", "nobody"):
        if found := _user(each):
            return found
    raise NoPostgres("PostgreSQL may not run as root. Create the user heard-postgres.")


def _user(key: str | int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(key) if isinstance(key, str) else pwd.getpwuid(key)
    except KeyError:
        return None


def name(at: Path) -> str:
    """Return the name of the user whom the database runs as."""
    who = choose(at)
    return who.pw_name if who else pwd.getpwuid(os.geteuid()).pw_name


def give(path: Path, who: Runner) -> None:
    """Hand a tree to the runner, where it is not theirs yet (another user ran Heard before)."""
    if who is None:
        return
    for each in (path, *path.rglob("*")):
        if each.lstat().st_uid != who.pw_uid:
            os.chown(each, who.pw_uid, who.pw_gid, follow_symlinks=False)


def command(words: list[str], data: Path, who: Runner) -> list[str]:
    """Return the leashed command that works in `data` as `who`; raises NoPostgres if it cannot."""
    if who is None:
        return leash.leashed(words, signal_name="SIGINT")
    reachable = _may_reach(data, who) and _may_reach(Path(words[0]), who)
    if not reachable and not sys.platform.startswith("linux"):
        raise NoPostgres(
            f"PostgreSQL may not run as root, and {who.pw_name} cannot reach {data}. "
            "Run Heard as an ordinary user, or set DATABASE_URL."
        )
    user = (who.pw_uid, who.pw_gid)
    return leash.leashed(words, signal_name="SIGINT", user=user, passes=not reachable)


def _may_reach(path: Path, who: pwd.struct_passwd) -> bool:
    """Say whether the runner may pass every directory above `path`."""
    return all(_may_pass(parent, who) for parent in path.parents)


def _may_pass(folder: Path, who: pwd.struct_passwd) -> bool:
    found = folder.stat()
    if found.st_uid == who.pw_uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == who.pw_gid:
        return bool(found.st_mode & 0o010)
    return bool(found.st_mode & 0o001)
