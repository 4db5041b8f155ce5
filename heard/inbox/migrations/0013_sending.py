import django.db.models.deletion
import heard.inbox.models.attachment
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0001_initial'),
        ('inbox', '0012_seen_lately'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255)),
                ('content_type', models.CharField(max_length=120)),
                ('size', models.PositiveBigIntegerField()),
                ('content_id', models.CharField(blank=True, max_length=255)),
                ('inline', models.BooleanField(default=False)),
                ('file', models.FileField(max_length=120, upload_to=heard.inbox.models.attachment.place)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='KeptDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'Reply'), ('note', 'Note')], max_length=5)),
                ('text', models.TextField(blank=True)),
                ('to', models.TextField(null=True)),
                ('cc', models.TextField(null=True)),
                ('bcc', models.TextField(blank=True, default='')),
                ('quote', models.BooleanField(null=True)),
                ('forwards', models.BooleanField(default=False)),
                ('seen', models.BigIntegerField(default=0)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('writing_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='forwards',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='message',
            name='leaves_anyway',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='message',
            name='leaves_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='leaves_said',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AddField(
            model_name='message',
            name='leaves_zone',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddField(
            model_name='message',
            name='then',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='took',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='participant',
            name='aside',
            # Participants are written by a statement of our own, which names no such column.
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('received', 'Received'), ('planned', 'Leaves at its time'), ('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('bounced', 'Bounced'), ('failed', 'Not sent')], default='received', max_length=10),
        ),
        migrations.AddField(
            model_name='keptdraft',
            name='answers',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='inbox.message'),
        ),
        migrations.AddField(
            model_name='keptdraft',
            name='continued_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keptdraft',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='inbox.conversation'),
        ),
        migrations.AddField(
            model_name='keptdraft',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='draftfile',
            name='draft',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='inbox.keptdraft'),
        ),
        migrations.AddField(
            model_name='presence',
            name='conversation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inbox.conversation'),
        ),
        migrations.AddField(
            model_name='presence',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='keptdraft',
            index=models.Index(fields=['at'], name='draft_by_age'),
        ),
        migrations.AddConstraint(
            model_name='keptdraft',
            constraint=models.UniqueConstraint(fields=('conversation', 'user', 'kind'), name='draft_once'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(fields=['at'], name='presence_by_age'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('conversation', 'user'), name='presence_once'),
        ),
        # Rewritten every minute by every open page, and worth nothing after a crash.
        migrations.RunSQL(
            'ALTER TABLE inbox_presence SET UNLOGGED',
            'ALTER TABLE inbox_presence SET LOGGED',
        ),
    ]
