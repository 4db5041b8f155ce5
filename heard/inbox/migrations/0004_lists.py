import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inbox", "0003_every_inbox")]

    operations = [
        AddIndexConcurrently(
            model_name='conversation',
            index=models.Index(fields=['team', 'status', '-last_at', '-id'], name='conversation_team'),
        ),
        AddIndexConcurrently(
            model_name='conversation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['inbox_ids'], name='conversation_inboxes'),
        ),
        AddIndexConcurrently(
            model_name='conversation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['tag_ids'], name='conversation_tags'),
        ),
        AddIndexConcurrently(
            model_name='conversation',
            index=models.Index(condition=models.Q(('waiting_since__isnull', False)), fields=['waiting_since', 'id'], name='conversation_waiting_since'),
        ),
        AddIndexConcurrently(
            model_name='conversation',
            index=models.Index(condition=models.Q(('asked_at__isnull', False)), fields=['asked_at', 'id'], name='conversation_asked_at'),
        ),
        AddIndexConcurrently(
            model_name='conversation',
            index=models.Index(condition=models.Q(('level_due__isnull', False)), fields=['level_due', 'id'], name='conversation_level_due'),
        ),
        AddIndexConcurrently(
            model_name='conversation',
            index=models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['snoozed_until', 'id'], name='conversation_snoozed_until'),
        ),
    ]
