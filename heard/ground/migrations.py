"""The state of the database's tables: what is behind, and bringing it up to date."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def behind() -> list[str]:
    """Return the migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def apply() -> None:
    """Bring the tables up to date; does nothing when they are."""
    if missing := behind():
        print(f"applying {len(missing)} migrations", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
