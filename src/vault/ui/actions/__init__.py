# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One function for each thing the user does; they start the jobs, widgets start none."""
