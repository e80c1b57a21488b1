# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later

# The functions of pdfium itself that we call. Add what you use.
from pypdfium2 import PdfTextPage

FPDF_ERR_PASSWORD: int

def FPDFText_CountChars(text_page: PdfTextPage) -> int: ...
def FPDFText_GetUnicode(text_page: PdfTextPage, index: int) -> int: ...
def FPDFText_IsGenerated(text_page: PdfTextPage, index: int) -> int: ...
