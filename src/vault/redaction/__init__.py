# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text in, decisions out: what a profile hides, found by the case's own registry."""
