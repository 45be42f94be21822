"""What the public archive shows: config/site.yml, every key optional."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from config.yaml_model import ConfigModel, load_yaml

SITE_FILE = "site.yml"
LICENCE = "年度报告为官方文件 (著作权法第五条); 整理数据以 CC BY 4.0 提供"


class SiteSettings(ConfigModel):
    """Settings of the public copy and of its pages.

    `public` is what strangers see: `findings` (reports, figures, standings, findings) or `reports`
    (reports and figures only, nothing that judges a body). `allow_download` offers the whole public
    database, `allow_sql` lets anyone run read-only queries within `sql_time_limit_ms`. `licence_name` is
    the licence's id (such as CC-BY-4.0) in exported data packages, beside the words of `licence`.
    """

    title: Annotated[str, Field(min_length=2)] = "政府信息公开工作年度报告档案"
    title_en: Annotated[str, Field(min_length=2)] = "Archive of annual reports on government information"
    public: Literal["findings", "reports"] = "findings"
    allow_download: bool = True
    allow_sql: bool = False
    sql_time_limit_ms: Annotated[int, Field(ge=50, le=60_000)] = 1000
    licence: str = LICENCE
    licence_en: str = "The reports are official documents; the compiled data is offered under CC BY 4.0"
    licence_name: str | None = None
    contact: str = ""

    @property
    def licence_id(self) -> str:
        """The licence's short name for data packages; empty where only its own words tell it."""
        if self.licence_name is not None:
            return self.licence_name
        return "CC-BY-4.0" if self.licence == LICENCE else ""


def load_site(config_dir: Path) -> SiteSettings:
    """Load config/site.yml, or the defaults where there is none; raises ConfigError."""
    path = config_dir / SITE_FILE
    return load_yaml(path, SiteSettings) if path.exists() else SiteSettings()
