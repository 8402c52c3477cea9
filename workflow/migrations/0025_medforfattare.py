import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0006_moten"),
        ("satsningar", "0007_delversion"),
        ("workflow", "0024_kommentarer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Medforfattare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-postadress")),
                (
                    "role",
                    models.CharField(
                        choices=[("skriva", "Skriva och kommentera"), ("kommentera", "Läsa och kommentera")],
                        max_length=12,
                        verbose_name="får",
                    ),
                ),
                ("purpose", models.TextField(verbose_name="syfte")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="kontrollsumma")),
                ("invited_at", models.DateTimeField(verbose_name="inbjuden")),
                ("expires_at", models.DateTimeField(verbose_name="gäller till")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="tackade ja")),
                ("accept_act_id", models.UUIDField(null=True, verbose_name="händelse då den antogs")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="avslutad")),
                ("end_act_id", models.UUIDField(null=True, verbose_name="händelse då den avslutades")),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invited_by_body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="governance.body"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.membership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medverkan",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "satsning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="medforfattare",
                        to="satsningar.satsning",
                    ),
                ),
            ],
            options={
                "verbose_name": "medförfattare",
                "verbose_name_plural": "medförfattare",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("satsning", "email"),
                        name="medforfattare_invited_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accept_act_id", None), ("accepted_at", None), ("membership", None), ("person", None)
                            ),
                            models.Q(
                                ("accepted_at__isnull", False), ("membership__isnull", False), ("person__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="medforfattare_accepted_by_somebody",
                    ),
                ],
            },
        ),
    ]
