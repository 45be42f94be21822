"""Who is told what, and over which channel: config/alerts.yml.

Addresses of channels are Apprise's, and those of our own senders (dingtalk, feishu, wecombot). Their
secrets are not written here: `${NAME}` stands for an environment variable, `${file:PATH}` for the
first line of a file. They are filled in only when something is sent, so that no listing shows them.
"""

from __future__ import annotations

import os
import re
from datetime import time
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field, field_validator, model_validator

from config import clock
from config.errors import ConfigError
from config.language import say
from config.yaml_model import IN_QUOTES, ConfigModel, load_yaml

SECRET = re.compile(r"\$\{(file:)?([^}]+)\}")
SUPERVISOR = "supervisor"
"""In a route's `to`: the supervisor of the body that the finding is about."""
OPERATOR = "operator"
"""In a route's `to`, and as a recipient's id: whoever runs this installation."""

Address = Annotated[str, Field(pattern=r"^([A-Za-z][A-Za-z0-9+.-]*://.+|\$\{[^}]+\})$")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]


class Recipient(ConfigModel):
    """A person or office that is told something. `supervisors` are the roster's names for it.

    `superior` is the recipient that learns what this one leaves undone.
    """

    name: str = ""
    supervisors: tuple[str, ...] = ()
    superior: str | None = None
    channels: dict[Id, Address] = Field(default_factory=dict)


class Route(ConfigModel):
    """Which findings go to whom. What is not named matches everything; `rule` is a shell pattern."""

    supervisor: tuple[str, ...] = ()
    severity: tuple[Literal["error", "warning", "info"], ...] = ()
    rule: str = "*"
    area: Annotated[str, Field(pattern=r"^\d*$")] = ""
    to: tuple[str, ...] = (SUPERVISOR,)
    channels: tuple[str, ...] = ()
    immediate: bool = False

    def matches(self, *, supervisor: str, severity: str, rule: str, area: str) -> bool:
        """Tell whether a finding with these properties takes this route; `area` is a division code."""
        return (
            (not self.supervisor or supervisor in self.supervisor)
            and (not self.severity or severity in self.severity)
            and fnmatchcase(rule, self.rule)
            and area.startswith(self.area)
        )


