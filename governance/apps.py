"""The constitution: counties, bodies, people, mandates, paths and the target picture."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GovernanceConfig(AppConfig):
    """Register the app; it knows nothing of what passes through it."""

    name = "governance"
    verbose_name = "Styrning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let each connection keep the plans of its statements."""
        from governance import prepared  # noqa: PLC0415 - its models are there first now

        connection_created.connect(prepared.keep_the_first_plan, dispatch_uid="keep_the_first_plan")
