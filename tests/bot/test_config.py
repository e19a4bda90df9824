"""Settings: everything works with none; a wrong one says which, what was read and what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import ConfigError, load_config


def test_with_no_setting_everything_has_a_value():
    config = load_config({})

    assert (config.host, config.port, config.data) == ("127.0.0.1", 8080, Path("data"))
    assert config.directory.is_dir()
    assert config.telegram_token == ""


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("BONNEPORTE_PORT", "80a", "BONNEPORTE_PORT='80a': attendu un nombre de 1 à 65535, par exemple 8080"),
        ("BONNEPORTE_PORT", "0", "BONNEPORTE_PORT='0': attendu un nombre de 1 à 65535, par exemple 8080"),
        ("BONNEPORTE_HOST", " ", "BONNEPORTE_HOST=' ': attendu un nom ou une adresse"),
        (
            "BONNEPORTE_SESSION_MINUTES",
            "-1",
            "BONNEPORTE_SESSION_MINUTES='-1': attendu un nombre de minutes de 1 à 1440",
        ),
        (
            "BONNEPORTE_PUBLIC_URL",
            "porte.fr",
            "BONNEPORTE_PUBLIC_URL='porte.fr': attendu une adresse http:// ou https://",
        ),
        (
            "BONNEPORTE_TELEGRAM_WEBHOOK_URL",
            "https://porte.example/t",
            "BONNEPORTE_TELEGRAM_SECRET='': obligatoire avec BONNEPORTE_TELEGRAM_WEBHOOK_URL",
        ),
    ],
)
def test_a_wrong_setting_says_what_is_expected(name, value, expected):
    with pytest.raises(ConfigError) as caught:
        load_config({name: value})

    assert str(caught.value) == expected


def test_a_wrong_token_is_never_repeated_in_the_message():
    with pytest.raises(ConfigError) as caught:
        load_config({"BONNEPORTE_TELEGRAM_TOKEN": "s3cret"})

    assert "s3cret" not in str(caught.value)
    assert "@BotFather" in str(caught.value)


def test_a_setting_that_does_not_exist_is_told_with_those_that_do():
    with pytest.raises(ConfigError, match=r"BONNEPORTE_PROT: réglage inconnu.*BONNEPORTE_PORT"):
        load_config({"BONNEPORTE_PROT": "8080"})


def test_all_faults_come_at_once():
    with pytest.raises(ConfigError) as caught:
        load_config({"BONNEPORTE_PORT": "x", "BONNEPORTE_SESSION_MINUTES": "x"})

    assert len(str(caught.value).splitlines()) == 2
