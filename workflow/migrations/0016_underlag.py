"""Tie a meeting's set of papers to what it was made of, instead of to the person who asked for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """No set had been made when this was written: the table is empty."""

    dependencies = [("workflow", "0015_planning")]

    operations = [
        migrations.RemoveField("handlingssamling", "for_person"),
        migrations.RemoveField("handlingssamling", "pdf"),
        migrations.RemoveField("handlingssamling", "sha256"),
        migrations.RemoveField("handlingssamling", "pages"),
        migrations.RemoveField("handlingssamling", "made_at"),
        migrations.AddField(
            "handlingssamling",
            "agenda",
            models.CharField(max_length=64, verbose_name="dagordningens kontrollsumma", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "handlingssamling",
            "with_secret",
            models.BooleanField(verbose_name="med det som har sekretessmarkering", default=True),
            preserve_default=False,
        ),
        migrations.AddField(
            "handlingssamling",
            "pdf",
            models.BinaryField(verbose_name="PDF", default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            "handlingssamling",
            "sha256",
            models.CharField(max_length=64, verbose_name="kontrollsumma", default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "handlingssamling",
            "size",
            models.PositiveIntegerField(verbose_name="storlek i byte", default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            "handlingssamling",
            "pages",
            models.PositiveIntegerField(verbose_name="sidor", default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            "handlingssamling",
            "made_at",
            models.DateTimeField(verbose_name="skapad", default="2026-11-27T12:00:00Z"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "handlingssamling",
            models.UniqueConstraint(fields=("meeting", "agenda", "with_secret"), name="handlingssamling_once"),
        ),
    ]
