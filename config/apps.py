"""The frame as an app: the commands that run the whole, and the checks of its settings."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    """Register the frame's commands and system checks."""

    name = "config"
    verbose_name = "Satsningar"

    def ready(self) -> None:
        """Register the system checks."""
        from config import checks  # noqa: F401, PLC0415 - importing registers them
