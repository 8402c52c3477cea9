"""Notices, the letters about them, and what people and counties chose."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0006_moten"),
        ("workflow", "0022_rundor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Utskick",
            fields=[
                (
                    "county",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="utskick",
                        serialize=False,
                        to="governance.county",
                    ),
                ),
                ("test_mode", models.BooleanField(default=False, verbose_name="testläge")),
                ("stopped", models.BooleanField(default=False, verbose_name="stoppat")),
                (
                    "holds_decisions",
                    models.BooleanField(default=True, verbose_name="brev om beslut väntar på att släppas"),
                ),
                ("edition", models.PositiveIntegerField(default=0, verbose_name="utgåva")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="ändrat")),
            ],
            options={
                "verbose_name": "utskick",
                "verbose_name_plural": "utskick",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("strax", "Strax"), ("dag", "Dagens"), ("vecka", "Veckans")],
                        max_length=8,
                        verbose_name="slag",
                    ),
                ),
                ("message_id", models.CharField(max_length=200, unique=True, verbose_name="brevets id")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("vantar", "Väntar"),
                            ("forsok", "Försöks igen"),
                            ("hallet", "Hålls kvar"),
                            ("sant", "Skickat"),
                            ("uppgivet", "Gick inte fram"),
                        ],
                        default="vantar",
                        max_length=8,
                        verbose_name="läge",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="försök")),
                ("next_try_at", models.DateTimeField(null=True, verbose_name="nästa försök")),
                ("created_at", models.DateTimeField(verbose_name="skrivet")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="skickat")),
                ("told", models.CharField(blank=True, max_length=300, verbose_name="besked")),
                (
                    "county",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.county",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "brev",
                "verbose_name_plural": "brev",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arende", "Satsningar på väg"),
                            ("beslut", "Beslut"),
                            ("runda", "Remisser och bekräftelser"),
                            ("avsteg", "Avsteg"),
                            ("mote", "Möten och protokoll"),
                            ("efter", "Utdrag och uppdrag"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("expected", models.CharField(blank=True, max_length=150, verbose_name="vad som väntas")),
                ("due", models.DateField(null=True, verbose_name="senast")),
                ("page", models.CharField(max_length=40, verbose_name="sida")),
                ("page_id", models.BigIntegerField(null=True, verbose_name="sidans nyckel")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("ny", "Inte sorterad"),
                            ("dag", "Väntar på dagens brev"),
                            ("vecka", "Väntar på veckans brev"),
                            ("beslut", "Väntar på att släppas"),
                            ("brev", "I ett brev"),
                            ("inget", "Inget brev"),
                        ],
                        max_length=8,
                        verbose_name="e-post",
                    ),
                ),
                ("read_at", models.DateTimeField(null=True, verbose_name="läst")),
                (
                    "body",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.body",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="workflow.delivery",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="workflow.journalentry",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notis",
                "verbose_name_plural": "notiser",
                "ordering": ("-entry_id",),
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("arende", "Satsningar på väg"),
                            ("beslut", "Beslut"),
                            ("runda", "Remisser och bekräftelser"),
                            ("avsteg", "Avsteg"),
                            ("mote", "Möten och protokoll"),
                            ("efter", "Utdrag och uppdrag"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                (
                    "takt",
                    models.CharField(
                        choices=[
                            ("blandat", "Strax när jag ska göra något, resten en gång om dagen"),
                            ("strax", "Strax, allt"),
                            ("dag", "En gång om dagen"),
                            ("vecka", "En gång i veckan"),
                            ("bara_jag", "Bara när jag ska göra något"),
                            ("aldrig", "Aldrig med e-post"),
                        ],
                        max_length=10,
                        verbose_name="när",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "val av brev",
                "verbose_name_plural": "val av brev",
            },
        ),
        migrations.CreateModel(
            name="Slappt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                ("at", models.DateTimeField(verbose_name="tid")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slappt",
                        to="workflow.journalentry",
                        verbose_name="beslut",
                    ),
                ),
            ],
            options={
                "verbose_name": "släppta brev",
                "verbose_name_plural": "släppta brev",
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["county", "state", "-id"], name="delivery_by_state"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("next_try_at__isnull", False)), fields=["next_try_at"], name="delivery_to_send"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_try_at__isnull", False), ("state__in", ("vantar", "forsok"))),
                    models.Q(("next_try_at", None), models.Q(("state__in", ("vantar", "forsok")), _negated=True)),
                    _connector="OR",
                ),
                name="delivery_waits_for_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("state", "sant")),
                    models.Q(("state", "sant"), _negated=True),
                    _connector="OR",
                ),
                name="delivery_sent_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["person", "entry"], name="notice_unread"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("mail__in", ("ny", "dag", "vecka", "beslut"))),
                fields=["mail", "person"],
                name="notice_to_sort",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("delivery__isnull", False)), fields=["delivery"], name="notice_of_delivery"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("person", "entry"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.UniqueConstraint(fields=("person", "kind"), name="preference_once"),
        ),
        AppendOnly("workflow_slappt"),
    ]
