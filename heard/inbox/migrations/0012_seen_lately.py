from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inbox", "0011_heirs")]

    operations = [
        AddIndexConcurrently(
            model_name="seen",
            index=models.Index(fields=["user", "-at", "-id"], name="seen_lately"),
        ),
    ]
