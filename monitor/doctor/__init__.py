"""`nianbao doctor`: what is wrong, in plain words, and what to do about it.

Each check looks at one thing. None changes anything, and none asks the network.
"""

from __future__ import annotations

from contextlib import suppress

from archive.store import Archive
from config.errors import ConfigError
from config.places import Places
from config.schedule import load_schedule
from monitor.doctor.configuration import check_configuration
from monitor.doctor.installation import check_installation
from monitor.doctor.remark import Remark
from monitor.doctor.runs import check_deliveries, check_jobs, check_portals, check_processing, check_watch
from monitor.roster import load_roster


def examine(at: Places) -> list[Remark]:
    """Return everything that the doctor sees; empty where all is well."""
    remarks = [*check_installation(at), *check_configuration(at)]
    if not at.database.exists():
        return remarks
    with Archive.open(at) as archive:
        with suppress(ConfigError):  # said above, with file and reason
            remarks += check_portals(archive, load_roster(at.config))
        with suppress(ConfigError):
            remarks += check_jobs(archive, load_schedule(at.config))
        remarks += [*check_processing(archive), *check_deliveries(archive)]
    return [*remarks, *check_watch(at)]
