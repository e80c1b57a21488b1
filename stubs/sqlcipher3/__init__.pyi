# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later

# What we use of sqlcipher3 0.6.4, which ships no types. Add what you use, as you use it.
from sqlcipher3.dbapi2 import *
from sqlcipher3 import dbapi2 as dbapi2
