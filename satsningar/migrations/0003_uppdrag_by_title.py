from django.db import migrations, models

from governance.sorting import swedish


class Migration(migrations.Migration):
    """Titles in their Swedish order, so that a list sorted by them is read from its beginning and no further."""

    dependencies = [
        ("governance", "0001_initial"),
        ("satsningar", "0002_uppdrag_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="uppdrag",
            index=models.Index(swedish("titel"), models.F("satsning"), name="uppdrag_by_title"),
        ),
    ]
