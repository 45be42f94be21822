"""The roster says who publishes where, and refuses what does not fit together."""

import pytest

from config.errors import ConfigError
from monitor.roster import load_roster, roster_mistakes
from tests.monitor.coverage_support import SCHOOLS, body, portal, roster

PORTAL = "id: wolong\nname: 卧龙区\nentry_urls: [http://a.gov.cn/nb/]\nallowed_hosts: [a.gov.cn]\n"


def write(places, bodies, portal_text=PORTAL):
    """Write a configuration with one portal."""
    (places.config / "bodies").mkdir()
    (places.config / "portals").mkdir()
    (places.config / "bodies" / "henan.csv").write_text(bodies, "utf-8")
    (places.config / "portals" / "wolong.yml").write_text(portal_text, "utf-8")


def test_portals_of_a_body_are_those_that_either_side_names(places):
    """The CSV names one portal, the YAML names the body."""
    write(places, "id,name,kind,portals\njyj,教育局,department,\nmzj,民政局,department,wolong\n",
          PORTAL + "bodies: [jyj]\n")  # fmt: skip
    known = load_roster(places.config)
    assert {item.id for item in known.names_on("wolong").bodies} == {"jyj", "mzj"}
    assert [item.id for item in known.portals_of(known.bodies["jyj"])] == ["wolong"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("jyj,教育局,department,nowhere,,", "'nowhere' 不是已配置的网站"),
        ("jyj,教育局,department,wolong,2024,2020", "2024 晚于 until 2020"),
        ("jyj,教育局,department,wolong,,\nold,教育局,department,wolong,,", "同名"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(places, row, reason):
    """Found before any request is made."""
    write(places, f"id,name,kind,portals,since,until\n{row}\n")
    with pytest.raises(ConfigError, match=reason):
        load_roster(places.config)


def test_unknown_body_of_a_portal_is_a_mistake(places):
    """The YAML names nobody."""
    write(places, "id,name,kind\njyj,教育局,department\n", PORTAL + "bodies: [gone]\n")
    with pytest.raises(ConfigError, match="'gone' 不在名录中"):
        load_roster(places.config)


def test_same_name_in_other_years_is_a_succession():
    """A body that ended and one that began may share a name."""
    old = body("old", "卧龙区教育局", "department", until=2019)
    new = body("new", "卧龙区教育局", "department", since=2020)
    assert roster_mistakes(roster(old, new)) == []


def test_digest_changes_with_what_decides_a_match():
    """Names and portals count."""
    renamed = SCHOOLS.model_copy(update={"aliases": ("教体局",)})
    assert roster(SCHOOLS).digest == roster(SCHOOLS).digest
    assert roster(SCHOOLS).digest != roster(renamed).digest
    assert roster(SCHOOLS).digest != roster(SCHOOLS, portals=(portal(bodies=("wolong-jyj",)),)).digest
