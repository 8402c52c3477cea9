import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflow", "0027_act_2"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="roundreminder",
            name="round_reminder_once_a_day",
        ),
        migrations.AddField(
            model_name="roundreminder",
            name="due",
            field=models.DateField(null=True, verbose_name="sista dag"),
        ),
        migrations.AddField(
            model_name="roundreminder",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fore", "Påminnelse före sista dagen"),
                    ("efter", "Påminnelse efter sista dagen"),
                    ("eskalering", "Förd vidare"),
                ],
                max_length=12,
                verbose_name="slag",
            ),
        ),
        migrations.AlterField(
            model_name="roundreminder",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="roundreminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "")), fields=("answer", "day"), name="round_reminder_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="roundreminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", ""), _negated=True),
                fields=("answer", "kind", "due"),
                name="round_reminder_once_by_the_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundreminder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", False), ("due", None), ("kind", "")),
                    models.Q(models.Q(("kind", ""), _negated=True), ("by", None), ("due__isnull", False)),
                    _connector="OR",
                ),
                name="round_reminder_by_somebody_or_the_clock",
            ),
        ),
    ]
