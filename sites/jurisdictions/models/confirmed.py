"""By whose word an entry is right: what the place itself confirmed, how long that counts, whom to ask again.

Mixed into the place and into its QuerySet; what was said is kept in Confirmation.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leadbureau.content.wording import say
from leadbureau.mail.models import NotAllowed
from sites.jurisdictions.dates import PartialDate, months_before
from sites.jurisdictions.models.contact import PrivateContact
from sites.jurisdictions.models.traits import Visibility

FRESH, LAPSED, NEVER = "fresh", "lapsed", "never"
COUNTS_FOR = 13  # months; after that a page says since when nobody has confirmed the entry
ASK_AGAIN_AFTER = 11  # months after a confirmation, so that the answer comes before it lapses
LETTER_EVERY = 12  # months
SETTLED = timedelta(days=1)  # a contact that was typed today can still be mended before anybody is written to


class ConfirmedQuerySet(models.QuerySet):
    def confirmed(self, today: date | None = None):
        """Those whose confirmation still counts. The filter for confirmation_state being "fresh"."""
        return self.filter(confirmed_on__gt=_lapsed(today))

    def lapsed(self, today: date | None = None):
        """Those that confirmed too long ago. The filter for confirmation_state being "lapsed"."""
        return self.filter(confirmed_on__lte=_lapsed(today))

    def due_for_letter(self, now: datetime | None = None):
        """Those to be asked once more: somebody answers for them, no letter has left for a year, and the
        last confirmation is eleven months old or there is none. The filter for is_due_for_letter."""
        now = now or timezone.now()
        today = timezone.localdate(now)
        sent: Any = self.model._meta.get_field("confirmation_links").related_model
        links = sent._default_manager
        year_ago = now - (today - months_before(today, LETTER_EVERY))
        contacts = PrivateContact.objects.filter(place=OuterRef("pk"), updated_at__lte=now - SETTLED)
        return self.filter(
            Q(confirmed_on=None) | Q(confirmed_on__lte=months_before(today, ASK_AGAIN_AFTER)),
            Exists(contacts),
            ~Exists(links.filter(place=OuterRef("pk"), made_at__gt=year_ago)),
            visibility__in=(Visibility.NAMED, Visibility.COUNTED),
        )


class ConfirmedByItself(models.Model):
    """The place's half; `confirmed_on` and `checked_on` are its columns."""

    class Meta:
        abstract = True

    def confirm(
        self, *, on: date | None = None, link=None, said_by: str = "", by=None, how: str = ""
    ) -> bool:
        """The jurisdiction says that its entry is right; tells whether that was new for the day.

        on: the day (default: today). link: the ConfirmationLink it came through; or by and how: who recorded
        it, and how it was said. Raises NotAllowed for a day to come, and when neither way is told whole.
        """
        today = timezone.localdate()
        on = on or today
        if on > today:
            raise NotAllowed("This day is still to come.")
        if link is None and not (by and how and said_by):
            raise NotAllowed("Say who confirmed the entry, and how.")
        with transaction.atomic():
            place: Any = type(self)._default_manager.select_for_update().get(pk=self.pk)
            _, is_new = place.confirmations.get_or_create(
                on=on, defaults={"link": link, "said_by": said_by, "by": by, "how": how}
            )
            place.settle_confirmation()
        entry: Any = self
        entry.confirmed_on, entry.checked_on = place.confirmed_on, place.checked_on
        return is_new

    def waits_for_own_changes(self) -> bool:
        """Whether staff have still to decide something that the place itself says is wrong. One query."""
        return self._own_changes().filter(decided_at=None).exists()

    def _own_changes(self):
        changes: Any = self.corrections  # type: ignore[attr-defined]
        return changes.trusted().filter(origin="jurisdiction")

    def settle_confirmation(self) -> None:
        """The entry counts as confirmed since the newest day on which the place said so.

        Not while changes wait that it asked for itself, nor after one was declined that it asked for on that
        day or later: the entry does not say then what the place says.
        """
        entry: Any = self
        newest = entry.confirmations.order_by("-on").values_list("on", flat=True).first()
        if newest is None or (entry.confirmed_on and entry.confirmed_on >= newest):
            return
        declined = self._own_changes().filter(outcome="declined", received_at__date__gte=newest)
        if self.waits_for_own_changes() or declined.exists():
            return
        entry.confirmed_on = newest
        entry.checked_on = max(newest, entry.checked_on or newest)
        entry.save(update_fields=["confirmed_on", "checked_on", "updated_at"])

    def confirmation_state(self, today: date | None = None) -> str:
        """ "fresh", "lapsed" or "never"; the predicate for ConfirmedQuerySet.confirmed and lapsed."""
        confirmed_on = self.confirmed_on  # type: ignore[attr-defined]
        if confirmed_on is None:
            return NEVER
        return FRESH if confirmed_on > _lapsed(today) else LAPSED

    def confirmation_in_words(self, today: date | None = None) -> str:
        """ "Confirmed by the jurisdiction, May 2026": the one sentence for pages, lists and the brief."""
        confirmed_on = self.confirmed_on  # type: ignore[attr-defined]
        month = PartialDate(confirmed_on.year, confirmed_on.month).in_words() if confirmed_on else ""
        return say(f"sites.confirm.state.{self.confirmation_state(today)}", month=month)

    def is_due_for_letter(self, now: datetime | None = None) -> bool:
        """The predicate for ConfirmedQuerySet.due_for_letter."""
        places: Any = type(self)._default_manager
        return places.filter(pk=self.pk).due_for_letter(now).exists()


def _lapsed(today: date | None) -> date:
    """The last day on which a confirmation is too old to count."""
    return months_before(today or timezone.localdate(), COUNTS_FOR)
