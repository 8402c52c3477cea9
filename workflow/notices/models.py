"""The tables of notices: one row for each act and person concerned, the letters, and what people and counties chose."""

from django.conf import settings
from django.db import models

from governance.models import Body, County
from workflow.models.journal import JournalEntry
from workflow.notices.vocabulary import Brevlage, Brevslag, Postlage, Slag, Takt


class Delivery(models.Model):
    """A letter to one person about one or more notices.

    `message_id` is fixed before the first try and kept through all of them. `told` says why it is held, or what went
    wrong the last time. A letter that waits has a time for its next try.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("slag", max_length=8, choices=Brevslag.choices)
    message_id = models.CharField("brevets id", max_length=200, unique=True)
    state = models.CharField("läge", max_length=8, choices=Brevlage.choices, default=Brevlage.VANTAR)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    next_try_at = models.DateTimeField("nästa försök", null=True)
    created_at = models.DateTimeField("skrivet")
    sent_at = models.DateTimeField("skickat", null=True)
    told = models.CharField("besked", max_length=300, blank=True)

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=(Brevlage.VANTAR, Brevlage.FORSOK), next_try_at__isnull=False)
                | models.Q(next_try_at=None) & ~models.Q(state__in=(Brevlage.VANTAR, Brevlage.FORSOK)),
                name="delivery_waits_for_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=Brevlage.SANT, sent_at__isnull=False) | ~models.Q(state=Brevlage.SANT),
                name="delivery_sent_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=("county", "state", "-id"), name="delivery_by_state"),
            models.Index(
                fields=("next_try_at",), condition=models.Q(next_try_at__isnull=False), name="delivery_to_send"
            ),
        )

    def __str__(self) -> str:
        """Return the letter's id."""
        return self.message_id


class Notice(models.Model):
    """That one act concerns one person; written with the act, in its transaction, by `workflow.journal.append` alone.

    `body` is the body through which it concerns the person, none where it is the person by name. `expected` says what
    the person is to do, empty for nothing, and `due` by when. `page` and `page_id` name where it is seen.
    """

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="notices", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.CharField("slag", max_length=12, choices=Slag.choices)
    expected = models.CharField("vad som väntas", max_length=150, blank=True)
    due = models.DateField("senast", null=True)
    page = models.CharField("sida", max_length=40)
    page_id = models.BigIntegerField("sidans nyckel", null=True)
    mail = models.CharField("e-post", max_length=8, choices=Postlage.choices)
    read_at = models.DateTimeField("läst", null=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="notices", db_index=False)

    class Meta:
        verbose_name = "notis"
        verbose_name_plural = "notiser"
        ordering = ("-entry_id",)
        constraints = (models.UniqueConstraint(fields=("person", "entry"), name="notice_once"),)
        indexes = (
            models.Index(fields=("person", "entry"), condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=("mail", "person"),
                condition=models.Q(mail__in=(Postlage.NY, Postlage.DAG, Postlage.VECKA, Postlage.BESLUT)),
                name="notice_to_sort",
            ),
            models.Index(fields=("delivery",), condition=models.Q(delivery__isnull=False), name="notice_of_delivery"),
        )

    def __str__(self) -> str:
        """Return the keys of entry and person."""
        return f"notis om post {self.entry_id} till {self.person_id}"


class Preference(models.Model):
    """When a person wants letters about a kind of event, where it is not as usual."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField("slag", max_length=12, choices=Slag.choices)
    takt = models.CharField("när", max_length=10, choices=Takt.choices)

    class Meta:
        verbose_name = "val av brev"
        verbose_name_plural = "val av brev"
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="preference_once"),)

    def __str__(self) -> str:
        """Return kind and choice."""
        return f"{self.get_kind_display()}: {self.get_takt_display()}"


class Utskick(models.Model):
    """How a county's letters go out, where regionalt stöd has said something; without a row it is as the defaults."""

    county = models.OneToOneField(County, on_delete=models.PROTECT, primary_key=True, related_name="utskick")
    test_mode = models.BooleanField("testläge", default=False)
    stopped = models.BooleanField("stoppat", default=False)
    holds_decisions = models.BooleanField("brev om beslut väntar på att släppas", default=True)
    edition = models.PositiveIntegerField("utgåva", default=0)
    changed_at = models.DateTimeField("ändrat", null=True)

    class Meta:
        verbose_name = "utskick"
        verbose_name_plural = "utskick"

    def __str__(self) -> str:
        """Return the county's key."""
        return f"utskick i län {self.county_id}"

    @classmethod
    def of(cls, county_id: int) -> "Utskick":
        """Return how a county's letters go out; the usual where nothing has been said."""
        return cls.objects.filter(county=county_id).first() or cls(county_id=county_id)


class Slappt(models.Model):
    """That the letters about one decision were let go; the table takes no UPDATE or DELETE."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="slappt", verbose_name="beslut")
    act_id = models.UUIDField("händelse")
    at = models.DateTimeField("tid")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "släppta brev"
        verbose_name_plural = "släppta brev"

    def __str__(self) -> str:
        """Return the key of the decision's entry."""
        return f"breven om post {self.entry_id}"
