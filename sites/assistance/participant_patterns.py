"""What personal data about participants looks like: the patterns, and what looks alike and is something else.

Each search takes a text and gives the stretches that it found: (start, before the end). The rules are American.
"""

import re
from collections.abc import Iterator

from django.utils import timezone

AGES = range(10, 101)  # a date that makes nobody of this age is taken for the date of something else

DASH = r"[-\u2010-\u2015\u2212]"
GAP = r"[ \u00a0\u202f]"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
YEAR = r"(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})"
LONG_YEAR = r"(?:19|20)[0-9]{2}"
NUMERIC_DATE = r"[0-9]{1,2}(?P<sep>[/.-])[0-9]{1,2}(?P=sep)" + YEAR + r"(?![0-9/-])"
ISO_DATE = r"(?P<year>" + LONG_YEAR + r")-[01][0-9]-[0-3][0-9](?![0-9-])"
WORDED_DATE = r"(?i:" + MONTH + r") [0-3]?[0-9](?:st|nd|rd|th)?,? (?P<year>" + LONG_YEAR + r")\b"
EUROPEAN_DATE = r"[0-3]?[0-9] (?i:" + MONTH + r"),? (?P<year>" + LONG_YEAR + r")\b"
DATES = tuple(
    re.compile(r"(?<![0-9/§-])" + date) for date in (NUMERIC_DATE, ISO_DATE, WORDED_DATE, EUROPEAN_DATE)
)

# Social Security numbers: area 001-899 without 666, group 01-99, serial 0001-9999. Source: SSA, POMS RM 10201.035.
VALID_SSN = r"(?!000|666|9)[0-9]{3}%s(?!00)[0-9]{2}%s(?!0000)[0-9]{4}"
SPLIT_SSN = re.compile(
    r"(?<![\w.§$-])(?<![0-9]{GAP})".replace("{GAP}", GAP)
    + VALID_SSN % (rf"(?P<gap>{DASH}|{GAP}|\.)", r"(?P=gap)")
    + rf"(?!{DASH}?\w|[.,][0-9])"
)
WHOLE_SSN = re.compile(r"(?<![\w.,$#/-])" + VALID_SSN % ("", "") + rf"(?!{DASH}?\w|[.,/][0-9])")
SSN_BY_WORD = re.compile(
    r"\b(?:SSN|SS ?#|Social Security (?:number|no\.?|#|card))(?:\s+(?:is|was|ends? in|ending in))?[^\w\n]{0,4}"
    r"(?:[0-9X*]{3}[ -]?[0-9X*]{2}[ -]?[0-9]{4}|[0-9]{4})\b",
    re.IGNORECASE,
)
LAW_BEFORE = re.compile(
    r"(?:§+|\b(?:sections?|sec\.|statutes?|code|chapter|title|U\.?S\.?C\.?|stat\.))\s*$", re.I
)
OTHER_NUMBER_BEFORE = re.compile(
    r"(?:\b(?:zip(?: code)?|DUNS|EIN|FEIN|tax ID|FIPS|UEI|grant|award|contract|invoice|account|fax|phone|tel|order)"
    r"(?: number| no)?|\b(?-i:[A-Z]{2}))[.:# ]*$",
    re.IGNORECASE,
)
COUNTED_AFTER = re.compile(
    r"^ ?(?:dollars|people|persons|residents|calls|visits|doses|arrests|bookings|cases|units|USD)\b", re.I
)

