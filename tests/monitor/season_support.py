"""A configured district and a season of captures, for the tests of pipeline and commands."""

from datetime import UTC, datetime

from tests.monitor.coverage_support import COLUMN, Crawler

BODIES = """id,name,kind,division,portals,supervisor,confirmed
wolong,卧龙区人民政府,county_government,411303,wolong,nanyang,
wolong-office,卧龙区人民政府办公室,government_office,411303,wolong,wolong-zwgk,
wolonggang,卧龙岗街道办事处,subdistrict,411303,wolong,wolong-zwgk,
jyj,卧龙区教育局,department,411303,wolong,wolong-zwgk,no
"""
PORTAL = f"""id: wolong
name: 卧龙区人民政府门户网站
entry_urls: ["{COLUMN}"]
allowed_hosts: [www.wolong.gov.cn]
"""
AREA_URL = "http://www.wolong.gov.cn/2025/03-20/1.html"
STREET_URL = "http://www.wolong.gov.cn/2025/01-20/2.html"
AREA_TITLE = "卧龙区人民政府2024年政府信息公开工作年度报告"
STREET_TITLE = "卧岗区卧龙岗街道办事处2024年政府信息公开工作年度报告"
AFTER_SEASON = datetime(2025, 4, 12, 1, tzinfo=UTC)


def configure(places):
    """Write the roster of four bodies on one portal."""
    for folder, name, text in (("bodies", "wolong.csv", BODIES), ("portals", "wolong.yml", PORTAL)):
        (places.config / folder).mkdir()
        (places.config / folder / name).write_text(text, "utf-8")
    return places


def crawl_season(archive, fixtures, at=AFTER_SEASON):
    """Bring home two of the seeds and the list that links them."""
    crawler = Crawler(archive)
    crawler.look(at, (AREA_URL, AREA_TITLE, "2025-03-20"), (STREET_URL, STREET_TITLE, "2025-01-20"))
    for url, title, name in ((AREA_URL, AREA_TITLE, "004_*"), (STREET_URL, STREET_TITLE, "000_*")):
        (path,) = (fixtures / "seeds").glob(name)
        crawler.fetch(at, url, path.read_bytes(), link_title=title)
    return crawler
