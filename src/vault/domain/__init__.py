# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lawyers in these cases record, as frozen values and pure rules. No I/O of any kind."""
