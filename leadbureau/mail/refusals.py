"""What a mail server's refusal means: whether another try can help, and how staff are told.

A day of tries is for servers that are down, full, or set up wrongly for the moment. Only an answer that says
that the address itself is wrong ends the tries at once: staff can then look for the right one today.
Sources: RFC 5321, section 4.2 (5yz is permanent); RFC 3463, section 3 (X.1 is about addresses, X.2.1 a mailbox
that is switched off; X.7, "relaying denied" and the like, is about the servers and may be mended by tomorrow).
"""

import re
import smtplib

NO_SUCH_ADDRESS = re.compile(r"\b5\.(1\.(1|2|3|4|6|10)|2\.1)\b")
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# Without a code of RFC 3463: mailbox unavailable, user not local, mailbox name not allowed.
BARE = (550, 551, 553)


def is_final(error: Exception) -> bool:
    """Whether the server says that there is no such address, so that no later try can succeed."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(_names_no_mailbox(code, words) for code, words in _answers(error))


def is_about_the_server(error: Exception) -> bool:
    """Whether the mail server itself cannot be reached or used, so that the next letter would fare no better."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(
            error,
            smtplib.SMTPConnectError
            | smtplib.SMTPHeloError
            | smtplib.SMTPAuthenticationError
            | smtplib.SMTPServerDisconnected,
        )
    return isinstance(error, OSError)


def reason(error: Exception) -> str:
    """Why a letter was not sent, for staff, in words first. It may name the address."""
    told = "; ".join(f"{code} {words}" for code, words in _answers(error))
    if is_final(error):
        return f"The recipient's mail server says that there is no such address: {told}"
    if told:
        return f"The mail server refused the letter: {told}"
    if is_about_the_server(error):
        return f"The mail server could not be reached. {type(error).__name__}: {error}"
    return f"{type(error).__name__}: {error}"


def _answers(error: Exception) -> list[tuple[int, str]]:
    """The codes and words of the server's answer about the recipient or the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [(code, _text(words)) for code, words in error.recipients.values()]
    if isinstance(error, smtplib.SMTPResponseException) and not is_about_the_server(error):
        return [(error.smtp_code, _text(error.smtp_error))]
    return []


def _names_no_mailbox(code: int, words: str) -> bool:
    if ENHANCED.search(words):
        return 500 <= code < 600 and bool(NO_SUCH_ADDRESS.search(words))
    return code in BARE


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
