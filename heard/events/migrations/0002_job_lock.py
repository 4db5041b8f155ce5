"""An index that procrastinate lacks: the jobs that wait behind another, by their lock."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS heard_jobs_by_lock ON procrastinate_jobs (lock)"
            " WHERE status IN ('todo', 'doing')",
            "DROP INDEX IF EXISTS heard_jobs_by_lock",
        ),
    ]
