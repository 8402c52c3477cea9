"""People: the project's own user model, known by e-mail address."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class PersonManager(BaseUserManager["Person"]):
    """Makes people; addresses are kept in lower case so that a person exists once."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with this address, whatever its case."""
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> "Person":
        """Create a person who may log in.

        Raises:
            ValueError: when the address is empty.

        """
        if not email:
            msg = "En person behöver en e-postadress."
            raise ValueError(msg)
        person = self.model(email=email.strip().lower(), name=name, **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, name: str, password: str | None = None) -> "Person":
        """Create a technical administrator; it holds no mandate in any body."""
        return self.create_user(email, name, password, is_staff=True, is_superuser=True)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who takes part; what a person may do follows from memberships alone."""

    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=150)
    title = models.CharField("befattning", max_length=150, blank=True)
    is_active = models.BooleanField("får logga in", default=True)
    is_staff = models.BooleanField("når den tekniska administrationen", default=False)
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    added_in = models.ForeignKey(
        "governance.County", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="upplagd i"
    )
    """The county that added the person, and alone sees the person until there is a role."""

    objects = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(Lower("email"), name="person_email_once"),)

    def __str__(self) -> str:
        """Return the name as it stands in lists and minutes."""
        return self.name

    def get_full_name(self) -> str:
        """Return the name, for Django's own screens."""
        return self.name

    def get_short_name(self) -> str:
        """Return the name, for Django's own screens."""
        return self.name
