import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0006_moten"),
        ("satsningar", "0007_delversion"),
        ("workflow", "0023_notiser"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="komplettering",
            name="gathers_only",
            field=models.BooleanField(default=False, verbose_name="bara kommentarer"),
        ),
        migrations.CreateModel(
            name="Kommentar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "mandate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forfatta", "Författa satsningar"),
                            ("bereda", "Bereda ärenden"),
                            ("besluta", "Besluta"),
                            ("leda_mote", "Leda möten"),
                            ("protokollfora", "Föra in beslut"),
                            ("ge_avsteg", "Medge avsteg"),
                            ("svara", "Svara för organisationen"),
                            ("folja", "Följa alla satsningar"),
                            ("leda_arenden", "Hålla ihop uppföljning och byta ansvarig grupp"),
                            ("administrera", "Administrera personer och uppdrag"),
                        ],
                        max_length=20,
                        verbose_name="mandat",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="skriven")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
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
                ("field", models.CharField(blank=True, max_length=60, verbose_name="fält")),
                ("value", models.JSONField(verbose_name="det som stod där")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.body"
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kommentarer",
                        to="satsningar.satsning",
                    ),
                ),
            ],
            options={
                "verbose_name": "kommentar",
                "verbose_name_plural": "kommentarer",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Kommentarsinlagg",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "mandate",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forfatta", "Författa satsningar"),
                            ("bereda", "Bereda ärenden"),
                            ("besluta", "Besluta"),
                            ("leda_mote", "Leda möten"),
                            ("protokollfora", "Föra in beslut"),
                            ("ge_avsteg", "Medge avsteg"),
                            ("svara", "Svara för organisationen"),
                            ("folja", "Följa alla satsningar"),
                            ("leda_arenden", "Hålla ihop uppföljning och byta ansvarig grupp"),
                            ("administrera", "Administrera personer och uppdrag"),
                        ],
                        max_length=20,
                        verbose_name="mandat",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="skriven")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("svar", "Svar"),
                            ("inlagg", "Inlägg"),
                            ("godtagen", "Godtagen"),
                            ("oppnad", "Öppnad igen"),
                        ],
                        max_length=10,
                        verbose_name="slag",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("oppen", "Öppen"), ("besvarad", "Besvarad"), ("godtagen", "Godtagen")],
                        max_length=10,
                        verbose_name="läge efter",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.body"
                    ),
                ),
                (
                    "kommentar",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inlagg",
                        to="workflow.kommentar",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlägg i kommentar",
                "verbose_name_plural": "inlägg i kommentarer",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Kommentarsnamn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inlagg",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="namnda",
                        to="workflow.kommentarsinlagg",
                    ),
                ),
                (
                    "kommentar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="namnda", to="workflow.kommentar"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="namnd_i", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "nämnd i kommentar",
                "verbose_name_plural": "nämnda i kommentarer",
            },
        ),
        migrations.CreateModel(
            name="CaseReadMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("versions", models.JSONField(verbose_name="delarnas versioner")),
                ("at", models.DateTimeField(verbose_name="läst")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="satsningar.satsning"
                    ),
                ),
            ],
            options={
                "verbose_name": "läst satsning",
                "verbose_name_plural": "lästa satsningar",
            },
        ),
        migrations.CreateModel(
            name="Kommentarbegaran",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kommentar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="begaranden", to="workflow.kommentar"
                    ),
                ),
                (
                    "komplettering",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kommentarer",
                        to="workflow.komplettering",
                    ),
                ),
            ],
            options={
                "verbose_name": "kommentar i begäran",
                "verbose_name_plural": "kommentarer i begäran",
                "constraints": [
                    models.UniqueConstraint(fields=("komplettering", "kommentar"), name="kommentarbegaran_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="kommentarsinlagg",
            index=models.Index(fields=["kommentar", "-id"], name="inlagg_by_kommentar"),
        ),
        migrations.AddConstraint(
            model_name="kommentarsnamn",
            constraint=models.UniqueConstraint(
                fields=("kommentar", "inlagg", "person"), name="kommentarsnamn_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="casereadmark",
            constraint=models.UniqueConstraint(fields=("person", "satsning"), name="case_read_mark_once"),
        ),
        AppendOnly(
            "workflow_kommentar", "workflow_kommentarsinlagg", "workflow_kommentarsnamn", "workflow_kommentarbegaran"
        ),
    ]
