from django.db import migrations

MAKE = """
CREATE FUNCTION station_follows_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint;
    held text;
    recorded text;
BEGIN
    IF TG_TABLE_NAME = 'satsningar_satsning' THEN which := NEW.id; ELSE which := NEW.satsning_id; END IF;
    SELECT station INTO held FROM satsningar_satsning WHERE id = which;
    SELECT to_station INTO recorded FROM workflow_journalentry
        WHERE satsning_id = which ORDER BY number DESC LIMIT 1;
    IF held IS DISTINCT FROM recorded THEN
        RAISE EXCEPTION 'satsning % stands at %, but its newest journal entry says %', which, held, recorded
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'station_follows_journal';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER station_follows_journal AFTER INSERT OR UPDATE OF station ON satsningar_satsning
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION station_follows_journal();

CREATE CONSTRAINT TRIGGER journal_follows_station AFTER INSERT ON workflow_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.satsning_id IS NOT NULL)
    EXECUTE FUNCTION station_follows_journal();
"""

DROP = """
DROP TRIGGER journal_follows_station ON workflow_journalentry;
DROP TRIGGER station_follows_journal ON satsningar_satsning;
DROP FUNCTION station_follows_journal();
"""


class Migration(migrations.Migration):
    """The database itself holds a case's station to the newest entry of the journal."""

    dependencies = [("workflow", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, DROP)]
