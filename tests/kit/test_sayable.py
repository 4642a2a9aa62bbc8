import pytest

from leadbureau.kit import sayable

NUMBERS = [sayable.make(prefix, digits) for prefix in ("TA", "LB", "PJ") for digits in (4, 6, 8, 10)]
# New numbers each run, under the same names, so that several processes agree on the tests there are.
IDS = [f"{number[:2]}{len(number)}" for number in NUMBERS]


def bare(number: str) -> str:
    return number.replace("-", "")


def test_a_number_is_written_in_groups_with_a_check_character():
    number = sayable.make("TA")
    assert [len(part) for part in number.split("-")] == [2, 3, 3, 1]
    assert number.startswith("TA-")
    assert [len(part) for part in sayable.make("TA", 4).split("-")] == [2, 4, 1]


def test_no_character_can_be_taken_for_another_and_none_is_a_vowel():
    assert not set(sayable.ALPHABET) & set("01ILOUVAEBSZ")
    assert len(sayable.ALPHABET) == len(set(sayable.ALPHABET)) == 23


@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
def test_a_number_is_its_own_normal_form(number):
    assert sayable.normalize(number) == number


@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
def test_every_single_wrong_character_is_refused(number):
    text = bare(number)
    for place, right in enumerate(text):
        for wrong in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            forgiven = place >= 2 and wrong.translate(sayable.LOOKS_LIKE) == right
            if wrong != right and not forgiven:
                assert sayable.normalize(text[:place] + wrong + text[place + 1 :]) is None


@pytest.mark.parametrize("number", NUMBERS, ids=IDS)
def test_every_swap_of_neighbours_is_refused(number):
    text = bare(number)
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
            assert sayable.normalize(swapped) is None


def test_a_lost_or_doubled_character_is_refused():
    for number in NUMBERS:
        text = bare(number)
        for place in range(len(text)):
            assert sayable.normalize(text[:place] + text[place + 1 :]) is None
            assert sayable.normalize(text[:place] + text[place] + text[place:]) is None


def test_case_spaces_hyphens_and_look_alikes_are_forgiven():
    number = next(number for number in iter(lambda: sayable.make("LB"), None) if {"5", "8"} & set(number))
    text = bare(number)
    slips = str.maketrans("258", "ZSB")
    assert sayable.normalize(number.lower()) == number
    assert sayable.normalize(f"  {text} ") == number
    assert sayable.normalize(" ".join(text)) == number
    assert sayable.normalize(number.replace("-", " – ")) == number
    assert sayable.normalize(text[:2] + text[2:].translate(slips)) == number


def test_the_prefix_may_be_left_out_when_it_is_known():
    number = sayable.make("LB")
    assert sayable.normalize(number[3:], prefix="LB") == number
    assert sayable.normalize(number, prefix="LB") == number
    assert sayable.normalize(sayable.make("TA"), prefix="LB") is None


@pytest.mark.parametrize(
    "nonsense", ["", "-", "LB", "\x00", "🦉" * 40, "x" * 10_000, "<script>", "İß", "LB-٣٤٥"]
)
def test_nonsense_is_no_number(nonsense):
    assert sayable.normalize(nonsense) is None
    assert sayable.normalize(nonsense, prefix="LB") is None


def test_a_number_with_one_slip_is_found_again():
    number = sayable.make("LB")
    text = bare(number)
    for place in range(len(text)):
        wrong = next(character for character in sayable.ALPHABET if character != text[place])
        assert number in sayable.near(text[:place] + wrong + text[place + 1 :], prefix="LB")


@pytest.mark.parametrize("prefix", ["", "T", "TAX", "T1", "ta", "IT", "OU"])
def test_a_prefix_that_could_be_misread_is_a_mistake_of_ours(prefix):
    with pytest.raises(ValueError, match="prefix"):
        sayable.make(prefix)


def test_odd_lengths_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="digits"):
        sayable.make("TA", 5)