# Dates of birth.
BORN = re.compile(
    r"\b(?:D\.?O\.?B\.?|date of birth|birth ?date|birthday)(?!\w)|\bborn(?: on| in)?\b", re.IGNORECASE
)
BORN_AFTER = re.compile(
    r"^[ ,;)(-]{0,4}(?:\(?D\.?O\.?B\.?(?!\w)|date of birth\b|birth ?date\b|birthday\b)", re.IGNORECASE
)
YEAR_OF_BIRTH = re.compile(
    r"\b(?:D\.?O\.?B\.?|year of birth)(?!\w)\W{0,4}(?:19|20)[0-9]{2}(?![0-9/-])", re.IGNORECASE
)
NO_PERSON = (
    r"act|acts|administration|advisory|agency|agreement|alliance|arts|assistance|association|authority|avenue|award|"
    r"block|board|boulevard|bureau|care|center|centers|charter|church|circuit|city|clinic|coalition|code|college|"
    r"commission|committee|community|congress|connections|consortium|council|county|court|courts|crisis|"
    r"department|deputies|district|diversion|division|drive|evaluation|executive|federal|fire|first|force|forum|"
    r"foundation|fund|general|governance|government|grant|grants|group|health|high|highway|home|hospital|"
    r"housing|initiative|inc|institute|jail|jobs|justice|law|lead|llc|magazine|management|medical|meeting|"
    r"memorandum|memorial|municipal|national|nation|neighborhoods|network|news|office|operation|operations|order|"
    r"ordinance|partners|partnership|pilot|plan|plaza|police|policy|press|prison|program|programs|project|"
    r"proposition|public|pueblo|recovery|reform|regional|relief|report|reservation|resolution|resources|response|"
    r"river|road|safe|safety|school|senate|senior|service|services|session|sheriff|site|social|society|"
    r"solutions|springs|state|states|street|strategy|summit|supreme|survey|system|task|team|times|town|training|"
    r"tribal|tribe|union|unit|united|university|update|valley|village|water|workgroup|working|works|"
    r"chief|mayor|sheriff|judge|justice|governor|director|attorney|prosecutor|commissioner|councilor|councilwoman|"
    r"councilman|officer|captain|lieutenant|sergeant|senator|representative|president|chair|chairman|dr|deputy|"
    r"january|february|march|july|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"new|north|south|east|west|santa|san|los|las|el|la|fort|saint|st|mount|rio|"
    r"the|a|an|on|in|at|by|of|from|for|since|until|after|before|between|effective|dated|date|and|our|we|this|these|see|"
    r"it|its|they|when|began|begin|started|start|ended|end|approved|adopted|signed|launched|awarded|phase|year|fiscal|fy"
)
WORD = r"[A-ZÀ-ÖØ-Þ](?:[a-zà-öø-ÿ'’]+(?:-?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+)?|[A-ZÀ-ÖØ-Þ]+)"
NAME_BEFORE = re.compile(
    rf"(?P<title>\b[\w.]+[ ]+)?(?P<name>\b{WORD}(?:,? (?:[A-Z]\.? )?{WORD}){{1,2}})"
    r"(?:,? (?:Jr|Sr|II|III)\.?)?[ ]?[,;:(–—-]{0,2}[ ]?$"
)
PERSON_BEFORE = re.compile(
    r"\b(?:client|participant|patient|defendant|inmate|arrestee|suspect|juvenile|male|female|man|woman|individual)"
    r"(?: (?:[A-Z]\.){1,3}| [A-Z][a-z]+)?[ ]?[,;:(–—-]{1,2}[ ]?$"
)
NAME_AFTER = re.compile(rf"^[ ]?[,;:)–—-]{{0,2}}[ ](?P<name>{WORD} (?:[A-Z]\.? )?{WORD})\b")

# Numbers that courts, jails and police give. A token has digits and is no year and no small count.
ITS_NUMBER = r"(?P<token>(?-i:[A-Z]{1,5} )?(?:[A-Z0-9]+[-./:])*[A-Z]{0,4}[0-9][A-Z0-9]*(?:[-./][A-Z0-9]+)*)"
MARK = r"(?:\s*(?:number|nos?\.|no\.?|num\.?|nbr\.?|№|ID|#)\s*(?:is|was)?\s*[:#=]{0,2}\s*|\s*[:#=]{1,2}\s*)"
CASE_WORDS = (
    r"(?:(?:court|criminal|police|jail|traffic|civil)\s+)?(?:case|docket|cause|booking|inmate|arrest|incident|citation|"
    r"warrant|offender|prisoner|detainee)|(?:police|arrest|incident|offense)\s+report"
)
BY_CASE_WORD = re.compile(rf"\b(?:{CASE_WORDS}){MARK}{ITS_NUMBER}(?!\w|,[0-9]{{3}})", re.IGNORECASE)
BY_SHORT_WORD = re.compile(
    rf"\b(?:BK|BKG|DOC|CDCR?|TDCJ|SID|FBI|OCA|BOP){GAP}?(?:#|No\.|[Nn]umber|ID){GAP}?[:#]?{GAP}?{ITS_NUMBER}(?!\w)"
)
# As courts write them: D-202-CR-2019-01234, 21-CR-00345, CR-2021-004567.
COURT_NUMBER = re.compile(
    rf"(?<![\w-])(?:[A-Z]{DASH}?[0-9]{{2,4}}{DASH})?(?:(?:19|20)?[0-9]{{2}}{DASH}(?:CR|CF|CM|CRF|CRM|JV|JD|MJ|TR|DV|FE|MM){DASH}[0-9]{{3,7}}"
    rf"|(?:CR|CF|CM|CRF|CRM|JV|JD|MJ|TR|DV|FE|MM){DASH}(?:19|20)?[0-9]{{2}}{DASH}[0-9]{{3,7}})(?![\w])"
)
RECORD_WORDS = (
    r"(?:state|tribal)\s+ID(?:\s+card)?|medical\s+record|patient|client\s+ID|chart|"
    r"passport|Medicaid|Medicare|health\s+record|insurance\s+member"
)
BY_RECORD_WORD = re.compile(rf"\b(?:{RECORD_WORDS}){MARK}{ITS_NUMBER}(?!\w|,[0-9]{{3}})", re.IGNORECASE)
BY_LICENSE = re.compile(
    rf"\bdriver[’']?s?[’']?\s+licen[sc]e(?:{MARK}|\s+){ITS_NUMBER}(?!\w|,[0-9]{{3}})", re.IGNORECASE
)
BY_RECORD_SHORT = re.compile(
    rf"\b(?:MRN|DL|OLN|CDL|A{DASH}number){GAP}?(?:#|No\.?|number|:)?{GAP}?[:#]?{GAP}?{ITS_NUMBER}(?!\w)"
)


