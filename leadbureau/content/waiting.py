"""Words and pictures that wait for staff."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from leadbureau.content.models import NewsItem, Page, Picture, Resource, Study
from leadbureau.kit.waiting import Waiting

SOON = timedelta(days=7)
SLOW = timedelta(minutes=10)  # after that the worker is not running, or the file cannot be cut

NOUNS = {Page: ("page", "pages"), NewsItem: ("news item", "news items"), Study: ("study", "studies")}
NOUNS[Resource] = ("resource", "resources")


def waiting(user) -> list[Waiting]:
    lines = []
    for model, (one, many) in NOUNS.items():
        if not user.has_perm(f"content.change_{model._meta.model_name}"):
            continue
        address = reverse(f"admin:content_{model._meta.model_name}_changelist")
        drafts = model.objects.drafts().count()
        due = model.objects.scheduled().filter(publish_at__lt=timezone.now() + SOON).count()
        lines += [
            Waiting(
                f"{one if drafts == 1 else many} in draft, not yet on the site",
                drafts,
                f"{address}?state=draft",
            ),
            Waiting(
                f"{one if due == 1 else many} to appear within a week", due, f"{address}?state=scheduled"
            ),
        ]
    if user.has_perm("content.view_picture"):
        slow = Picture.objects.waiting().filter(updated_at__lt=timezone.now() - SLOW).count()
        address = f"{reverse('admin:content_picture_changelist')}?ready=no"
        label = "picture not yet cut for all screens" if slow == 1 else "pictures not yet cut for all screens"
        lines.append(Waiting(label, slow, address, urgent=True))
    return lines
