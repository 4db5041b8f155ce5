
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_calendars'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='undo_seconds',
            field=models.PositiveSmallIntegerField(default=10, verbose_name='undo sending'),
        ),
    ]
