import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from governance.dbroles import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_versioner")]

    operations = [
        migrations.CreateModel(
            name="CountyDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(verbose_name="länets kod")),
                ("text", models.TextField(verbose_name="länsfil")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="kontrollerad")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "kontrollerad länsfil",
                "verbose_name_plural": "kontrollerade länsfiler",
                "ordering": ("-id",),
            },
        ),
        AppendOnly("governance_countyload"),
    ]
