"""Which guides somebody has put away."""

from django.conf import settings
from django.db import models

from workflow.guides.vocabulary import Guide


class HiddenGuide(models.Model):
    """A guide that a person does not want to see on *mitt arbete* any more."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hidden_guides")
    guide = models.CharField("genomgång", max_length=20, choices=Guide.choices)
    hidden_at = models.DateTimeField("dold", auto_now_add=True)

    class Meta:
        verbose_name = "dold genomgång"
        verbose_name_plural = "dolda genomgångar"
        constraints = (models.UniqueConstraint(fields=("person", "guide"), name="guide_hidden_once"),)

    def __str__(self) -> str:
        """Return the guide's name."""
        return self.get_guide_display()
