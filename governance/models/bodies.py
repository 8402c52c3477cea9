"""Counties, organisations, bodies and who sits in them when."""

from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q

from governance.vocabulary import BodyKind, Mandate, OrganisationKind, Role


class County(models.Model):
    """A county whose region and municipalities cooperate; everything else belongs to one."""

    code = models.SlugField("kod", unique=True)
    name = models.CharField("namn", max_length=100)
    county_code = models.CharField("länskod", max_length=2, blank=True)

    class Meta:
        verbose_name = "län"
        verbose_name_plural = "län"
        ordering = ("name",)

    def __str__(self) -> str:
        """Return the county's name."""
        return self.name


class Organisation(models.Model):
    """A principal or provider taking part; a municipality carries its official code."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="organisations")
    code = models.SlugField("kod")
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=OrganisationKind.choices)
    kommunkod = models.CharField("kommunkod", max_length=4, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    ended_on = models.DateField("upphörde", null=True, blank=True)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("county", "code"), name="organisation_code_once"),
            models.UniqueConstraint(
                fields=("county", "kommunkod"),
                condition=~Q(kommunkod="") & Q(ended_on__isnull=True),
                name="organisation_kommunkod_once",
            ),
        )

    def __str__(self) -> str:
        """Return the organisation's name."""
        return self.name


class Body(models.Model):
    """A body with a purpose and a mandate; guardian's permissions on it are what its roles may do.

    `rule` is the decision rule of a deciding body:
    `{"quorum": QuorumRule, "share": percent, "municipalities": n, "formalities": bool}`.
    `meeting_rule` is how it holds its meetings, where that is not as usual; read by `governance.meeting_rules`.
    `reference_pattern` is the pattern of reference numbers given at *lämna in*, with `{ar}` and
    `{nummer}` in it, for example `LSG {ar}-{nummer:04d}`.
    """

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="bodies")
    code = models.SlugField("kod")
    name = models.CharField("namn", max_length=150)
    kind = models.CharField("slag", max_length=20, choices=BodyKind.choices)
    purpose = models.TextField("syfte", blank=True)
    mandate_text = models.TextField("mandat", blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="bereder eller arbetar åt",
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    arendegang = models.ForeignKey(
        "governance.Arendegang",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name="ärendegång för gruppens satsningar",
    )
    rule = models.JSONField("beslutsregel", default=dict, blank=True)
    meeting_rule = models.JSONField("mötesregler", default=dict, blank=True)
    reference_pattern = models.CharField("mönster för ärendenummer", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    ended_on = models.DateField("upphörde", null=True, blank=True)

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organ"
        ordering = ("position", "id")
        permissions = tuple(Mandate.choices)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("county", "code"), name="body_code_once"),
            models.CheckConstraint(
                condition=Q(kind=BodyKind.ORGANISATION, organisation__isnull=False) | ~Q(kind=BodyKind.ORGANISATION),
                name="body_of_organisation",
            ),
        )

    def __str__(self) -> str:
        """Return the body's name."""
        return self.name

    def reference(self, year: int, number: int) -> str:
        """Return the reference number of this body's case `number` of `year`."""
        return self.reference_pattern.format(ar=year, nummer=number)


class Seat(models.Model):
    """A role in a body: the auth group that guardian grants the role's mandates on that body to."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField("roll", max_length=20, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        verbose_name = "roll i organ"
        verbose_name_plural = "roller i organ"
        constraints = (models.UniqueConstraint(fields=("body", "role"), name="seat_once"),)

    def __str__(self) -> str:
        """Return role and body."""
        return f"{self.get_role_display()}, {self.body}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The period rule as a queryset; `Membership.is_current` is the same rule for one row."""

    def current(self, day: date) -> "MembershipQuerySet":
        """Return the memberships that hold on `day`, first and last day included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """A person's role in a body for a period; never deleted, only ended."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("roll", max_length=20, choices=Role.choices)
    represents = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="företräder",
    )
    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med", null=True, blank=True)
    created_at = models.DateTimeField("registrerad", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ("body__position", "role", "person__name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
        )
        indexes = (models.Index(fields=("person", "body")),)

    def __str__(self) -> str:
        """Return who, as what, where."""
        return f"{self.person}, {self.get_role_display().lower()} i {self.body}"

    def is_current(self, day: date) -> bool:
        """Tell whether the membership holds on `day`, first and last day included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
