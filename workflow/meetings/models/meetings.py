"""A meeting, its agenda, the papers frozen when it was called, and matters that are no satsning."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from governance.models import ArendegangVersion, Body, Fokusomrade, Membership
from satsningar.models import KeptFile
from workflow.meetings.vocabulary import (
    ItemKind,
    ItemSort,
    MatterKind,
    MeetingForm,
    MeetingState,
    StandingItem,
)


class Meeting(models.Model):
    """A meeting of a body, or a decision that it takes between meetings.

    `edition` goes up with every write about the meeting and is what forms carry; `uid` and `sequence` are its
    calendar's. `day` is the day in Stockholm by which its decisions are dated.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    form = models.CharField("form", max_length=12, choices=MeetingForm.choices, default=MeetingForm.SAMMANTRADE)
    title = models.CharField("rubrik", max_length=120, blank=True)
    starts_at = models.DateTimeField("börjar")
    ends_at = models.DateTimeField("slutar")
    place = models.CharField("plats", max_length=200, blank=True)
    link = models.URLField("länk till digitalt möte", max_length=500, blank=True)
    state = models.CharField("läge", max_length=10, choices=MeetingState.choices, default=MeetingState.PLANERAT)
    papers_due = models.DateField("handlingar senast")
    kallelse_due = models.DateField("kallelse senast")
    called_at = models.DateTimeField("kallat", null=True)
    opened_at = models.DateTimeField("öppnat", null=True)
    closed_at = models.DateTimeField("avslutat", null=True)
    justerat_at = models.DateTimeField("justerat", null=True)
    cancelled_at = models.DateTimeField("inställt", null=True)
    cancel_reason = models.CharField("skäl", max_length=250, blank=True)
    chair = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="ordförande vid mötet"
    )
    secretary = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sekreterare vid mötet"
    )
    current_item = models.ForeignKey(
        "workflow.AgendaItem", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="pågående punkt"
    )
    edition = models.PositiveIntegerField("utgåva", default=1)
    uid = models.UUIDField("kalenderns nummer", default=uuid4, unique=True)
    sequence = models.PositiveIntegerField("kalenderns ordning", default=0)
    created_at = models.DateTimeField("planerat", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("ändrat", auto_now=True)
    is_example = models.BooleanField("exempel", default=False)

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(papers_due__lte=F("kallelse_due")), name="meeting_papers_before_kallelse"
            ),
        )
        indexes = (
            models.Index(fields=("body", "starts_at"), name="meeting_by_body"),
            models.Index(
                fields=("body", "starts_at"),
                condition=Q(state__in=("planerat", "kallat", "pagar", "avslutat")),
                name="meeting_open",
            ),
        )

    def __str__(self) -> str:
        """Return body and day."""
        return f"{self.body} {self.day.isoformat()}"

    def get_absolute_url(self) -> str:
        """Return the address of the meeting's page."""
        return reverse("mote", args=[self.pk])

    @property
    def day(self) -> date:
        """Return the day by which decisions are dated: that of the opening, before it the planned one."""
        return timezone.localdate(self.opened_at or self.starts_at)


