# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Noto Sans and Noto Serif (SIL Open Font License 1.1, see `OFL.txt`), embedded in every dossier.

They cover Russian, Kazakh and Latin; nothing of a dossier depends on the machine's fonts.
"""
