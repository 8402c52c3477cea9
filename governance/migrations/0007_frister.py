"""Times of steps and rules of reminders, by the county file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0006_moten"),
    ]

    operations = [
        migrations.AddField(
            model_name="arendegangversion",
            name="frister",
            field=models.JSONField(blank=True, default=dict, verbose_name="frister"),
        ),
        migrations.AddField(
            model_name="station",
            name="days",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tid i arbetsdagar"),
        ),
    ]
