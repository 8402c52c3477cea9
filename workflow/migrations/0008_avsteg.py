import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0003_versioner"),
        ("satsningar", "0004_kinds"),
        ("workflow", "0007_versioner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="anmalan",
            name="avsteg",
            field=models.JSONField(default=list, verbose_name="avsteg"),
        ),
        migrations.AddField(
            model_name="beslut",
            name="avsteg",
            field=models.JSONField(default=list, verbose_name="avsteg"),
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
                    ("avsteg_begart", "begärde avsteg"),
                    ("avsteg_medgivet", "medgav avsteg"),
                    ("avsteg_avslaget", "avslog begäran om avsteg"),
                    ("avsteg_atertaget", "tog tillbaka begäran om avsteg"),
                ],
                max_length=30,
                verbose_name="vad",
            ),
        ),
        migrations.CreateModel(
            name="Avsteg",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gate", models.CharField(max_length=40, verbose_name="grind")),
                ("gate_name", models.CharField(max_length=100, verbose_name="grindens namn")),
                ("requirement", models.CharField(max_length=40, verbose_name="krav")),
                ("reason", models.TextField(verbose_name="skäl")),
                ("asked_at", models.DateTimeField(verbose_name="begärt")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "asked_by_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="begarda_avsteg", to="governance.body"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="avsteg",
                        to="governance.body",
                        verbose_name="till",
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="avsteg", to="satsningar.satsning"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.arendegangversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "avsteg",
                "verbose_name_plural": "avsteg",
                "ordering": ("-asked_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Avstegsslut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=100, verbose_name="förflyttning")),
                ("at", models.DateTimeField(verbose_name="tid")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                (
                    "avsteg",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slut", to="workflow.avsteg"
                    ),
                ),
            ],
            options={
                "verbose_name": "slut på avsteg",
                "verbose_name_plural": "slut på avsteg",
            },
        ),
        migrations.CreateModel(
            name="Avstegssvar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("begart", "Väntar på svar"),
                            ("medgivet", "Medgivet"),
                            ("avslaget", "Avslaget"),
                            ("atertaget", "Återtaget"),
                            ("forfallet", "Förfallet utan svar"),
                            ("upphort", "Medgivet, grinden är passerad"),
                        ],
                        max_length=12,
                        verbose_name="svar",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="skäl")),
                ("at", models.DateTimeField(verbose_name="tid")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                (
                    "avsteg",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="svar", to="workflow.avsteg"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by_body",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.body"
                    ),
                ),
            ],
            options={
                "verbose_name": "svar på begäran om avsteg",
                "verbose_name_plural": "svar på begäran om avsteg",
            },
        ),
        migrations.CreateModel(
            name="HiddenGuide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "guide",
                    models.CharField(
                        choices=[
                            ("stod", "Du som arbetar i regionalt stöd"),
                            ("sekreterare", "Du som för in beslut"),
                            ("beredning", "Du som bereder"),
                            ("arbetsgrupp", "Du som arbetar i en arbetsgrupp"),
                            ("beslut", "Du som beslutar"),
                            ("kontakt", "Du som svarar för en organisation"),
                            ("deltar", "Du som deltar utan att besluta"),
                        ],
                        max_length=20,
                        verbose_name="genomgång",
                    ),
                ),
                ("hidden_at", models.DateTimeField(auto_now_add=True, verbose_name="dold")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hidden_guides",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "dold genomgång",
                "verbose_name_plural": "dolda genomgångar",
                "constraints": [models.UniqueConstraint(fields=("person", "guide"), name="guide_hidden_once")],
            },
        ),
        AppendOnly("workflow_avsteg", "workflow_avstegssvar", "workflow_avstegsslut"),
    ]
