"""The mailbox: a real mail server that keeps what it gets."""

import smtplib
from email.message import EmailMessage

from monitor.demo.mailbox import received, receiving


def send(port: int, subject: str) -> None:
    """Send a message in Chinese over SMTP."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "nianbao@example.org", "zwgk@example.org", subject
    message.set_content("交通运输局 2024 年度报告逾期未公布")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(message)


def test_messages_are_kept_in_order_and_read_back(tmp_path):
    """Chinese subjects and texts survive, and a second start goes on counting."""
    for subject in ("催办", "通报"):
        with receiving(tmp_path) as port:
            send(port, subject)
    mails = received(tmp_path)
    assert [(mail.path.name, mail.subject) for mail in mails] == [("0001.eml", "催办"), ("0002.eml", "通报")]
    assert mails[0].recipients == "zwgk@example.org"
    assert mails[0].text.strip() == "交通运输局 2024 年度报告逾期未公布"


def test_taken_port_falls_back_to_a_free_one(tmp_path):
    """Two mailboxes run beside each other."""
    with receiving(tmp_path) as first, receiving(tmp_path, first) as second:
        assert first != second
        send(second, "测试")
    assert len(received(tmp_path)) == 1
