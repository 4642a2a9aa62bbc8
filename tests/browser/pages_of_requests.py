"""Every page of asking for help, in every state that looks different. Whoever asks has no account and no cookie."""

from playwright.sync_api import Page

from tests.browser.shown import Shown, press

ASK, OWN = "/assistance/ask/{draft}", "/assistance/r"
NOT_TAKEN = "<html><script>1</script></html>"


def fill_wrongly(page: Page) -> None:
    page.get_by_role("textbox", name="E-mail address", exact=True).fill("dana at example")
    press("Save and continue")(page)


def save_in_two_windows(page: Page) -> None:
    """Somebody else saves the page first."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, words in ((other, "Theirs, " * 30), (page, "Mine, " * 30)):
        window.get_by_label("What problem do you want to solve?").fill(words)
        press("Save and continue")(window)
    other.close()


def bring_what_is_not_taken(page: Page) -> None:
    page.get_by_label("Choose a file").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": NOT_TAKEN.encode()}
    )
    press("Add this file")(page)


def write(label: str, words: str, button: str):
    """Fills the one field that matters, and sends it."""

    def send(page: Page) -> None:
        page.get_by_label(label).fill(words)
        press(button)(page)

    return send


NUMBER = "His SSN is 123-45-6789."

REQUESTS = (
    # The way in
    Shown("assistance", "/assistance/"),
    Shown("who are you", "/assistance/who/"),
    Shown("who are you, without a choice", "/assistance/who/", press("Continue")),
    Shown("help now", "/assistance/help-now/"),
    Shown("the request on paper", "/assistance/paper/"),
    # Asking
    Shown("first page of a request", "/assistance/ask/", has_form=True),
    Shown("first page of a request, with errors", "/assistance/ask/", fill_wrongly, has_form=True),
    Shown("all sections", "/assistance/ask/{draft}/?saved=about-you"),
    Shown("all sections, some with colleagues", "/assistance/ask/{shared}/"),
    *(
        Shown(f"a page of a request: {slug}", f"{ASK}/{slug}/")
        for slug in ("your-state", "your-place", "where-you-stand", "help-wanted", "timing-and-money")
    ),
    Shown("a page that a colleague has", "/assistance/ask/{shared}/the-problem/"),
    Shown("two versions of a page", "/assistance/ask/{whole}/the-problem/", save_in_two_windows, then=409),
    Shown("handing a section over", f"{ASK}/share/the-problem/"),
    Shown("handing a section over, with errors", f"{ASK}/share/the-problem/", press("Mail them the link")),
    Shown("a section with a colleague", "/assistance/ask/{shared}/share/the-problem/?written=1"),
    Shown("a colleague's section", "/assistance/c/{colleague}/"),
    Shown("a colleague's section, finished", "/assistance/c/{finished}/"),
    Shown("a colleague's section, taken back", "/assistance/c/{taken_back}/", status=404),
    Shown("the county has already asked", "/assistance/ask/{near}/already/"),
    Shown("asking to join", "/assistance/ask/{near}/join/"),
    Shown("files, none yet", f"{ASK}/files/"),
    Shown("files, as many as fit", "/assistance/ask/{full}/files/"),
    Shown("a file that is not taken", f"{ASK}/files/", bring_what_is_not_taken),
    Shown(
        "support by name, with errors", "/assistance/ask/{supported}/support/", press("Ask for their support")
    ),
    Shown("asked for support", "/assistance/e/{endorser}/"),
    Shown("support given", "/assistance/e/{supporter}/"),
    Shown("support no longer asked for", "/assistance/e/{unasked}/", status=404),
    Shown("check answers", "/assistance/ask/{shared}/check/"),
    Shown("check answers, some missing", f"{ASK}/check/", press("Send the request")),
    Shown("check answers, with passages", "/assistance/ask/{guarded}/check/", press("Send the request")),
    Shown("a request sent", "/assistance/ask/{received}/sent/"),
    # Its own page, by where it stands
    Shown("a draft's own page", f"{OWN}/{{draft}}/"),
    *(
        Shown(f"a request's own page: {standing}", f"{OWN}/{{{standing}}}/")
        for standing in (
            "received",
            "asked",
            "active",
            "completed",
            "declined",
            "referred",
            "withdrawn",
            "held",
        )
    ),
    Shown("a message with a passage", f"{OWN}/{{active}}/", write("Your message", NUMBER, "Send")),
    Shown("adding or correcting", f"{OWN}/{{in_review}}/add/", press("Send to the Bureau")),
    Shown("correcting a section", f"{OWN}/{{in_review}}/add/about-you/"),
    Shown(
        "correcting a section, with a passage",
        f"{OWN}/{{in_review}}/add/the-problem/",
        write("What problem", NUMBER, "Send to the Bureau"),
    ),
    Shown("changing what can no longer be changed", "/assistance/ask/{in_review}/the-problem/"),
    Shown("withdrawing", f"{OWN}/{{received}}/withdraw/"),
    Shown("taking it up again", f"{OWN}/{{withdrawn}}/resume/"),
    Shown("a link that was lost", "/assistance/link/", press("Mail me the link")),
    Shown("a link that was mailed again", "/assistance/link/asked/"),
    Shown("replacing a link", f"{OWN}/{{received}}/link/"),
    Shown("what came of it, with errors", f"{OWN}/{{completed}}/outcome/30/", press("Send the answers")),
    Shown("what came of it, told long ago", f"{OWN}/{{answered}}/outcome/30/"),
    Shown("what came of it, not asked", f"{OWN}/{{received}}/outcome/30/", status=404),
    Shown("a wrong private link", f"{OWN}/wrong/", status=404),
)
