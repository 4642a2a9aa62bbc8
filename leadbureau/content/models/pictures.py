"""Pictures of the Bureau and the gallery on the home page."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

SHARE = [MinValueValidator(0), MaxValueValidator(1)]


class PictureQuerySet(models.QuerySet):
    def waiting(self):
        """Pictures whose file as it is now has not been cut yet."""
        return self.exclude(renditions_of=F("file"))

    def ready(self):
        """Pictures cut for all screens. The filter for Picture.is_ready."""
        return self.filter(renditions_of=F("file"))


class Picture(models.Model):  # type: ignore[django-manager-missing]
    """An image with the words that stand for it. Renditions are cut from the file by the worker."""

    title = models.CharField(max_length=120, help_text="For staff, to find it again.")
    file = models.ImageField(
        upload_to="pictures/", width_field="width", height_field="height", max_length=255
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        "alternative text",
        max_length=250,
        blank=True,
        help_text="What a person who cannot see the picture needs to know. Required unless it is decorative.",
    )
    decorative = models.BooleanField(default=False, help_text="It says nothing that the text does not say.")
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it, as they want to be named.")
    focal_x = models.FloatField("focal point, from the left", default=0.5, validators=SHARE)
    focal_y = models.FloatField("focal point, from the top", default=0.5, validators=SHARE)
    renditions = models.JSONField(default=list, editable=False)
    renditions_of = models.CharField(max_length=255, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decorative=True, alt="") | (Q(decorative=False) & ~Q(alt="")),
                name="picture_has_words_or_is_decorative",
                violation_error_message=(
                    "Write the alternative text, or mark the picture as decorative; not both."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def is_ready(self) -> bool:
        """Whether its renditions were cut from the file that it has now; the predicate for ready()."""
        return bool(self.file) and self.renditions_of == self.file.name


class GalleryPicture(models.Model):
    """A picture of the home page's gallery, with its caption and where it leads."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT)
    title = models.CharField(max_length=120, help_text="Above the caption, like the name of the place.")
    caption = models.CharField(max_length=250, blank=True)
    address = models.CharField("leads to", max_length=200, blank=True, help_text="Like /sites/nm/santa-fe/.")
    order = models.PositiveSmallIntegerField(default=10, help_text="The lowest number stands first.")
    shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title
