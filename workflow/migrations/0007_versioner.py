import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION station_follows_journal() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    which bigint;
    held record;
    recorded record;
BEGIN
    IF TG_TABLE_NAME = 'satsningar_satsning' THEN which := NEW.id; ELSE which := NEW.satsning_id; END IF;
    SELECT station, version_id INTO held FROM satsningar_satsning WHERE id = which;
    SELECT to_station, version_id INTO recorded FROM workflow_journalentry
        WHERE satsning_id = which ORDER BY number DESC LIMIT 1;
    IF held.station IS DISTINCT FROM recorded.to_station THEN
        RAISE EXCEPTION 'satsning % stands at %, but its newest journal entry says %',
            which, held.station, recorded.to_station
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'station_follows_journal';
    END IF;
    IF held.version_id <> recorded.version_id THEN
        RAISE EXCEPTION 'satsning % follows version %, but its newest journal entry says %',
            which, held.version_id, recorded.version_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'station_follows_journal';
    END IF;
    RETURN NULL;
END $$
"""
BEFORE = """
CREATE OR REPLACE FUNCTION station_follows_journal() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
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
END $$
"""
TRIGGER = """
DROP TRIGGER station_follows_journal ON satsningar_satsning;
CREATE CONSTRAINT TRIGGER station_follows_journal AFTER INSERT OR UPDATE OF {columns} ON satsningar_satsning
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION station_follows_journal()
"""


class Migration(migrations.Migration):
    """The journal keeps which version an act happened in, and the database holds a case's version to it."""

    dependencies = [
        ("governance", "0003_versioner"),
        ("satsningar", "0004_kinds"),
        ("workflow", "0006_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="journalentry",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.arendegangversion",
            ),
        ),
        migrations.AlterField(
            model_name="journalentry",
            name="act",
            field=models.CharField(
                choices=[
                    ("skapa", "skapade satsningen"),
                    ("lamna_in", "lämnade in"),
                    ("ta_upp", "tog upp till beredning"),
                    ("begar_komplettering", "begärde komplettering"),
                    ("lamna_komplettering", "lämnade komplettering"),
                    ("vidare", "skickade vidare"),
                    ("tillbaka", "skickade tillbaka"),
                    ("anmal", "anmälde till beslut"),
                    ("bifall", "biföll"),
                    ("avslag", "avslog"),
                    ("aterremiss", "återremitterade"),
                    ("bordlaggning", "bordlade"),
                    ("overlamna", "lämnade över till beslut i ett annat organ"),
                    ("starta_forstudie", "startade förstudien"),
                    ("beslut_efter_forstudie", "beslutade efter förstudien"),
                    ("starta", "startade genomförandet"),
                    ("pausa", "pausade"),
                    ("ateruppta", "återupptog"),
                    ("paborja_uppfoljning", "påbörjade uppföljning"),
                    ("fortsatt", "beslutade att fortsätta"),
                    ("andringsbeslut", "beslutade om ändring"),
                    ("breddinfor", "beslutade om breddinförande"),
                    ("slutfor", "slutförde"),
                    ("avbryt", "avbröt"),
                    ("aterkalla", "återkallade"),
                    ("byt_ansvarig_grupp", "bytte ansvarig grupp"),
                    ("flytta_version", "flyttade till en annan version"),
                    ("byt_handlaggare", "bytte handläggare"),
                    ("anmalan_atertagen", "tog tillbaka anmälan till beslut"),
                    ("runda_oppnad", "skickade ut"),
                    ("runda_besvarad", "svarade"),
                    ("runda_overlamnad", "lämnade över"),
                    ("runda_stangd", "stängde"),
                    ("bilaga_tillagd", "lade till en bilaga"),
                    ("bilaga_borttagen", "tog bort en bilaga"),
                    ("sekretess", "ändrade sekretessmarkering"),
                ],
                max_length=30,
                verbose_name="vad",
            ),
        ),
        migrations.CreateModel(
            name="Versionsflytt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mapping", models.JSONField(verbose_name="var stegen motsvaras")),
                ("reason", models.TextField(verbose_name="skäl")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="begärd")),
                (
                    "after",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.arendegangversion",
                        verbose_name="till",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.arendegangversion",
                        verbose_name="från",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "versionsflytt",
                "verbose_name_plural": "versionsflyttar",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Versionsflyttrad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveIntegerField(verbose_name="utgåva")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("vantar", "Väntar"),
                            ("flyttad", "Flyttad"),
                            ("redan", "Redan flyttad"),
                            ("nekad", "Inte flyttad"),
                        ],
                        default="vantar",
                        max_length=10,
                        verbose_name="läge",
                    ),
                ),
                ("message", models.TextField(blank=True, verbose_name="varför inte")),
                (
                    "flytt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rader", to="workflow.versionsflytt"
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versionsflyttar",
                        to="satsningar.satsning",
                    ),
                ),
            ],
            options={
                "verbose_name": "satsning i versionsflytt",
                "verbose_name_plural": "satsningar i versionsflytt",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["flytt", "state", "id"], name="flyttrad_by_state")],
                "constraints": [models.UniqueConstraint(fields=("flytt", "satsning"), name="flyttas_once")],
            },
        ),
        migrations.RunSQL(FUNCTION, BEFORE),
        migrations.RunSQL(TRIGGER.format(columns="station, version_id"), TRIGGER.format(columns="station")),
    ]
