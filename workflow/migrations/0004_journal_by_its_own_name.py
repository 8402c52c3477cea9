from django.db import migrations

MAKE = "ALTER FUNCTION station_follows_journal() SET search_path = public, pg_temp"
DROP = "ALTER FUNCTION station_follows_journal() RESET search_path"


class Migration(migrations.Migration):
    """The station is held to the journal itself, never to a session's temporary table of the same name."""

    dependencies = [("workflow", "0003_answers_are_kept")]

    operations = [migrations.RunSQL(MAKE, DROP)]
