# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dossier: one PDF, rendered from what a disclosure profile lets be shown."""
