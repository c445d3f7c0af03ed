"""The report card: watch (watched, flashes), listen (heard), read (words), hold against limits (limits, judged), tell (card)."""

from studio.engine.report.card import Finding, Level, Report, from_plain, report_of

__all__ = ["Finding", "Level", "Report", "from_plain", "report_of"]
