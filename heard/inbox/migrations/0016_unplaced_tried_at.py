"""Those that could be given to nobody are tried in turn."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that is empty at first, on a table of few rows."""

    dependencies = [("inbox", "0015_ways")]

    operations = [
        migrations.AddField(
            model_name="unplaced", name="tried_at", field=models.DateTimeField(null=True)
        ),
    ]
