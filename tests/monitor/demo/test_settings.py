"""The sample configuration: complete, loadable, and the same again for the same data directory."""

from config.alerts import load_alerts
from config.bodies import load_bodies
from config.deadlines import load_deadlines
from config.portals import load_portals
from config.site import load_site
from monitor.demo.settings import SAMPLE_CONFIG, Ports, demo_places, remembered_ports, write_configuration


def test_sample_configuration_loads_and_names_the_running_servers(tmp_path):
    """Every file is read by its loader; no placeholder is left."""
    at = demo_places(tmp_path / "demo")
    write_configuration(at, Ports(site=4001, second=4002, mail=4003))
    portals, bodies = load_portals(at.config), load_bodies(at.config)
    assert {url for portal in portals.values() for url in portal.entry_urls} == {
        "http://127.0.0.1:4001/zfxxgk/zfxxgknb/",
        "http://127.0.0.1:4002/zfxxgk/zfxxgknb/",
    }
    assert {portal for body in bodies.values() for portal in body.portals} == set(portals)
    assert {body for portal in portals.values() for body in portal.bodies} == set(bodies)
    assert {body.supervisor for body in bodies.values()} == set(load_alerts(at.config).recipients)
    assert ":4003/" in load_alerts(at.config).operator.channels["mail"]
    assert load_site(at.config).title.endswith("（演示）")
    assert load_deadlines(at.config).deadline(bodies["wolong"], 2024).due_on.isoformat() == "2025-03-31"
    files = [path for path in at.config.rglob("*") if path.is_file()]
    assert len(files) == len([path for path in SAMPLE_CONFIG.rglob("*") if path.is_file()]) + 1
    assert [path for path in files if "@SITE@" in path.read_text("utf-8").split("#", 1)[0]] == []


def test_data_directory_remembers_its_ports(tmp_path):
    """Addresses hold the ports: the second run serves the same portal."""
    at = demo_places(tmp_path / "demo")
    assert remembered_ports(at) == Ports()
    write_configuration(at, Ports(site=4001, second=4002, mail=4003))
    assert remembered_ports(at) == Ports(site=4001, second=4002, mail=4003)
