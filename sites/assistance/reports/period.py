"""The period of a report: two days of the Bureau's calendar, both of which count."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.http import urlencode

FIRST_DAY = date(2000, 1, 1)  # no request is older; a year typed with two digits is
LONGEST = 20  # years
FISCAL_YEAR_BEGINS = 10  # October: 31 U.S.C. 1102


@dataclass(frozen=True)
class Period:
    """From the first moment of `since` to the last of `until`, in the Bureau's time zone."""

    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment, and the first that counts no more."""
        return _begin_of(self.since), _begin_of(self.until + timedelta(days=1))

    @property
    def in_words(self) -> str:
        return f"{date_format(self.since, 'j F Y')} to {date_format(self.until, 'j F Y')}"

    @property
    def query(self) -> str:
        """For an address, without the question mark."""
        return urlencode({"since": self.since.isoformat(), "until": self.until.isoformat()})

    def months(self) -> list[date]:
        """The first day of each month that the period touches."""
        found, day = [], self.since.replace(day=1)
        while day <= self.until:
            found.append(day)
            day = _months_later(day, 1)
        return found


def shortcuts(today: date) -> list[tuple[str, Period]]:
    """The periods that are asked for most, by name."""
    quarter = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    fiscal = date(today.year - (today.month < FISCAL_YEAR_BEGINS), FISCAL_YEAR_BEGINS, 1)
    year = date(today.year, 1, 1)
    return [
        ("This quarter", _span(quarter, 3)),
        ("Last quarter", _span(_months_later(quarter, -3), 3)),
        ("This year", _span(year, 12)),
        ("Last federal fiscal year", _span(_months_later(fiscal, -12), 12)),
    ]


class PeriodForm(forms.Form):
    """The two days, from an address or typed."""

    use_required_attribute = False

    since = forms.DateField(
        label="First day",
        error_messages={"required": "Choose the first day.", "invalid": "Enter a day like 2026-01-31."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    until = forms.DateField(
        label="Last day, which counts",
        error_messages={"required": "Choose the last day.", "invalid": "Enter a day like 2026-01-31."},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def clean_since(self) -> date:
        return _possible(self.cleaned_data["since"])

    def clean_until(self) -> date:
        return _possible(self.cleaned_data["until"])

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day is before the first. Choose a later one.")
        elif since and until and until >= _months_later(since, 12 * LONGEST):
            self.add_error("until", f"A report covers {LONGEST} years at most. Choose an earlier day.")
        return cleaned

    @property
    def period(self) -> Period:
        """After is_valid() only."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])


def _possible(day: date) -> date:
    if not FIRST_DAY <= day <= date(timezone.localdate().year + LONGEST, 12, 31):
        raise ValidationError("Enter the year with its four digits, like 2026.")
    return day


def _span(first: date, months: int) -> Period:
    return Period(first, _months_later(first, months) - timedelta(days=1))


def _months_later(day: date, count: int) -> date:
    """The same day some months on; on the 29th of February of a year without one, the 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(years, month + 1, last)


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
