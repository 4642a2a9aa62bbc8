import pytest

from leadbureau import purging
from leadbureau.kit import retention


def test_every_rule_says_what_it_is_about_and_what_has_a_time_says_from_when():
    for rule in retention.rules().values():
        assert rule.what and bool(rule.days) == bool(rule.counted_from), rule.name


def test_everything_that_is_deleted_is_deleted_by_a_rule_and_every_time_is_obeyed():
    timed = {name for name, rule in retention.rules().items() if rule.days}
    carried_out = {purge.rule for purge in purging.purges()}
    assert carried_out <= set(retention.rules())
    # How long links open is asked at the door; nothing is deleted then.
    assert timed - carried_out == {"assistance.links"}


def test_what_is_kept_for_good_has_no_time():
    with pytest.raises(ValueError, match="for good"):
        retention.kept("certification.certificates")


@pytest.mark.parametrize(
    "line", ['[a.b]\nwhat = "x"\ndays = 0\n', "[a.b]\ndays = 3\n", '[a.b]\nwhat = "x"\ndays = "3"\n']
)
def test_a_rule_that_is_not_whole_stops_the_start(tmp_path, monkeypatch, line):
    file = tmp_path / "retention.toml"
    file.write_text(line, encoding="utf-8")
    monkeypatch.setattr(retention, "FILE", file)
    retention.rules.cache_clear()
    with pytest.raises(ValueError, match=r"a\.b"):
        retention.rules()
    retention.rules.cache_clear()
