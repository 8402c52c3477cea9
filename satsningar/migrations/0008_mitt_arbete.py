"""Indexes in the order in which a desk reads."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0008_franvaro"),
        ("satsningar", "0007_delversion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="satsning",
            name="satsning_by_ansvarig",
        ),
        migrations.RemoveIndex(
            model_name="satsning",
            name="satsning_by_beredning",
        ),
        migrations.RemoveIndex(
            model_name="satsning",
            name="satsning_by_beslutsorgan",
        ),
        migrations.AddIndex(
            model_name="satsning",
            index=models.Index(fields=["ansvarig_grupp", "station", "station_since"], name="satsning_by_ansvarig"),
        ),
        migrations.AddIndex(
            model_name="satsning",
            index=models.Index(fields=["beredningsgrupp", "station", "station_since"], name="satsning_by_beredning"),
        ),
        migrations.AddIndex(
            model_name="satsning",
            index=models.Index(fields=["beslutsorgan", "station", "station_since"], name="satsning_by_beslutsorgan"),
        ),
        migrations.AddIndex(
            model_name="satsning",
            index=models.Index(fields=["ansvarig_grupp", "-last_act_at"], name="satsning_group_newest"),
        ),
        migrations.AddIndex(
            model_name="satsning",
            index=models.Index(fields=["beredningsgrupp", "-last_act_at"], name="satsning_preparing_newest"),
        ),
    ]
