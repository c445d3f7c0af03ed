"""The one door for a breakdown that leaves the house: its bytes, their type and the end of the file's name."""

from __future__ import annotations

from typing import Literal

from studio.scripts.sheet.views import Breakdown

SheetFormat = Literal["csv", "xlsx", "pdf"]
MIME: dict[SheetFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def written_breakdown(breakdown: Breakdown, format: SheetFormat) -> bytes:
    """A breakdown as a file. The writers are loaded when they are needed: no page waits for them."""
    if format == "csv":
        from studio.scripts.formats.breakdown.sheet_csv import csv_of

        return csv_of(breakdown)
    if format == "xlsx":
        from studio.scripts.formats.breakdown.sheet_xlsx import xlsx_of

        return xlsx_of(breakdown)
    from studio.scripts.formats.breakdown.sheet_pdf import pdf_of

    return pdf_of(breakdown)
