import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("satsningar", "0006_rundor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delversion",
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
                            ("forstudierapport", "Förstudierapport"),
                            ("inarbetning", "Inarbetade ändringar"),
                            ("varden", "Mätvärden"),
                            ("uppfoljningsrapport", "Uppföljningsrapport"),
                            ("lage", "Läget i varje organisation"),
                            ("slutrapport", "Slutrapport"),
                        ],
                        max_length=30,
                        verbose_name="del",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("value", models.JSONField(verbose_name="innehåll")),
                ("saved_at", models.DateTimeField(verbose_name="sparad")),
                (
                    "satsning",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delversioner",
                        to="satsningar.satsning",
                        verbose_name="satsning",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "sparad version av en del",
                "verbose_name_plural": "sparade versioner av delar",
                "ordering": ("-version",),
                "constraints": [
                    models.UniqueConstraint(fields=("satsning", "part", "version"), name="delversion_once")
                ],
            },
        ),
        AppendOnly("satsningar_delversion"),
    ]
