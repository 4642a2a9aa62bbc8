"""gunicorn's own log: it quotes request lines that it cannot read, and those may hold a private link."""

from gunicorn.glogging import Logger

from leadbureau.kit.log_lines import WithoutTokens


class QuietAboutLinks(Logger):
    """For `gunicorn --logger-class leadbureau.kit.gunicorn_log.QuietAboutLinks`."""

    def setup(self, cfg) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutTokens(self.error_fmt, self.datefmt))
