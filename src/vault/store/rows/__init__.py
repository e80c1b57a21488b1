# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One module per kind of record: its SQL by hand, and the mapping both ways beside it."""