def ssns(text: str) -> Iterator[tuple[int, int]]:
    for match in SSN_BY_WORD.finditer(text):
        yield match.span()
    for match in SPLIT_SSN.finditer(text):
        if not LAW_BEFORE.search(text[: match.start()]):
            yield match.span()
    for match in WHOLE_SSN.finditer(text):
        before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :]
        other = LAW_BEFORE.search(before) or OTHER_NUMBER_BEFORE.search(before)
        if not other and not COUNTED_AFTER.search(after):
            yield match.span()


def births(text: str) -> Iterator[tuple[int, int]]:
    for match in YEAR_OF_BIRTH.finditer(text):
        yield match.span()
    for pattern in DATES:
        for match in pattern.finditer(text):
            if span := _birth(text, match):
                yield span


def _birth(text: str, date: re.Match) -> tuple[int, int] | None:
    """The stretch of a date of birth with the word or name that makes it one; None when it is another date."""
    start, end = date.span()
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    word = next(reversed(list(BORN.finditer(before))), None)
    if word and _near(before[word.end() :]) and not _born_of_a_thing(before[: word.start()], word[0]):
        at = _person_before(before[: word.start()])
        return start - len(before) + (word.start() if at is None else at), end
    if word_after := BORN_AFTER.search(after):
        return start, end + _closed(
            text[start : end + word_after.end()], after[word_after.end() :], word_after.end()
        )
    if not _makes_an_age(date["year"]):
        return None
    if (at := _person_before(before)) is not None:
        start -= len(before) - at
        return start, end + _closed(text[start:end], after, 0)
    return (start, end) if _name_after(before, after) else None


def _closed(passage: str, after: str, length: int) -> int:
    """The length with the bracket that closes the passage, where one stands open."""
    return length + (passage.count("(") > passage.count(")") and after.startswith(")"))


def _person_before(before: str) -> int | None:
    """Where the name, or the word for a person, begins that stands directly before a date."""
    if named := _name_before(before):
        return named.start("name")
    person = PERSON_BEFORE.search(before)
    return person.start() if person else None


def _near(between: str) -> bool:
    """Whether what stands between the word and the date still belongs to both."""
    return len(between) <= 25 and not re.search(r"[.;!?]\s|\n\s*\n|\d", between)


def _born_of_a_thing(before: str, word: str) -> bool:
    """A program is born, too; only a person has a date of birth."""
    return word.lower().startswith(("born", "birthday")) and bool(
        re.search(
            r"\b(?:LEAD|program|initiative|idea|project|coalition|team|task force|partnership|office|center)\b[\w ’']{0,20}$",
            before,
        )
    )


def _makes_an_age(year: str) -> bool:
    this = timezone.localdate().year
    if len(year) == 4:
        return this - int(year) in AGES
    return any(this - (century + int(year)) in AGES for century in (1900, 2000))


def _name_before(before: str) -> re.Match | None:
    match = NAME_BEFORE.search(before)
    if match is None or _is_no_person(match["name"]):
        return None
    title = (match["title"] or "").strip(" .,").lower()
    return None if re.fullmatch(NO_PERSON, title) else match


def _name_after(before: str, after: str) -> bool:
    """A row of a list: "4/12/1985 John Smith", at the start of a line."""
    match = NAME_AFTER.search(after)
    return bool(match and not _is_no_person(match["name"]) and not before.rpartition("\n")[2].strip(" -*•\t"))


def _is_no_person(name: str) -> bool:
    return any(re.fullmatch(NO_PERSON, word.lower()) for word in re.findall(r"[\w'’]+", name))


def cases(text: str) -> Iterator[tuple[int, int]]:
    yield from _numbered(text, (BY_CASE_WORD, BY_SHORT_WORD))
    for match in COURT_NUMBER.finditer(text):
        yield match.span()


def records(text: str) -> Iterator[tuple[int, int]]:
    yield from _numbered(text, (BY_RECORD_WORD, BY_LICENSE, BY_RECORD_SHORT))


def _numbered(text: str, patterns: tuple[re.Pattern, ...]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if _is_a_number_of_something(match["token"]) and not COUNTED_AFTER.search(text[match.end() :]):
                yield match.span()


def _is_a_number_of_something(token: str) -> bool:
    """Four digits or more, or three with letters; and neither a year nor a date."""
    digits = re.sub(r"[^0-9]", "", token)
    if re.fullmatch(r"(?:19|20)[0-9]{2}(?:-(?:19|20)?[0-9]{2})?", token):
        return False
    return len(digits) >= (3 if re.search("[A-Za-z-]", token) else 4)
