"""What is open and waits, has been asked or falls due: counted for every page, so by an index."""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


def over_open(field: str) -> AddIndexConcurrently:
    """An index over the open conversations that have this time; nobody waits for its making."""
    meant = models.Q(**{f"{field}__isnull": False}, status="open")
    index = models.Index(fields=[field, "id"], name=f"open_{field}", condition=meant)
    return AddIndexConcurrently(model_name="conversation", index=index)


class Migration(migrations.Migration):
    """Outside of a transaction, as such an index is made."""

    atomic = False
    dependencies = [("inbox", "0017_known_words")]
    operations = [over_open(field) for field in ("waiting_since", "asked_at", "level_due")]
