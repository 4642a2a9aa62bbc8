from leadbureau.mail.models.letter import Letter, NotAllowed

__all__ = ["Letter", "NotAllowed"]
