"""A colleague does somebody's work in a body for a period."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0007_frister"),
    ]

    operations = [
        migrations.CreateModel(
            name="Franvaro",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="från och med")),
                ("ends_on", models.DateField(verbose_name="till och med")),
                ("act_id", models.UUIDField(verbose_name="händelse")),
                ("made_at", models.DateTimeField(verbose_name="anmäld")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="återkallad")),
                ("revoked_act_id", models.UUIDField(null=True, verbose_name="händelse då den återkallades")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="franvaro", to="governance.membership"
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ersatter",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ersätts av",
                    ),
                ),
            ],
            options={
                "verbose_name": "frånvaro",
                "verbose_name_plural": "frånvaro",
                "ordering": ("starts_on", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("revoked_at", None)),
                        fields=["substitute", "ends_on"],
                        name="franvaro_by_substitute",
                    ),
                    models.Index(
                        condition=models.Q(("revoked_at", None)),
                        fields=["membership", "ends_on"],
                        name="franvaro_by_membership",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="franvaro_ends_after_start"
                    )
                ],
            },
        ),
    ]
