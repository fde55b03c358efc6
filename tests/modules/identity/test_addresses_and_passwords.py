"""Pure rules: addresses, devices, passwords."""

import pytest
from pwdlib.hashers.bcrypt import BcryptHasher

from karavan.kit.errors import ValidationError
from karavan.modules.identity.devices import device_label
from karavan.modules.identity.emails import email_key, normalise_email
from karavan.modules.identity.passwords import PasswordHasher, check_new_password
from tests.factories.accounts import CHEAP_ARGON2


class TestAddresses:
    @pytest.mark.parametrize(
        ("written", "kept", "key"),
        [
            ("Aigerim@Example.ORG", "aigerim@example.org", "aigerim@example.org"),
            ("  a.b+c@example.org ", "a.b+c@example.org", "a.b+c@example.org"),
            ("ｕｓｅｒ@example.org", "user@example.org", "user@example.org"),
            ("айгерім@пример.рф", "айгерім@пример.рф", "айгерім@xn--e1afmkfd.xn--p1ai"),
            ("info@BÜCHER.example", "info@bücher.example", "info@xn--bcher-kva.example"),
        ],
    )
    def test_one_form_for_every_spelling(self, written, kept, key):
        assert normalise_email(written) == kept
        assert email_key(kept) == key
        assert normalise_email(kept) == kept

    def test_unicode_and_ascii_domains_are_one_address(self):
        assert email_key(normalise_email("a@xn--e1afmkfd.xn--p1ai")) == email_key("a@пример.рф")

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "nobody",
            "@example.org",
            "a@b",
            "a b@example.org",
            "a@exa mple.org",
            "a@@b.org",
            "a\x00@example.org",
            "a@example.org\r\nBcc: x@example.org",
            "a" * 65 + "@example.org",
            "a@" + "b" * 250 + ".org",
            "<a@example.org>",
        ],
    )
    def test_what_is_no_address_is_refused(self, written):
        with pytest.raises(ValueError, match="must be an e-mail address"):
            normalise_email(written)


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox on Windows",
        ),
        (
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "Version/18.5 Safari/605.1.15"
            ),
            "Safari on macOS",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                "CriOS/138.0 Mobile/15E148 Safari/604.1"
            ),
            "Chrome on iPhone",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 "
                "Chrome/130.0 Mobile Safari/537.36"
            ),
            "Samsung Internet on Android",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 "
                "Safari/537.36 Edg/138.0"
            ),
            "Edge on Windows",
        ),
        (
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 YaBrowser/25.6 "
                "Safari/537.36"
            ),
            "Yandex Browser on Linux",
        ),
        ("curl/8.14.1", "curl"),
        ("python-httpx/0.28.1", "Python"),
        ("", "Unknown device"),
        ("x" * 100_000, "Unknown device"),
    ],
)
def test_devices_have_short_names(user_agent, label):
    assert device_label(user_agent) == label


class TestPasswordPolicy:
    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("short-one", "password.too_short"),
            ("password123", "password.too_common"),
            ("PASSWORD123", "password.too_common"),
            ("йцукенгшщз", "password.too_common"),
            ("abababababab", "password.too_common"),
            ("my-aigerim-is-here", "password.contains_email"),
        ],
    )
    def test_weak_ones_are_refused_with_the_reason(self, password, code):
        with pytest.raises(ValidationError) as refused:
            check_new_password(password, email="aigerim@example.org")
        assert [(e.pointer, e.code) for e in refused.value.errors] == [("#/password", code)]

    @pytest.mark.parametrize("password", ["steppe-caravan-42", "құпия сөзім ұзақ", "1" * 7 + "aB-"])
    def test_good_ones_pass(self, password):
        check_new_password(password, email="aigerim@example.org")

    def test_a_very_short_name_in_the_address_forbids_nothing(self):
        check_new_password("abc-is-in-the-alphabet", email="abc@example.org")


class TestHasher:
    hasher = PasswordHasher(CHEAP_ARGON2, threads=1)

    async def test_the_right_password_only(self):
        stored = await self.hasher.hash("steppe-caravan-42")
        assert stored.startswith("$argon2id$")
        assert await self.hasher.verify("steppe-caravan-42", stored) == (True, None)
        assert await self.hasher.verify("steppe-caravan-43", stored) == (False, None)

    async def test_bcrypt_is_accepted_and_renewed(self):
        stored = BcryptHasher(rounds=4).hash("steppe-caravan-42")
        right, renewed = await self.hasher.verify("steppe-caravan-42", stored)
        assert right
        assert renewed is not None
        assert renewed.startswith("$argon2id$")
        assert await self.hasher.verify("steppe-caravan-42", renewed) == (True, None)
        assert await self.hasher.verify("wrong", stored) == (False, None)

    async def test_a_weaker_profile_is_renewed(self):
        stored = await self.hasher.hash("steppe-caravan-42")
        stronger = PasswordHasher(type(CHEAP_ARGON2)(time_cost=2, memory_cost=16, parallelism=1))
        right, renewed = await stronger.verify("steppe-caravan-42", stored)
        assert right
        assert renewed is not None
        assert "m=16,t=2" in renewed

    async def test_two_ways_to_type_a_letter_are_one_password(self):
        stored = await self.hasher.hash("caf\u00e9-caravan-42")
        assert (await self.hasher.verify("cafe\u0301-caravan-42", stored))[0]

    @pytest.mark.parametrize("password", ["with\x00nul", "", "x" * 128])
    async def test_odd_passwords_are_wrong_and_nothing_worse(self, password):
        bcrypt = BcryptHasher(rounds=4).hash("steppe-caravan-42")
        for stored in (bcrypt, "", "no hash at all", "$argon2id$broken"):
            assert await self.hasher.verify(password, stored) == (False, None)

    async def test_nobodys_password_costs_a_hash(self):
        """An address without an account answers no faster: the work is done on a hash that no password has."""
        counted = CountingArgon2()
        hasher = PasswordHasher(counted, threads=1)
        assert await hasher.verify("steppe-caravan-42", None) == (False, None)
        assert await hasher.verify("steppe-caravan-42", None) == (False, None)
        assert counted.verified == 2


class CountingArgon2(type(CHEAP_ARGON2)):
    """Argon2 that remembers how often it was asked."""

    def __init__(self):
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified = 0

    def verify(self, password, hash):  # noqa: A002  # the name that the library gives it
        self.verified += 1
        return super().verify(password, hash)
