"""Who is told what: routes, recipients, quiet hours; mistakes are named at load."""

from datetime import time

import pytest

from config.alerts import AlertConfig, QuietHours, Route, load_alerts
from config.errors import ConfigError
from config.places import PACKAGE_CONFIG


def test_shipped_file_loads_and_tells_nobody():
    """No recipient, no operator's channel."""
    config = load_alerts(PACKAGE_CONFIG)
    assert (config.recipients, config.operator.channels, config.digest) == ({}, {}, "day")


def test_without_a_file_nobody_is_told(places):
    """Which is no mistake."""
    assert load_alerts(places.config) == AlertConfig()


@pytest.mark.parametrize(
    ("route", "matches"),
    [
        (Route(), True),
        (Route(severity=("warning",)), False),
        (Route(rule="publication.*"), True),
        (Route(rule="requests.*"), False),
        (Route(area="4113"), True),
        (Route(area="4101"), False),
        (Route(supervisor=("wolong",)), True),
        (Route(supervisor=("other",), rule="publication.*"), False),
    ],
)
def test_route_matches_where_everything_it_names_fits(route, matches):
    """What it does not name fits everything."""
    about = {"supervisor": "wolong", "severity": "error", "rule": "publication.late", "area": "411303"}
    assert route.matches(**about) == matches


def test_recipient_stands_for_the_supervisors_it_names_else_for_its_own_id():
    """One office may be told for several."""
    config = AlertConfig.model_validate({"recipients": {"office": {"supervisors": ["a", "b"]}, "c": {}}})
    assert config.recipients_for("a") == ("office",)
    assert config.recipients_for("c") == ("c",)
    assert config.recipients_for("unknown") == ()


@pytest.mark.parametrize(
    ("hours", "moment", "is_quiet"),
    [
        (("22:00", "07:00"), time(23), True),
        (("22:00", "07:00"), time(6, 59), True),
        (("22:00", "07:00"), time(7), False),
        (("12:00", "14:00"), time(13), True),
        (("12:00", "14:00"), time(14), False),
    ],
)
def test_quiet_hours_may_span_midnight(hours, moment, is_quiet):
    """The end is not quiet any more."""
    assert QuietHours.model_validate({"start": hours[0], "end": hours[1]}).cover(moment) == is_quiet


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("recipients: {operator: {}}", "recipients: 'operator' 是路由用词"),
        ("recipients: {a: {channels: {mail: w@example.com}}}", "recipients.a.channels.mail"),
        ("routes: [{to: [b]}]", "routes.0.to: b: 没有这个收件人"),
        ("routes: [{severity: [fatal]}]", "routes.0.severity.0"),
        ("storm: {share: 2}", "storm.share"),
        ("digest: hourly", "digest"),
    ],
)
def test_mistake_is_named_with_file_line_and_key(places, text, reason):
    """Before anything is sent."""
    (places.config / "alerts.yml").write_text(text)
    with pytest.raises(ConfigError, match=r"alerts\.yml:1: ") as error:
        load_alerts(places.config)
    assert reason in str(error.value)
