import django.contrib.postgres.indexes
import django.db.models.expressions
from django.contrib.postgres.operations import (
    AddIndexConcurrently,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations
from django.db.models import F, Func

# unaccent() alone may not stand in an index, because its dictionary could be changed; we don't.
PLAIN = """
CREATE FUNCTION heard_plain(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT lower(public.unaccent('public.unaccent', $1)) $$
"""


def pieces(field):
    plain = Func(F(field), function="heard_plain")
    return django.contrib.postgres.indexes.OpClass(plain, name="gin_trgm_ops")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0001_initial")]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(PLAIN, "DROP FUNCTION heard_plain"),
        AddIndexConcurrently(
            "contact",
            django.contrib.postgres.indexes.GinIndex(pieces("name"), name="contact_pieces"),
        ),
        AddIndexConcurrently(
            "identity",
            django.contrib.postgres.indexes.GinIndex(pieces("address"), name="identity_pieces"),
        ),
    ]
