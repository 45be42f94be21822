"""config/executor.yml: where work runs."""

import pytest

from config.errors import ConfigError
from config.executor import FILE_NAME, ExecutorSettings, load_executor


def test_shipped_settings_are_the_defaults(places):
    """A pool on this machine."""
    assert load_executor(places.config) == ExecutorSettings()
    assert not ExecutorSettings().is_cluster


def test_address_of_a_scheduler_names_a_cluster(places):
    """With TLS or without."""
    (places.config / FILE_NAME).write_text("executor: tls://scheduler.gov.cn:8786\nprocesses: 3\n", "utf-8")
    settings = load_executor(places.config)
    assert settings.is_cluster
    assert settings.slots == 3


@pytest.mark.parametrize(
    "written", ["executor: dask", "executor: tcp://scheduler", "memory_limit_mb: 8", "workers: 2"]
)
def test_mistake_is_named_with_its_line(places, written):
    """Not a bare host, no limit that nothing fits in, no unknown key."""
    (places.config / FILE_NAME).write_text(written + "\n", "utf-8")
    with pytest.raises(ConfigError, match=rf"executor\.yml:1: {written.split(':')[0]}"):
        load_executor(places.config)