class OvrigtArende(models.Model):
    """A matter that is no satsning: what a body decides on beside them.

    `version` and `fokusomrade` are what the decision is about where it is about such a thing; the decided one carries
    the paragraph. `created_by_body` is the body that brings it, None where nobody said. `edition` goes up with every
    save. It is closed when it has been decided, or withdrawn.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="ovriga_arenden")
    kind = models.CharField("slag", max_length=15, choices=MatterKind.choices)
    title = models.CharField("rubrik", max_length=200)
    background = models.TextField("bakgrund", blank=True)
    forslag = models.TextField("förslag till beslut", blank=True)
    version = models.ForeignKey(
        ArendegangVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="ovriga_arenden"
    )
    fokusomrade = models.ForeignKey(
        Fokusomrade, on_delete=models.PROTECT, null=True, blank=True, related_name="ovriga_arenden"
    )
    sekretess = models.CharField("sekretessmarkering", max_length=100, blank=True)
    edition = models.PositiveIntegerField("utgåva", default=1)
    created_at = models.DateTimeField("skapat", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_by_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="anmält av"
    )
    closed_at = models.DateTimeField("avslutat", null=True)

    class Meta:
        verbose_name = "övrigt ärende"
        verbose_name_plural = "övriga ärenden"
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("version",), condition=Q(closed_at=None), name="ovrigt_version_in_one_open_matter"
            ),
            models.UniqueConstraint(
                fields=("fokusomrade",), condition=Q(closed_at=None), name="ovrigt_fokusomrade_in_one_open_matter"
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class OvrigBilaga(KeptFile):
    """A file with a matter that is no satsning; served only through a permission check."""

    matter = models.ForeignKey(OvrigtArende, on_delete=models.PROTECT, related_name="bilagor")
    file = models.FileField("fil", upload_to="ovriga/%Y/%m", max_length=300)

    class Meta(KeptFile.Meta):
        verbose_name = "bilaga till övrigt ärende"
        verbose_name_plural = "bilagor till övriga ärenden"


class AgendaItem(models.Model):
    """A line of an agenda: exactly one of an anmälan, another matter or a text of its own.

    `title` is what the agenda says; `minutes` the time set aside. One that came after the papers' last day is
    `is_late` and taken up only once `late_accepted` is true. `minutes_text` is what the secretary adds to the minutes,
    and `minutes_edition` goes up with every save of it.
    `settled_at` is set with its paragraph, `withdrawn_at` where it left the agenda after the kallelse. `chair` leads
    this item alone, as when the meeting's chair has jäv in it; None where the meeting's chair does.

    `sekretess` is the mark as it is; `mark_in_minutes` the one that stands in the newest minutes, which holds until
    `mark_lifted_at` says that it was lifted. `marked_at` is when one was set after the meeting: extracts sent before
    then are read by who sits in the body alone.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField("slag", max_length=12, choices=ItemKind.choices)
    standing = models.CharField("stående punkt", max_length=15, choices=StandingItem.choices, blank=True)
    section = models.CharField("avsnitt", max_length=100, blank=True)
    position = models.PositiveIntegerField("ordning")
    title = models.CharField("rubrik", max_length=250)
    text = models.TextField("text", blank=True)
    duration = models.PositiveSmallIntegerField("tid i minuter", null=True, blank=True)
    sort = models.CharField("sort", max_length=15, choices=ItemSort.choices, default=ItemSort.ARBETA)
    presenter = models.CharField("föredragande", max_length=150, blank=True)
    anmalan = models.ForeignKey(
        "workflow.Anmalan", on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    matter = models.ForeignKey(
        OvrigtArende, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    is_late = models.BooleanField("för sent anmält", default=False)
    late_accepted = models.BooleanField("tas upp ändå", default=False)
    sekretess = models.CharField("sekretessmarkering", max_length=100, blank=True)
    mark_in_minutes = models.CharField("markering i protokollet", max_length=100, blank=True)
    mark_lifted_at = models.DateTimeField("markeringen hävd", null=True)
    marked_at = models.DateTimeField("markerad efter mötet", null=True)
    chair = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="leder punkten"
    )
    minutes_text = models.TextField("text till protokollet", blank=True)
    minutes_edition = models.PositiveIntegerField("textens utgåva", default=1)
    added_at = models.DateTimeField("tillagd", auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField("behandlad", null=True)
    withdrawn_at = models.DateTimeField("utgick", null=True)
    withdraw_reason = models.CharField("varför punkten utgick", max_length=250, blank=True)

    class Meta:
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "punkter på dagordningen"
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("anmalan",),
                condition=Q(settled_at=None, withdrawn_at=None),
                name="item_anmalan_on_one_agenda",
            ),
            models.UniqueConstraint(
                fields=("matter",),
                condition=Q(settled_at=None, withdrawn_at=None),
                name="item_matter_on_one_agenda",
            ),
            models.CheckConstraint(
                condition=Q(kind=ItemKind.ARENDE, anmalan__isnull=False, matter=None)
                | Q(kind=ItemKind.OVRIGT, anmalan=None, matter__isnull=False)
                | Q(kind__in=(ItemKind.INFORMATION, ItemKind.STAENDE), anmalan=None, matter=None),
                name="item_is_one_thing",
            ),
        )

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def sort_beside(self) -> str:
        """Return whether it is to be worked with or known of, as it stands beside the title."""
        return ItemSort(self.sort).beside


class Underlag(models.Model):
    """The papers of an item as they were frozen, canonical JSON with its SHA-256; the table takes no UPDATE or DELETE.

    The newest number is what lies on the table: a supplement is a number of its own.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="underlag")
    number = models.PositiveIntegerField("nummer")
    content = models.TextField("innehåll")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    revision = models.ForeignKey("satsningar.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField("fryst")
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ("item", "-number")
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="underlag_number_once"),)

    def __str__(self) -> str:
        """Return the number."""
        return f"underlag {self.number}"


class AgendaTemplateItem(models.Model):
    """A line of the standing template by which a body's agendas begin."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agenda_template")
    kind = models.CharField("slag", max_length=12, choices=ItemKind.choices)
    standing = models.CharField("stående punkt", max_length=15, choices=StandingItem.choices, blank=True)
    section = models.CharField("avsnitt", max_length=100, blank=True)
    position = models.PositiveIntegerField("ordning")
    title = models.CharField("rubrik", max_length=250)
    duration = models.PositiveSmallIntegerField("tid i minuter", null=True, blank=True)
    sort = models.CharField("sort", max_length=15, choices=ItemSort.choices, default=ItemSort.BRA_ATT_VETA)

    class Meta:
        verbose_name = "punkt i mall"
        verbose_name_plural = "punkter i mall"
        ordering = ("position", "id")

    def __str__(self) -> str:
        """Return the title."""
        return self.title
