"""PostgreSQL knows how frequent ten thousand words are, instead of a thousand.

Of a word it does not know it guesses too much, and then walks through all conversations, the newest
first, for a number that stands in one letter: twelve seconds in a million, five milliseconds since.
"""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """None of it holds up who reads or writes."""

    dependencies = [("inbox", "0016_unplaced_tried_at")]

    operations = [
        # Search goes by the order of its list.
        migrations.RemoveIndex(model_name="findable", name="findable_newest"),
        migrations.RunSQL(
            "ALTER TABLE inbox_findable ALTER COLUMN words SET STATISTICS 1000;"
            " ANALYZE inbox_findable (words);",
            "ALTER TABLE inbox_findable ALTER COLUMN words SET STATISTICS -1;",
        ),
    ]
