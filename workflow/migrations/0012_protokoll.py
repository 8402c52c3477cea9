import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MAKE = """
CREATE FUNCTION workflow_protokoll_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the words of protokoll % are not changed', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER protokoll_is_kept BEFORE DELETE ON workflow_protokoll
    FOR EACH ROW EXECUTE FUNCTION workflow_protokoll_is_kept();
CREATE TRIGGER protokoll_words_are_kept BEFORE UPDATE ON workflow_protokoll
    FOR EACH ROW WHEN (OLD.locked_at IS NOT NULL OR (
        OLD.meeting_id, OLD.number, OLD.content, OLD.sha256, OLD.journal_number, OLD.journal_hash, OLD.made_at,
        OLD.made_by_id
    ) IS DISTINCT FROM (
        NEW.meeting_id, NEW.number, NEW.content, NEW.sha256, NEW.journal_number, NEW.journal_hash, NEW.made_at,
        NEW.made_by_id
    )) EXECUTE FUNCTION workflow_protokoll_is_kept();
"""
DROP = """
DROP TRIGGER protokoll_words_are_kept ON workflow_protokoll;
DROP TRIGGER protokoll_is_kept ON workflow_protokoll;
DROP FUNCTION workflow_protokoll_is_kept();
"""


class Migration(migrations.Migration):
    """Who adjusts; the words of minutes are kept by the database, and everything once they are locked."""

    dependencies = [
        ("workflow", "0011_jobb"),
        ("governance", "0006_moten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="minutes_edition",
            field=models.PositiveIntegerField(default=1, verbose_name="textens utgåva"),
        ),
        migrations.CreateModel(
            name="Justerare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=250, verbose_name="skäl")),
                ("named_at", models.DateTimeField(verbose_name="utsedd")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="justerare", to="workflow.meeting"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.membership"
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.membership",
                        verbose_name="i stället för",
                    ),
                ),
            ],
            options={
                "verbose_name": "justerare",
                "verbose_name_plural": "justerare",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "membership"), name="justerare_once"),
                    models.UniqueConstraint(fields=("meeting", "replaces"), name="justerare_replaced_once"),
                ],
            },
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
