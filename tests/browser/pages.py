"""Every kind of page that the site has, for the guards that look at all of them.

Words in braces are filled in from what `furnish` made. `act` brings the page into a state that an address
alone cannot reach: errors in a form, an open menu.
"""

from playwright.sync_api import Page

from tests.browser.pages_of_cases import CASES
from tests.browser.pages_of_requests import REQUESTS
from tests.browser.shown import Shown, press


def open_menu(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.get_by_text("Menu", exact=True).click()


PUBLIC = (
    Shown("home", "/"),
    Shown("home with its menu open", "/", open_menu),
    Shown("about", "/about/"),
    Shown("lead", "/lead/"),
    Shown("principles", "/lead/principles/"),
    Shown("evidence", "/evidence/"),
    Shown("a study", "/evidence/seattle-recidivism-2017/"),
    Shown("sites", "/sites/"),
    Shown("sites filtered", "/sites/?state=nm&stage=operating"),
    Shown("sites near a ZIP code", "/sites/?near=87501"),
    Shown("sites as of a year", "/sites/?year=2017"),
    Shown("sites, nothing found", "/sites/?q=zzzz"),
    Shown("sites with an error", "/sites/?near=123&state=zz"),
    Shown("sites near a city", "/sites/?near=Santa+Fe%2C+NM"),
    Shown("sites far from all", "/sites/?near=Nome%2C+AK"),
    Shown("sites, which city", "/sites/?near=Springfield"),
    Shown("sites with many filters", "/sites/?state=wa&setting=urban&agency=prosecutor&sort=name"),
    Shown("a state with LEAD", "/sites/nm/"),
    Shown("a territory", "/sites/gu/"),
    Shown("the brief of a state", "/sites/nm/brief/"),
    Shown("the brief of a state without LEAD", "/sites/wy/brief/"),
    Shown("a brief of no day", "/sites/nm/brief/?on=x", status=400),
    Shown("the brief of a place", "/sites/nm/santa-fe/brief/"),
    Shown("places like one's own", "/sites/like/?setting=urban&population=50k-250k"),
    Shown("choosing a fact that is wrong", "/sites/nm/santa-fe/wrong/"),
    Shown("a fact that is wrong", "/sites/nm/santa-fe/wrong/?field=lead_agency", has_form=True),
    Shown(
        "a stage that is wrong, with errors",
        "/sites/nm/santa-fe/wrong/?field=stage",
        press("Send the correction"),
        has_form=True,
    ),
    Shown("asking for an introduction", "/sites/nm/santa-fe/introduction/", has_form=True),
    Shown(
        "asking for an introduction, with errors",
        "/sites/nm/santa-fe/introduction/",
        press("Ask for the introduction"),
        has_form=True,
    ),
    Shown("a place's own entry", "/sites/confirm/{confirming}/"),
    Shown(
        "a place's own entry, with errors",
        "/sites/confirm/{confirming}/",
        press("Everything is still correct"),
    ),
    Shown("changing a place's own entry", "/sites/confirm/{confirming}/change/"),
    Shown(
        "changing a place's own entry, with errors",
        "/sites/confirm/{confirming}/change/",
        press("Send the changes"),
    ),
    Shown("a wrong link to an entry", "/sites/confirm/wrong/", status=404),
    Shown("open data", "/sites/data/"),
    Shown("the map in a frame", "/sites/embed/"),
    Shown("a state's map in a frame", "/sites/embed/?state=nm"),
    Shown("a state without LEAD", "/sites/wy/"),
    Shown("a place", "/sites/nm/santa-fe/"),
    Shown("certified", "/certified/"),
    Shown("a certificate", "/certified/{certificate}/"),
    Shown("a withdrawn certificate", "/certified/{withdrawn_certificate}/"),
    Shown("an unknown certificate", "/certified/LB-222-222-2/", status=404),
    Shown("certification", "/certification/"),
    Shown("partners", "/partners/"),
    Shown("asking to be listed", "/partners/join/", has_form=True),
    Shown("asking to be listed, with errors", "/partners/join/", press("Send the request"), has_form=True),
    *REQUESTS,
    Shown("resources", "/resources/"),
    Shown("news", "/news/"),
    Shown("a news item", "/news/crimesolutions-rating-2016/"),
    Shown("search, nothing asked", "/search/"),
    Shown("search, found", "/search/?q=santa"),
    Shown("search, nothing found", "/search/?q=zzzz"),
    Shown("contact", "/contact/", has_form=True),
    Shown("contact, with errors", "/contact/", press("Send the message"), has_form=True),
    Shown("accessibility", "/accessibility/"),
    Shown("privacy", "/privacy/"),
    Shown("security", "/security/"),
    Shown("not found", "/there-is/no-such-page/", status=404),
    Shown("an error of ours", "/test/broken/", status=500),
    Shown("no access", "/test/error/403/", status=403),
    Shown("too many", "/test/error/429/", status=429),
    Shown("database away", "/test/error/503/", status=503),
)

STAFF = (
    Shown("first page", "/admin/"),
    Shown("style guide", "/admin/style-guide/"),
    Shown("pages", "/admin/content/page/"),
    Shown("a page", "/admin/content/page/{home_pk}/change/"),
    Shown("a history", "/admin/content/page/{home_pk}/history/"),
    Shown("a version", "/admin/content/page/{home_pk}/history/{version_pk}/"),
    Shown("a section", "/admin/content/section/{section_pk}/change/"),
    Shown("a news item", "/admin/content/newsitem/add/"),
    Shown("a picture", "/admin/content/picture/{picture_pk}/change/"),
    Shown("a picture with errors", "/admin/content/picture/add/", press("Save")),
    Shown("wordings", "/admin/content/wording/"),
    Shown("Bureau details", "/admin/content/bureaudetails/1/change/"),
    *CASES,
    Shown("places", "/admin/jurisdictions/jurisdiction/"),
    Shown("a place", "/admin/jurisdictions/jurisdiction/{place_pk}/change/"),
    Shown("a new place, with errors", "/admin/jurisdictions/jurisdiction/add/", press("Save")),
    Shown("bringing places in", "/admin/jurisdictions/jurisdiction/import/"),
    Shown("corrections", "/admin/jurisdictions/correction/"),
    Shown("a correction", "/admin/jurisdictions/correction/{correction_pk}/change/"),
    Shown("what was sent together", "/admin/jurisdictions/correction/sheet/{sheet}/"),
    Shown("yearly letters", "/admin/jurisdictions/confirmationlink/"),
    Shown("introductions", "/admin/jurisdictions/introduction/"),
    Shown("an introduction", "/admin/jurisdictions/introduction/{introduction_pk}/change/"),
    Shown("certificates", "/admin/certification/certificate/"),
    Shown("messages", "/admin/mail/contactmessage/"),
    Shown("a letter", "/admin/mail/letter/{letter_pk}/change/"),
)
