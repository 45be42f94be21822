"""What one sending did, in plain words."""

from __future__ import annotations

from config.alerts import AlertConfig
from config.language import say
from monitor.delivery import Sent
from monitor.outbox import Composed


def sending_lines(composed: Composed, sent: Sent, config: AlertConfig) -> list[str]:
    """Return the lines that say what was sent, what waits and why."""
    lines = [_sent_line(sent)]
    if not any(recipient.channels for recipient in (config.operator, *config.recipients.values())):
        lines.append(
            say(
                "alerts.yml 未配置任何收件人: 提醒只记入台账 (nianbao alerts list)。",
                "alerts.yml names no recipient: alerts are only kept (nianbao alerts list).",
            )
        )
    elif composed.without_recipient:
        count = composed.without_recipient
        lines.append(
            say(f"{count} 条提醒没有对应的收件人。", f"{count} alerts have nobody to tell in alerts.yml.")
        )
    for count, chinese, english in (
        (composed.held, "条暂缓, 待核准 (nianbao alerts approve)", "held until approved"),
        (composed.waiting, "条留待下一次汇总", "wait for the next digest"),
        (len(sent.refused), "封未被接收, 稍后自动重试", "refused, to be tried again"),
        (len(sent.failed), "封多次失败, 已停止重试", "failed for good"),
        (len(sent.unknown), "封投递结果不明 (delivery unknown), 不再自动重发", "delivery unknown"),
    ):
        if count:
            lines.append(say(f"{count} {chinese}。", f"{count} {english}."))
    return lines


def _sent_line(sent: Sent) -> str:
    if not sent.sent:
        return say("没有信息发出。", "Nothing was sent.")
    numbers = ", ".join(sent.sent)
    return say(f"已发送 {len(sent.sent)} 封: {numbers}", f"{len(sent.sent)} sent: {numbers}")
