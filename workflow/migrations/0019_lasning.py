"""A read mark knows which papers were read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0018_act"),
    ]

    operations = [
        migrations.AddField(
            model_name="readmark",
            name="underlag",
            field=models.PositiveIntegerField(default=0, verbose_name="underlagets nummer"),
        ),
    ]
