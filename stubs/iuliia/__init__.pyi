# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later

# What we use of iuliia 0.13, which ships no marker for its types. Add what you use.
from iuliia.schema import Schema as Schema

ALA_LC: Schema
BGN_PCGN: Schema
BS_2979: Schema
GOST_16876: Schema
GOST_52290: Schema
GOST_52535: Schema
GOST_7034: Schema
GOST_779: Schema
GOST_779_ALT: Schema
ICAO_DOC_9303: Schema
ISO_9_1954: Schema
ISO_9_1968: Schema
MVD_310: Schema
MVD_310_FR: Schema
MVD_782: Schema
SCIENTIFIC: Schema
TELEGRAM: Schema
UNGEGN_1987: Schema
UZ: Schema
WIKIPEDIA: Schema
YANDEX_MAPS: Schema
YANDEX_MONEY: Schema

def translate(source: str, schema: Schema) -> str: ...
