"""The constitution: counties, bodies, people, mandates, paths and the target picture."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Register the app; it knows nothing of what passes through it."""

    name = "governance"
    verbose_name = "Styrning"
    default_auto_field = "django.db.models.BigAutoField"
