# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The check of a finished PDF: by several readers that do not share their blind spots."""
