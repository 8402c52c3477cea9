import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_personer_in"),
        ("satsningar", "0004_kinds"),
        ("workflow", "0008_avsteg"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    ("registrera_i_efterhand", "registrerade i efterhand"),
                    ("inskrivning_klar", "avslutade inskrivningen"),
                    ("publicera", "publicerade för andra län"),
                    ("avpublicera", "tog tillbaka publiceringen"),
                ],
                max_length=30,
                verbose_name="vad",
            ),
        ),
        migrations.CreateModel(
            name="Mall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150, verbose_name="namn")),
                ("description", models.TextField(blank=True, verbose_name="när den passar")),
                ("parts", models.JSONField(default=dict, verbose_name="innehåll")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="upphörde")),
                (
                    "arendegang",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mallar",
                        to="governance.arendegang",
                        verbose_name="ärendegång",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mallar", to="governance.county"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mall",
                "verbose_name_plural": "mallar",
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Publicering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="titel")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="ärendenummer")),
                ("county_name", models.CharField(max_length=100, verbose_name="län")),
                ("published_at", models.DateTimeField(verbose_name="publicerad")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="återtagen")),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="satsningar.revision"
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publiceringar",
                        to="satsningar.satsning",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "publicering",
                "verbose_name_plural": "publiceringar",
                "ordering": ("-published_at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Forlaga",
            fields=[
                (
                    "satsning",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="forlaga",
                        serialize=False,
                        to="satsningar.satsning",
                    ),
                ),
                ("label", models.CharField(max_length=500, verbose_name="bygger på")),
                ("left_behind", models.JSONField(default=list, verbose_name="det som inte följde med")),
                (
                    "tidigare",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="satsningar.satsning",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.mall"
                    ),
                ),
                (
                    "publicering",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.publicering",
                    ),
                ),
            ],
            options={
                "verbose_name": "förlaga",
                "verbose_name_plural": "förlagor",
            },
        ),
        migrations.CreateModel(
            name="Registrering",
            fields=[
                (
                    "satsning",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="registrering",
                        serialize=False,
                        to="satsningar.satsning",
                    ),
                ),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                ("entered_at", models.CharField(max_length=40, verbose_name="registrerad i steget")),
                ("decided_on", models.DateField(null=True, verbose_name="dag för beslutet")),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="källa till beslutet")),
                ("stood_since", models.DateField(verbose_name="i steget sedan")),
                ("registered_at", models.DateTimeField(verbose_name="registrerad")),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="registrerad av",
                    ),
                ),
            ],
            options={
                "verbose_name": "registrering i efterhand",
                "verbose_name_plural": "registreringar i efterhand",
            },
        ),
        migrations.CreateModel(
            name="KopieradDel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("uppdrag", "Uppdrag"),
                            ("koppling", "Koppling till målbilden"),
                            ("omfattning", "Omfattning"),
                            ("resurser", "Resurser"),
                            ("ekonomi", "Ekonomi"),
                            ("brukarmedverkan", "Brukarmedverkan"),
                            ("uppfoljning", "Plan för uppföljning"),
                            ("inforande", "Plan för införande"),
                        ],
                        max_length=30,
                        verbose_name="del",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="genomgången")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kopierade_delar",
                        to="satsningar.satsning",
                    ),
                ),
            ],
            options={
                "verbose_name": "kopierad del",
                "verbose_name_plural": "kopierade delar",
                "constraints": [models.UniqueConstraint(fields=("satsning", "part"), name="kopierad_del_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="mall",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("county", "name"), name="mall_name_once_in_county"
            ),
        ),
        migrations.AddConstraint(
            model_name="publicering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("satsning",), name="publicering_open_once"
            ),
        ),
        AppendOnly("workflow_registrering", "workflow_forlaga"),
    ]
