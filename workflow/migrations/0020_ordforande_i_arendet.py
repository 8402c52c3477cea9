"""Who led each item of a meeting, marks that stand in minutes or were set after the meeting, and two acts more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0006_moten"),
        ("workflow", "0019_lasning"),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="chair",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.membership",
                verbose_name="leder punkten",
            ),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="mark_in_minutes",
            field=models.CharField(blank=True, max_length=100, verbose_name="markering i protokollet"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="mark_lifted_at",
            field=models.DateTimeField(null=True, verbose_name="markeringen hävd"),
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="marked_at",
            field=models.DateTimeField(null=True, verbose_name="markerad efter mötet"),
        ),
        migrations.AddField(
            model_name="paragraf",
            name="chair",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="governance.membership",
                verbose_name="ordförande i ärendet",
            ),
        ),
    ]
