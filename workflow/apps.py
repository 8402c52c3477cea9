"""The acts: moves, decisions, rounds of answers, the journal and the desk."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Register the app and its system checks; no other app knows it."""

    name = "workflow"
    verbose_name = "Ärendegång"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks that stop a start with a wrong declaration, and who tells of cases and acts."""
        from workflow import checks  # noqa: F401, PLC0415 - registering needs the app registry to be ready
        from workflow.leaving import last_used  # noqa: F401, PLC0415 - as above
        from workflow.versions import holding  # noqa: F401, PLC0415 - as above
