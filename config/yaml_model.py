"""Load a YAML file into a pydantic model; every mistake names file, line, key and reason.

Configuration is where untrusted text enters, so the models forbid unknown keys and the file is
checked whole at load, before any request is made with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from yaml.reader import ReaderError

from config.errors import ConfigError
from config.language import say
from config.mistakes import reason_of

_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST_SHOWN = 40
Location: TypeAlias = tuple[int | str, ...]


class ConfigModel(BaseModel):
    """Base of all configuration models: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


M = TypeVar("M", bound=ConfigModel)


def _refuse_number(value: object) -> object:
    if isinstance(value, int):
        hint = say('时间要加引号, 例如 "22:00"', 'write the time in quotes, for example "22:00"')
        raise ValueError(hint)  # noqa: TRY004 (pydantic)
    return value


IN_QUOTES = BeforeValidator(_refuse_number)
"""For times of day: YAML reads an unquoted 22:00 as the number 1320."""


def load_yaml(path: Path, model: type[M], part: str | None = None) -> M:
    """Read `path`, or the mapping under its key `part`, as `model`.

    Raises ConfigError with every mistake found.
    """
    text = read_config_text(path)
    try:
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}:{_error_line(error, text)}: {_yaml_reason(error)}") from error
    except ValueError as error:
        raise ConfigError(f"{path}:{_unmade(text)}") from error
    within: Location = ()
    if part is not None and isinstance(data, dict):
        data, within = data.get(part), (part,)
    try:
        return model.model_validate({} if data is None else data)
    except ValidationError as error:
        node = yaml.compose(text, Loader=_LOADER)
        mistakes = [_mistake(path, node, item, within) for item in error.errors()]
        raise ConfigError("; ".join(mistakes)) from error


def read_config_text(path: Path) -> str:
    """Read a configuration file as UTF-8; raises ConfigError where it is not there or not text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: {say('没有这个文件', 'no such file')}") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = say("不是可读的 UTF-8 文本", "cannot be read as UTF-8 text")
        raise ConfigError(f"{path}: {reason}: {error}") from error


def _mistake(path: Path, node: yaml.Node | None, item: ErrorDetails, within: Location) -> str:
    location: Location = (*within, *item["loc"])
    key = ".".join(str(part) for part in location if "[" not in str(part)) or say("(整体)", "(file)")
    return f"{path}:{_line_of(node, location)}: {key}: {reason_of(item)}"


def _line_of(node: yaml.Node | None, location: Location) -> int:
    """Return the line (from 1) of the deepest part of `location` that the file has."""
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((kv for kv in node.value if kv[0].value == str(part)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _error_line(error: yaml.YAMLError, text: str) -> int:
    if isinstance(error, ReaderError):
        return text.count("\n", 0, error.position) + 1
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _yaml_reason(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f"{say('不是有效的 YAML', 'not valid YAML')}: {problem}"


def _unmade(text: str) -> str:
    """Return line and value of what has the shape of a date or number and is none: 2025-02-30."""
    loader = _LOADER(text)
    for node in _scalars(loader.get_single_node()):
        try:
            loader.construct_object(node)
        except yaml.YAMLError:
            continue  # an unknown tag, say: another mistake than the one looked for
        except ValueError:
            shown = node.value[:_MOST_SHOWN]
            reason = say(f"没有“{shown}”这样的日期或数", f"there is no such date or number as {shown}")
            return f"{node.start_mark.line + 1}: {reason}"
    return f"1: {say('有一个值读不出来', 'a value cannot be read')}"


def _scalars(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the single values of a document, once each: an anchor may stand for its own parent."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.CollectionNode) and id(node) not in seen:
            seen.add(id(node))
            pairs = isinstance(node, yaml.MappingNode)
            waiting += [part for pair in node.value for part in pair] if pairs else node.value
