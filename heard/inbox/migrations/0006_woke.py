from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("inbox", "0005_handing_out")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="woke_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("time", "Its time has come"),
                    ("answer", "The customer wrote"),
                    ("failed", "A letter of ours could not leave"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
