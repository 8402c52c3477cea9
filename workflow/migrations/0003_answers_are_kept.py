from django.db import migrations

MAKE = """
CREATE FUNCTION workflow_answer_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'answer % is given and is not changed', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER answer_is_kept BEFORE UPDATE OR DELETE ON workflow_roundanswer
    FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL) EXECUTE FUNCTION workflow_answer_is_kept();
"""
DROP = """
DROP TRIGGER answer_is_kept ON workflow_roundanswer;
DROP FUNCTION workflow_answer_is_kept();
"""


class Migration(migrations.Migration):
    """An answer that has been given is a received document: the database lets nothing change or remove it."""

    dependencies = [("workflow", "0002_station_follows_journal")]

    operations = [migrations.RunSQL(MAKE, DROP)]
