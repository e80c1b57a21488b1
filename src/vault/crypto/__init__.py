# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes, keys, streams and headers. The only room that imports ciphers; knows no cases."""
