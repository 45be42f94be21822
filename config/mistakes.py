"""What pydantic finds wrong with a value, in the person's language.

The `type` of an error and its context are pydantic's documented names ("Validation Errors" in its
manual); one that is not in the table is told in pydantic's own English words.
"""

from __future__ import annotations

from pydantic_core import ErrorDetails

from config.language import is_english

_CHINESE = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样的设置, 请核对拼写",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "date_from_datetime_parsing": "应为日期, 例如 2025-03-31",
    "date_parsing": "应为日期, 例如 2025-03-31",
    "date_type": "应为日期, 例如 2025-03-31",
    "dict_type": "应为若干“键: 值”",
    "enum": "应为 {expected} 之一",
    "float_parsing": "应为数",
    "float_type": "应为数",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不得小于 {ge}",
    "int_from_float": "应为整数",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不得大于 {le}",
    "list_type": "应为列表",
    "literal_error": "应为 {expected} 之一",
    "model_attributes_type": "应为若干“键: 值”",
    "model_type": "应为若干“键: 值”",
    "string_pattern_mismatch": "不合格式 {pattern}",
    "string_too_long": "不得多于 {max_length} 个字",
    "string_too_short": "不得少于 {min_length} 个字",
    "string_type": "应为文字",
    "too_long": "不得多于 {max_length} 项",
    "too_short": "不得少于 {min_length} 项",
    "tuple_type": "应为列表",
    "url_parsing": "应为网址",
    "value_error": "{error}",
}


def reason_of(item: ErrorDetails) -> str:
    """Return one line that says what is wrong with the value."""
    if item["type"] == "value_error":
        return str(item.get("ctx", {}).get("error", item["msg"]))
    template = None if is_english() else _CHINESE.get(item["type"])
    return template.format(**item.get("ctx", {})) if template else item["msg"]
