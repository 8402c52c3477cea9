"""What a county steers towards: målbild, fokusområden, indikatorer and the areas of state funding."""

from typing import ClassVar

from django.db import models

from governance.models.bodies import County
from governance.models.minuted import WHOLE, Minuted


class CountyItem(models.Model):
    """One coded line of a county's target picture."""

    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField("kod")
    name = models.CharField("namn", max_length=250)
    description = models.TextField("beskrivning", blank=True)
    position = models.PositiveSmallIntegerField("ordning", default=0)
    ended_on = models.DateField("upphörde", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=("county", "code"), name="%(class)s_code_once"),
        )

    def __str__(self) -> str:
        """Return the line's name."""
        return self.name


class Malbild(models.Model):
    """The shared target picture of a county."""

    county = models.OneToOneField(County, on_delete=models.PROTECT, related_name="malbild")
    name = models.CharField("namn", max_length=150)
    year = models.PositiveSmallIntegerField("målår")
    decided_by = models.CharField("beslutad av", max_length=250, blank=True)

    class Meta:
        verbose_name = "målbild"
        verbose_name_plural = "målbilder"

    def __str__(self) -> str:
        """Return the picture's name."""
        return self.name


class Malomrade(CountyItem):
    """A target area of the målbild."""

    class Meta(CountyItem.Meta):
        verbose_name = "målområde"
        verbose_name_plural = "målområden"


class Vardeord(CountyItem):
    """A value word of a target area."""

    malomrade = models.ForeignKey(Malomrade, on_delete=models.PROTECT, related_name="vardeord")

    class Meta(CountyItem.Meta):
        verbose_name = "värdeord"
        verbose_name_plural = "värdeord"


class Framgangsfaktor(CountyItem):
    """A condition of success that each piece of work is checked against."""

    class Meta(CountyItem.Meta):
        verbose_name = "framgångsfaktor"
        verbose_name_plural = "framgångsfaktorer"


class Forflyttning(CountyItem):
    """A shift that each satsning should serve, from something to something."""

    class Meta(CountyItem.Meta):
        verbose_name = "förflyttning"
        verbose_name_plural = "förflyttningar"


class Perspektiv(CountyItem):
    """A perspective that runs through everything."""

    class Meta(CountyItem.Meta):
        verbose_name = "perspektiv"
        verbose_name_plural = "perspektiv"


class Fokusomrade(Minuted, CountyItem):
    """A focus area, decided for a period."""

    starts_on = models.DateField("från och med")
    ends_on = models.DateField("till och med")
    decided_by = models.CharField("beslutat av", max_length=150, blank=True)

    class Meta(CountyItem.Meta):
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområden"
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            *CountyItem.Meta.constraints,
            models.CheckConstraint(condition=WHOLE, name="fokusomrade_minuted_whole"),
        )


class Malsattning(CountyItem):
    """An aim within a focus area."""

    fokusomrade = models.ForeignKey(Fokusomrade, on_delete=models.PROTECT, related_name="malsattningar")

    class Meta(CountyItem.Meta):
        verbose_name = "målsättning"
        verbose_name_plural = "målsättningar"


class Indikator(CountyItem):
    """An indicator of a target area, made of a few mått."""

    malomrade = models.ForeignKey(Malomrade, on_delete=models.PROTECT, related_name="indikatorer")

    class Meta(CountyItem.Meta):
        verbose_name = "indikator"
        verbose_name_plural = "indikatorer"


class Matt(CountyItem):
    """A measure of an indicator."""

    indikator = models.ForeignKey(Indikator, on_delete=models.PROTECT, related_name="matt")
    unit = models.CharField("enhet", max_length=50, blank=True)

    class Meta(CountyItem.Meta):
        verbose_name = "mått"
        verbose_name_plural = "mått"


class Arstema(CountyItem):
    """What everybody in the county concentrates on together for one year."""

    year = models.PositiveSmallIntegerField("år")

    class Meta(CountyItem.Meta):
        verbose_name = "årstema"
        verbose_name_plural = "årsteman"


class FundingArea(CountyItem):
    """An area that state-grant money is given for."""

    class Meta(CountyItem.Meta):
        verbose_name = "område för statsbidrag"
        verbose_name_plural = "områden för statsbidrag"