class QuietHours(ConfigModel):
    """Nothing leaves from `start` to `end` (Asia/Shanghai), over midnight where `end` is earlier."""

    start: Annotated[time, IN_QUOTES]
    end: Annotated[time, IN_QUOTES]

    def cover(self, moment: time) -> bool:
        """Tell whether `moment` is quiet."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


class StormBrake(ConfigModel):
    """Hold messages to supervisors where one run finds this many bodies bad, and this share of all."""

    bodies_min: Annotated[int, Field(ge=1)] = 20
    share: Annotated[float, Field(gt=0, le=1)] = 0.5


class Reminders(ConfigModel):
    """When somebody is told again of what nobody acknowledged, ordered to be corrected, or mended.

    `gaps` are working days before the first, the second ... reminder, the last one again and again;
    none means no reminders. After `escalate_after` of them the recipient's superior is told too.
    """

    gaps: tuple[Annotated[int, Field(ge=1, le=250)], ...] = (5, 10, 20)
    escalate_after: Annotated[int, Field(ge=1, le=50)] | None = 3
    severity: tuple[Literal["error", "warning", "info"], ...] = ("error", "warning")

    @field_validator("gaps")
    @classmethod
    def _check_growing(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if list(value) != sorted(value):
            raise ValueError(say("间隔应越来越长", "gaps grow: none is shorter than the one before it"))
        return value

    def gap(self, told: int) -> int:
        """Return the working days to wait after `told` reminders."""
        return self.gaps[min(told, len(self.gaps) - 1)]


class AlertConfig(ConfigModel):
    """Everything in config/alerts.yml.

    `digest: day` sends each recipient at most one collected message a day, `run` one whenever
    `nianbao alerts send` runs. `review` keeps messages to supervisors until `nianbao alerts approve`.
    The first route that matches a finding decides; a finding that no route takes opens no alert.
    `upcoming_workdays` before a deadline a supervisor gets the list of those not yet seen (催报), 0
    for never; `order_workdays` before the day of an order to correct (整改) it is reminded of it.
    """

    language: Literal["zh", "en"] = "zh"
    digest: Literal["day", "run"] = "day"
    review: bool = False
    quiet_hours: QuietHours | None = None
    storm: StormBrake = StormBrake()
    reminders: Reminders = Reminders()
    upcoming_workdays: Annotated[int, Field(ge=0, le=60)] = 7
    order_workdays: Annotated[int, Field(ge=0, le=60)] = 3
    operator: Recipient = Recipient(name="运行维护")
    recipients: dict[Id, Recipient] = Field(default_factory=dict)
    routes: tuple[Route, ...] = (Route(severity=("error", "warning")),)

    @field_validator("recipients")
    @classmethod
    def _check_ids(cls, value: dict[str, Recipient]) -> dict[str, Recipient]:
        for reserved in (SUPERVISOR, OPERATOR):
            if reserved in value:
                raise ValueError(
                    say(
                        f"{reserved!r} 是路由用词, 不能作收件人编号",
                        f"{reserved!r} is a word of routes, not an id",
                    )
                )
        return value

    @model_validator(mode="after")
    def _check_routes(self) -> AlertConfig:
        known = {SUPERVISOR, OPERATOR, *self.recipients}
        for number, route in enumerate(self.routes):
            if unknown := [name for name in route.to if name not in known]:
                names = ", ".join(unknown)
                raise ValueError(f"routes.{number}.to: {names}: {say('没有这个收件人', 'no such recipient')}")
        return self

    @model_validator(mode="after")
    def _check_superiors(self) -> AlertConfig:
        for id_, who in {OPERATOR: self.operator, **self.recipients}.items():
            above, way = who.superior, [id_]
            while above is not None:
                if above not in self.recipients:
                    reason = say("没有这个收件人", "no such recipient")
                    raise ValueError(f"recipients.{way[-1]}.superior: {above}: {reason}")
                if above in way:
                    circle = " > ".join([*way, above])
                    raise ValueError(f"recipients.{id_}.superior: {circle}: {say('成了循环', 'is a circle')}")
                way.append(above)
                above = self.recipients[above].superior
        return self

    def recipient(self, recipient_id: str) -> Recipient | None:
        """Return a recipient by id, the operator included."""
        return self.operator if recipient_id == OPERATOR else self.recipients.get(recipient_id)

    def recipients_for(self, supervisor: str) -> tuple[str, ...]:
        """Return the ids of those who stand for a supervisor of the roster."""
        named = tuple(id_ for id_, who in self.recipients.items() if supervisor in who.supervisors)
        return named or ((supervisor,) if supervisor in self.recipients else ())

    def is_quiet(self) -> bool:
        """Tell whether nothing may leave now."""
        moment = clock.now().astimezone(clock.SHANGHAI).time()
        return self.quiet_hours is not None and self.quiet_hours.cover(moment)

    def channels_of(self, recipient_id: str) -> tuple[str, ...]:
        """Return the names of a recipient's channels, none where it is not configured."""
        who = self.recipient(recipient_id)
        return tuple(who.channels) if who is not None else ()


def load_alerts(config_dir: Path) -> AlertConfig:
    """Load config/alerts.yml; without the file nobody is told anything. Raises ConfigError."""
    path = config_dir / "alerts.yml"
    return load_yaml(path, AlertConfig) if path.exists() else AlertConfig()


def fill_secrets(address: str) -> tuple[str, tuple[str, ...]]:
    """Fill `${NAME}` and `${file:PATH}` into an address; also returns the secrets, to hide them.

    A secret inside an address is percent-encoded; one that is the whole address is taken as it is.
    Raises ConfigError where a variable or file is missing or empty.
    """
    secrets = {match.group(): _secret(match) for match in SECRET.finditer(address)}
    if address in secrets:
        return secrets[address], (secrets[address],)
    filled = SECRET.sub(lambda match: quote(secrets[match.group()], safe=""), address)
    return filled, tuple(secrets.values())


def _secret(match: re.Match[str]) -> str:
    is_file, name = match.groups()
    if not is_file:
        value = os.environ.get(name, "").strip()
        if not value:
            reason = say("没有设置这个环境变量", "the environment variable is not set")
            raise ConfigError(f"alerts.yml: ${{{name}}}: {reason}")
        return value
    try:
        value = Path(name).read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"alerts.yml: ${{file:{name}}}: {say('不能读取', 'cannot be read')}") from error
    if not value:
        raise ConfigError(f"alerts.yml: ${{file:{name}}}: {say('文件是空的', 'the file is empty')}")
    return value
