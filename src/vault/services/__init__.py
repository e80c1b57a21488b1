# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One module for each task of the user; no Qt, no SQL, no ciphers."""
