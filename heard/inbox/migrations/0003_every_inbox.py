from django.db import migrations
from django.db.models import Max

STEP = 10_000
# In steps, each its own transaction: a long one would hold up every letter that comes meanwhile.
EVERY_INBOX = """
UPDATE inbox_conversation SET
    inbox_ids = ARRAY[inbox_id] || ARRAY(
        SELECT also.inbox_id FROM inbox_conversation_also_in AS also
        WHERE also.conversation_id = inbox_conversation.id
            AND also.inbox_id <> inbox_conversation.inbox_id
        ORDER BY also.id),
    has_files = EXISTS (
        SELECT 1 FROM inbox_message AS message
        JOIN inbox_attachment AS file ON file.message_id = message.id
        WHERE message.conversation_id = inbox_conversation.id)
WHERE id >= %s AND id < %s AND inbox_ids = '{}'
"""


def tell_every_inbox(apps, schema_editor):
    last = apps.get_model("inbox", "Conversation").objects.aggregate(last=Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for first in range(0, last + 1, STEP):
            cursor.execute(EVERY_INBOX, [first, first + STEP])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inbox", "0002_team_inbox")]

    operations = [
        migrations.RunPython(tell_every_inbox, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="conversation", name="also_in"),
    ]
