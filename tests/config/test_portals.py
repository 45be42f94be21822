"""A portal is one YAML; a mistake names file, line, key and reason before any request."""

import pytest

from config.errors import ConfigError
from config.portals import load_portals

GOOD = """\
id: sample-city
name: 示例市人民政府
entry_urls: ["http://www.sample.gov.cn/nb/index.html"]
allowed_hosts: [www.sample.gov.cn, "files.sample.gov.cn:8080"]
"""


def load(places, text, name="sample-city"):
    """Write one portal file and load the folder."""
    folder = places.config / "portals" / "henan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load_portals(places.config)


def test_defaults_are_polite_and_refuse_private_addresses(places):
    """Without a word, a portal is paced and private addresses are refused."""
    portal = load(places, GOOD)["sample-city"]
    assert (portal.family, portal.pace_s, portal.allow_private) == ("generic", 2.0, False)


def test_only_listed_hosts_are_allowed_and_a_listed_port_is_meant(places):
    """The host list is about host and port, and http(s) only."""
    portal = load(places, GOOD)["sample-city"]
    assert portal.allows("https://WWW.sample.gov.cn/a")
    assert portal.allows("http://files.sample.gov.cn:8080/a.pdf")
    assert not portal.allows("http://files.sample.gov.cn/a.pdf")
    assert not portal.allows("http://sample.gov.cn.evil.com/a")
    assert not portal.allows("ftp://www.sample.gov.cn/a")


@pytest.mark.parametrize(
    ("change", "line", "key"),
    [
        ("pace_s: fast\n", 5, "pace_s"),
        ("pase_s: 1\n", 5, "pase_s"),
        ("allowed: [a]\n", 5, "allowed"),
        ("bodies:\n  - a\n  - [b]\n", 7, "bodies.1"),
        ("expect:\n  reports_min: -1\n", 6, "expect.reports_min"),
    ],
)
def test_mistake_names_file_line_and_key(places, change, line, key):
    """Whoever adds a portal sees at once where the mistake is."""
    with pytest.raises(ConfigError) as error:
        load(places, GOOD + change)
    assert f"sample-city.yml:{line}: {key}: " in str(error.value)


def test_broken_yaml_names_its_line(places):
    """A file that is no YAML at all says where."""
    with pytest.raises(ConfigError, match=r"sample-city.yml:3: 不是有效的 YAML"):
        load(places, "id: a\nname: [unclosed\n")


def test_entry_off_the_host_list_is_refused(places):
    """An entry on a host that is not allowed could never be asked."""
    with pytest.raises(ConfigError, match="不在 allowed_hosts 中"):
        load(places, GOOD.replace("http://www.sample.gov.cn", "http://other.gov.cn"))


def test_file_name_is_the_id(places):
    """One portal, one file, one name."""
    with pytest.raises(ConfigError, match="与文件名不同"):
        load(places, GOOD, name="other")
