"""Where work runs, and what one document may cost: config/executor.yml, else the one shipped."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field

from config.places import PACKAGE_CONFIG
from config.yaml_model import ConfigModel, load_yaml

FILE_NAME = "executor.yml"
POOL = "pool"
MOST_PROCESSES = 8


class ExecutorSettings(ConfigModel):
    """`executor` is `pool` or the address of a Dask scheduler; `processes` 0 leaves their number to us."""

    executor: Annotated[str, Field(pattern=r"^(pool|(tcp|tls)://[^\s/]+:\d{1,5})$")] = POOL
    processes: Annotated[int, Field(ge=0, le=256)] = 0
    time_limit_s: Annotated[float, Field(gt=0, le=86_400)] = 120.0
    memory_limit_mb: Annotated[int, Field(ge=256)] = 3072
    crawl_limit_min: Annotated[int, Field(ge=1)] = 720

    @property
    def is_cluster(self) -> bool:
        """Whether work is handed to a Dask scheduler."""
        return self.executor != POOL

    @property
    def slots(self) -> int:
        """How many documents are read at once on this machine."""
        return self.processes or min(os.cpu_count() or 1, MOST_PROCESSES)


def load_executor(config_dir: Path) -> ExecutorSettings:
    """Load the settings; raises ConfigError."""
    own = config_dir / FILE_NAME
    return load_yaml(own if own.exists() else PACKAGE_CONFIG / FILE_NAME, ExecutorSettings)
