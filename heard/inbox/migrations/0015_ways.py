import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inbox", "0014_planned_letters")]

    operations = [
        AddIndexConcurrently(
            model_name="conversation",
            index=models.Index(fields=["-last_at", "-id"], name="conversation_newest"),
        ),
        AddIndexConcurrently(
            model_name="conversation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["inbox_ids", "tag_ids"],
                name="conversation_open",
                condition=models.Q(status="open"),
            ),
        ),
    ]
