from leadbureau.kit.snippets import mark, snippet


def test_a_short_text_is_shown_whole():
    assert snippet("One two three.", ["tw"]) == "One <mark>two</mark> three."


def test_a_long_text_is_cut_around_the_place_where_the_words_stand_together():
    text = "santa " + "filler " * 60 + "then Santa Fe began " + "more " * 60
    shown = snippet(text, ["santa", "fe"])
    assert shown.startswith("… filler filler filler")
    assert "<mark>Santa Fe</mark> began" in shown
    assert shown.endswith("more …")


def test_a_word_behind_a_hyphen_or_a_quotation_mark_is_marked_with_its_token():
    assert mark("a “harm-reducing” stance", ["reduc"]) == "a “<mark>harm-reducing</mark>” stance"


def test_markup_in_a_text_is_escaped():
    assert mark("<b>x</b> & y", ["y"]) == "&lt;b&gt;x&lt;/b&gt; &amp; <mark>y</mark>"
