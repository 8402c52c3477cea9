"""The matter: a satsning, all it contains and what each part requires."""

from django.apps import AppConfig


class SatsningarConfig(AppConfig):
    """Register the app; it knows whose a satsning is, not how it moves."""

    name = "satsningar"
    verbose_name = "Satsningar"
    default_auto_field = "django.db.models.BigAutoField"
