# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The look of the window: colours, sizes, icons; one restrained language for everything."""
