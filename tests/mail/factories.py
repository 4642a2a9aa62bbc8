from leadbureau.mail.letters import Words, post


def a_letter(
    *, to="dana@example.gov", subject="Your request", body="Good day.", about="CO-234-567-8", name="test"
):
    return post(Words(subject, body), name=name, to=to, about=about)
