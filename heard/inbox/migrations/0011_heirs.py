import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("inbox", "0010_bulk")]

    operations = [
        migrations.CreateModel(
            name="Heir",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_id", models.BigIntegerField(unique=True)),
                ("token", models.CharField(max_length=32, unique=True)),
                ("subject", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("was", models.JSONField(default=dict)),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="inherited", to="inbox.conversation")),
            ],
            options={"ordering": ["-at"]},
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("first", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="inbox.conversation")),
                ("second", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="inbox.conversation")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="link_once"),
                    models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="link_in_order"),
                ],
            },
        ),
    ]
