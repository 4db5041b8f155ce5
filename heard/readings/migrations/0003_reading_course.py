from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('readings', '0002_remove_upto'),
    ]

    operations = [
        migrations.AddField(
            model_name='reading',
            name='course',
            field=models.JSONField(default=dict),
        ),
    ]
