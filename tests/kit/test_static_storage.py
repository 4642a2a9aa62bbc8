import pytest

from leadbureau.kit.static_storage import bundle


def test_imports_are_put_into_their_layers_and_comments_go():
    files = {"base.css": "/* why */ a { color: red; }"}
    assert bundle('@layer base;\n@import url("base.css") layer(base);', files.__getitem__) == (
        "@layer base;\n@layer base {\na { color: red; }\n}"
    )


def test_an_imported_file_with_a_url_is_refused_because_its_meaning_would_change():
    with pytest.raises(ValueError, match=r"base\.css holds a url"):
        bundle('@import url("base.css") layer(base);', lambda path: "a { background: url(x.png); }")
