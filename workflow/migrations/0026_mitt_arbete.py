"""The desk's indexes, reminders of last days, why cases stand still, and acts of absence."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0008_franvaro"),
        ("satsningar", "0008_mitt_arbete"),
        ("viewflow", "0015_task_scheduled"),
        ("workflow", "0025_medforfattare"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Paminnelse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fore", "Påminnelse före sista dagen"),
                            ("efter", "Påminnelse efter sista dagen"),
                            ("eskalering", "Förd vidare"),
                        ],
                        max_length=12,
                        verbose_name="slag",
                    ),
                ),
                ("station", models.CharField(max_length=40, verbose_name="steg")),
                ("since", models.DateTimeField(verbose_name="i steget sedan")),
                ("due", models.DateField(verbose_name="sista dag")),
                ("chair_only", models.BooleanField(default=False, verbose_name="bara till ordföranden")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                ("made_at", models.DateTimeField(verbose_name="påmint")),
            ],
            options={
                "verbose_name": "påminnelse",
                "verbose_name_plural": "påminnelser",
                "ordering": ("made_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Stopp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("prioritering", "Prioriteringen är ändrad"),
                            ("resurs", "Resurser saknas"),
                            ("system", "It eller verksamhetssystem"),
                            ("lag", "Lag eller informationsdelning"),
                            ("beslut", "Väntar på beslut"),
                            ("annat", "Annat"),
                        ],
                        max_length=14,
                        verbose_name="orsak",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=250, verbose_name="med egna ord")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                ("set_at", models.DateTimeField(verbose_name="från")),
                ("cleared_act_id", models.UUIDField(null=True, verbose_name="händelse då den togs bort")),
                ("cleared_at", models.DateTimeField(null=True, verbose_name="till")),
            ],
            options={
                "verbose_name": "stopp",
                "verbose_name_plural": "stopp",
                "ordering": ("-set_at", "-id"),
            },
        ),
        migrations.RemoveIndex(
            model_name="utdrag",
            name="utdrag_undelivered",
        ),
        migrations.AddIndex(
            model_name="anmalan",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["body", "opened_at"], name="anmalan_open_by_body"
            ),
        ),
        migrations.AddIndex(
            model_name="aterforing",
            index=models.Index(
                condition=models.Q(("returned_at", None)), fields=["organisation", "opened_at"], name="aterforing_open"
            ),
        ),
        migrations.AddIndex(
            model_name="beslutsuppdrag",
            index=models.Index(
                condition=models.Q(("done_at", None)), fields=["responsible", "due"], name="uppdrag_to_do"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("state__in", ("planerat", "kallat", "pagar", "avslutat"))),
                fields=["body", "starts_at"],
                name="meeting_open",
            ),
        ),
        migrations.AddIndex(
            model_name="round",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["opened_by_body", "deadline"], name="round_open"
            ),
        ),
        migrations.AddIndex(
            model_name="utdrag",
            index=models.Index(
                condition=models.Q(("delivered_at", None)), fields=["receiver", "sent_at"], name="utdrag_undelivered"
            ),
        ),
        migrations.AddField(
            model_name="paminnelse",
            name="satsning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="paminnelser", to="satsningar.satsning"
            ),
        ),
        migrations.AddField(
            model_name="paminnelse",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.body", verbose_name="till"
            ),
        ),
        migrations.AddField(
            model_name="stopp",
            name="cleared_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="stopp",
            name="satsning",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="stopp", to="satsningar.satsning"
            ),
        ),
        migrations.AddField(
            model_name="stopp",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="stopp",
            name="set_by_body",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.body"
            ),
        ),
        migrations.AddIndex(
            model_name="paminnelse",
            index=models.Index(
                condition=models.Q(("kind", "eskalering")), fields=["to", "due"], name="paminnelse_taken_further"
            ),
        ),
        migrations.AddConstraint(
            model_name="paminnelse",
            constraint=models.UniqueConstraint(fields=("satsning", "kind", "station", "since"), name="paminnelse_once"),
        ),
        migrations.AddIndex(
            model_name="stopp",
            index=models.Index(condition=models.Q(("cleared_at", None)), fields=["cause"], name="stopp_open_by_cause"),
        ),
        migrations.AddConstraint(
            model_name="stopp",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cleared_at", None)), fields=("satsning",), name="stopp_open_once"
            ),
        ),
        AppendOnly("workflow_paminnelse"),
    ]
