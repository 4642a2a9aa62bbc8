from leadbureau.mail.models.contact import ContactMessage
from leadbureau.mail.models.letter import Letter, NotAllowed

__all__ = ["ContactMessage", "Letter", "NotAllowed"]
