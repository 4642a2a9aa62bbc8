from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from leadbureau.content.models.publishing import slug_field
from leadbureau.kit.search_text import SearchTextField


class PartnerKindQuerySet(models.QuerySet):
    def with_partners(self):
        """The headings that have a visible partner, each with its `shown` partners; two queries."""
        shown = Prefetch("partners", queryset=Partner.objects.visible(), to_attr="shown")
        return self.filter(partners__visible=True).distinct().prefetch_related(shown)


class PartnerKind(models.Model):
    """A heading of the partners' page."""

    slug = slug_field()
    name = models.CharField(max_length=160, help_text="The heading, as visitors read it.")
    intro = models.TextField("introduction", blank=True, help_text="A plain sentence under the heading.")
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")

    objects = PartnerKindQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "kind of partner"
        verbose_name_plural = "kinds of partners"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('partners:index')}#{self.slug}"


class PartnerQuerySet(models.QuerySet):
    def visible(self):
        return self.filter(visible=True)


class Partner(models.Model):
    """An organization that the Bureau thanks by name."""

    name = models.CharField(max_length=200)
    kind = models.ForeignKey(PartnerKind, on_delete=models.PROTECT, related_name="partners")
    place = models.CharField(
        max_length=120, blank=True, help_text="Where it is, or what it belongs to, like Albany, New York."
    )
    words = models.TextField(blank=True, help_text="One or two plain sentences: what it has to do with LEAD.")
    website = models.URLField(blank=True, help_text="Begins with https://. Empty: no link is shown.")
    logo = models.ImageField(
        upload_to="pictures/logos/",
        blank=True,
        max_length=255,
        width_field="logo_width",
        height_field="logo_height",
        help_text="A PNG, JPEG or WebP file. SVG is not taken, as it can carry scripts. "
        "Shown on white, at most 480 pixels wide. Have the partner's leave to show it.",
    )
    logo_width = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    since = models.PositiveSmallIntegerField(
        "partner since (year)", null=True, blank=True, validators=[MinValueValidator(2011)]
    )
    order = models.PositiveSmallIntegerField(default=100, help_text="The lowest number stands first.")
    visible = models.BooleanField("shown on the site", default=True)
    source_title = models.CharField("source", max_length=200, blank=True, help_text="For staff.")
    source_url = models.URLField("address of the source", max_length=500, blank=True)
    updated_at = models.DateTimeField("last changed", auto_now=True)
    search_text = SearchTextField(sources=("name", "place", "words", "kind.name"))

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "kind"], name="partner_once_under_a_heading"),
            models.CheckConstraint(
                condition=Q(since=None) | Q(since__gte=2011),
                name="no_partner_before_lead_began",
                violation_error_message="LEAD began in 2011; no partner is older.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('partners:index')}#partner-{self.pk}"
