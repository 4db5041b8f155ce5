import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Max

STEP = 1_000

# One configuration for each language PostgreSQL has, which leaves accents out of account.
LANGUAGES = """
DO $$
DECLARE known text;
BEGIN
    FOR known IN SELECT cfgname FROM pg_ts_config
        WHERE cfgnamespace = 'pg_catalog'::regnamespace LOOP
        EXECUTE format('CREATE TEXT SEARCH CONFIGURATION heard_%s (COPY = pg_catalog.%s)',
            known, known);
        EXECUTE format('ALTER TEXT SEARCH CONFIGURATION heard_%s ALTER MAPPING'
            ' FOR word, hword, hword_part WITH public.unaccent, %s',
            known, CASE known WHEN 'simple' THEN 'simple' ELSE known || '_stem' END);
    END LOOP;
END $$
"""
NO_LANGUAGES = """
DO $$
DECLARE known text;
BEGIN
    FOR known IN SELECT cfgname FROM pg_ts_config WHERE cfgname LIKE 'heard\\_%' LOOP
        EXECUTE format('DROP TEXT SEARCH CONFIGURATION %I', known);
    END LOOP;
END $$
"""
# What is joined within a name, as in LF-2041 or ines@joinery.example, is kept apart: its parts
# are what people remember.
FINDABLE = r"""
CREATE FUNCTION heard_parted(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT regexp_replace(translate($1, '-/@_<>', '      '), '\.(?=[[:alpha:]])', ' ', 'g') $$;
CREATE FUNCTION heard_findable(language text, author text, subject text, files text, body text)
RETURNS tsvector LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE config regconfig := ('heard_' || language)::regconfig;
BEGIN
    RETURN setweight(to_tsvector(config, heard_parted(left(coalesce(author, ''), 1000))), 'A')
        || setweight(to_tsvector(config, heard_parted(left(coalesce(subject, ''), 1000))), 'B')
        || setweight(to_tsvector(config, heard_parted(left(coalesce(files, ''), 5000))), 'C')
        || setweight(to_tsvector(config, heard_parted(left(coalesce(body, ''), 200000))), 'D');
END $$
"""
NO_FINDABLE = "DROP FUNCTION heard_findable; DROP FUNCTION heard_parted"

# What was kept before is found too. The language of an older letter is its author's, if known.
KEEP = """
INSERT INTO inbox_findable (message_id, conversation_id, at, language, words)
SELECT message.id, message.conversation_id, message.at, 'english', heard_findable('english',
    message.author_name || ' ' || message.author_address, message.subject,
    (SELECT string_agg(file.name, ' ') FROM inbox_attachment AS file
        WHERE file.message_id = message.id AND NOT file.inline), message.text)
FROM inbox_message AS message
WHERE message.id >= %s AND message.id < %s AND message.kind <> 'system'
ON CONFLICT (message_id) DO NOTHING
"""


def keep_all(apps, schema_editor):
    last = apps.get_model("inbox", "Message").objects.aggregate(last=Max("pk"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("INSERT INTO inbox_searchlanguage VALUES ('english') ON CONFLICT DO NOTHING")
        for first in range(0, last + 1, STEP):
            cursor.execute(KEEP, [first, first + STEP])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("inbox", "0007_following"), ("contacts", "0002_pieces")]

    operations = [
        migrations.RunSQL(LANGUAGES, NO_LANGUAGES),
        migrations.RunSQL(FINDABLE, NO_FINDABLE),
        migrations.CreateModel(
            name="SearchLanguage",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("message", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to="inbox.message")),
                ("at", models.DateTimeField()),
                ("language", models.CharField(max_length=20)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="inbox.conversation")),
            ],
        ),
        migrations.RunPython(keep_all, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            "findable",
            django.contrib.postgres.indexes.GinIndex(fields=["words"], name="findable_words"),
        ),
        AddIndexConcurrently(
            "findable", models.Index(fields=["-at", "-message"], name="findable_newest")
        ),
    ]
