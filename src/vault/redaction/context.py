# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the words around a name tell: man or woman, one or the family, name or plain word."""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = 60
_AFTER: Final = 60

_FEMALE_BEFORE: Final = re.compile(
    r"(?:^|[^а-яёa-z])(?:мать|матерь?ю?|мама|маме|маму|мамой|жена|жене|жену|женой|супруга|супруге|супругу|"
    r"супругой|сестра|сестре|сестру|дочь|дочери|дочка|бабушка|тетя|тётя|вдова|невеста|гражданка|гражданке|"
    r"гражданку|гр-ка|гр-ки|гр-ке|г-жа|г-же|госпожа|госпоже|потерпевшая|подозреваемая|обвиняемая|"
    r"заявительница|свидетельница|она|ms\.?|mrs\.?|miss|madam|\w{3,}(?:ла|лась))\s*[,«(]?\s*$",
    re.IGNORECASE,
)
_FEMALE_AFTER: Final = re.compile(
    r"^[\s,]*(?:[,(][^.;]{0,40}[,)]\s*)?(?:(?:также|сама|лично|не|тоже|потом|затем|вчера|сегодня|снова|ранее|"
    r"уже|только|тогда|там|здесь|позже|вновь|еще|ещё|впервые|дважды|письменно|устно)\s+){0,3}"
    r"(?:\w{2,}(?:ла|лась|ена|ана|ята|ела)|должна|согласна|больна|жива|она)(?!\w)",
    re.IGNORECASE,
)
_MALE_BEFORE: Final = re.compile(
    r"(?:^|[^а-яёa-z])(?:у|от|для|без|до|из|с|со|после|против|около|возле|кроме|вокруг|мимо|насчет|насчёт|"
    r"вместо|ради|среди|со\s+слов|со\s+стороны|в\s+отношении|в\s+адрес|на|про|за|через|сквозь|"
    r"гражданина|гр-на|г-на|господина|рядового|сержанта|лейтенанта|заявителя|подозреваемого|обвиняемого|"
    r"осуждённого|осужденного|задержанного|отца|брата|сына|мужа|супруга|деда|товарища|военнослужащего|"
    r"потерпевшего|подзащитного|доверителя|арестованного|экстрадируемого)\s+[«(]?\s*$",
    re.IGNORECASE,
)
_OBJECT_AFTER: Final = re.compile(
    r"^\s*(?:(?:также|не|тоже|потом|затем|вчера|сегодня|снова|ранее|уже|тогда|там|позже|вновь|опять|сразу|"
    r"там\s+же|жестоко|долго|сильно|незаконно|силой|дважды)\s+){0,3}"
    r"\w{2,}(?:ли|лись|ют|ут|ят|ат|или|али|ют|ано|ено)(?!\w)",
    re.IGNORECASE,
)
_NOUN_BEFORE: Final = re.compile(
    r"(?<![А-Яа-яЁёA-Za-z])(?P<word>[А-Яа-яЁё]{3,})\s+[«(]?$", re.IGNORECASE
)
# Words that stand beside a name in the same case, or are no nouns at all, so that a genitive
# does not follow from them.
_NO_GENITIVE: Final = re.compile(
    r"^(?:свидетель|адвокат|эксперт|следователь|судья|врач|заявитель|гражданин|истец|ответчик|"
    r"защитник|прокурор|журналист|директор|мать|мама|жена|супруга|сестра|дочь|она|что|как|когда|если|"
    r"чтобы|потому|также|тоже|где|куда|или|либо|но|ведь|однако|затем|потом|тогда|вчера|сегодня|"
    r"там|здесь|очень|ещё|еще|уже|только|вот|это|его|её|ее|их|\w+(?:л|ла|ло|ли|ет|ит|ют|ут|ат|ят|ть|"
    r"лся|лась|лись|тся|ться|но|ая|ый|ий|ое|ые|ую|но))$",
    re.IGNORECASE,
)
_FAMILY_BEFORE: Final = re.compile(
    r"(?:семь[яюией]+|семейств\w+|супруг(?:и|ов|ам|ами|ах)|родител(?:и|ей|ям|ями)|брат(?:ья|ьев|ьям)|"
    r"с[её]стры|сестёр|сестер|дети|детей|детям|фамили\w+|отц\w+\s+и\s+сын\w+|чет[аы]|четой|отбасы)\s+$",
    re.IGNORECASE,
)
_CHILD: Final = re.compile(
    r"(?:сын|дочь|дочер|реб[её]н|малыш|малолетн|несовершеннолетн|мальчик|девочк|школьн|ученик|детск|"
    r"child|son\b|daughter|boy|girl|minor|toddler|infant|бала|ұл|қыз)\w*\W{1,3}(?:\w+\W{1,3})?$",
    re.IGNORECASE,
)
_SENTENCE_END: Final = frozenset(".!?…\n\r\u2028•")
_OPENERS: Final = frozenset("«»\"'“”„(—–-[* \t\u00a0")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(«])(?:г|гр|т|тов|проф|акад|им|ст|мл|д|о|св|р|адв|сл|зам|нач|св-ль|mr|mrs|ms|dr|prof|st)$",
    re.IGNORECASE,
)
_NUMBER_BEFORE: Final = re.compile(
    r"(?:\d|\b(?:пять|шесть|семь|восемь|девять|десять|\w+надцать|двадцать|тридцать|сорок|сто|много|мало|"
    r"несколько|сколько|стая|стадо|стаи|пара|два|две|три|четыре|полтора|десяток|сотня|тысяча|косяк|"
    r"охота\s+на|шкур\w+))\s+$",
    re.IGNORECASE,
)


def gender_of(text: str, start: int, end: int) -> str:
    """Return "f", "m" or "" for a form that is either a woman's name or a man's in genitive.

    «Вершкова сообщила» is she; «интересы Вершкова» and «Вершкова увезли» are he.
    """
    before = text[max(0, start - _BEFORE) : start]
    after = text[end : end + _AFTER]
    female = 2 * bool(_FEMALE_BEFORE.search(before)) + 2 * bool(_FEMALE_AFTER.match(after))
    male = 2 * bool(_MALE_BEFORE.search(before)) + 2 * bool(_OBJECT_AFTER.match(after))
    noun = _NOUN_BEFORE.search(before)
    if noun is not None and not _NO_GENITIVE.match(noun["word"]):
        male += 1
    if female == male:
        return ""
    return "f" if female > male else "m"


_DATIVE_BEFORE: Final = re.compile(
    r"(?:^|[^а-яёa-z])(?:к|ко|по|благодаря|вопреки|согласно|навстречу|помощь|ответ|вред|ущерб|угроз[аы]|"
    r"отказ|обвинение|подозрение|гражданину|гр-ну|г-ну|господину|заявителю|подозреваемому|обвиняемому|"
    r"осуждённому|осужденному|задержанному|отцу|брату|сыну|мужу|военнослужащему|доверителю|подзащитному)"
    r"\s+[«(]?$|(?:сообщ|сказ|отказ|вруч|разъясн|объяв|предъяв|угрож|грози|звони|писа|помог|дал|дан|выда|"
    r"разреш|запрет|предлож|велел|приказ|верн|переда|назнач|причин|нан[её]с|слома|требова|удалось|пришлось)"
    r"\w*\s+$",
    re.IGNORECASE,
)
_DATIVE_AFTER: Final = re.compile(
    r"^\s*(?:(?:также|не|тоже|потом|затем|вчера|сегодня|снова|уже|тогда|там|дважды|устно|письменно|так|и|"
    r"бы|было|были|был|была)\s+){0,3}"
    r"(?:сообщ|сказа|отказ|вруч|разъясн|объяв|объясн|поясн|предъяв|угрож|грози|звони|позвон|писа|напис|"
    r"помог|помощ|дал|дан|выда|разреш|запре|предлож|велел|велен|приказ|верн|переда|назнач|причин|нан[её]с|"
    r"слома|требова|удалось|пришлось|нужн|надо|плохо|стало|лет|год|исполн|грозит|должн|известно|присво|"
    r"предостав|поруч|посовет|внуш|извест|присужд|избран|продл|оказ)",
    re.IGNORECASE,
)
_ACCUSATIVE_BEFORE: Final = re.compile(
    r"(?:^|[^а-яёa-z])(?:на|про|через|за|сквозь|о|об|гражданку|гр-ку|г-жу|госпожу|мать|маму|жену|супругу|"
    r"сестру|дочь|тетю|тётю|бабушку|потерпевшую|обвиняемую|подозреваемую)\s+[«(]?$"
    r"|(?:видел|встретил|задержал|увез|увёз|били|избил|арестовал|допрос|знал|обвин|похит|забра|нашл|"
    r"отпуст|вызва|опрос|спрос|позва|любил)\w*\s+$",
    re.IGNORECASE,
)
_ACCUSATIVE_AFTER: Final = re.compile(
    r"^\s*(?:(?:также|не|тоже|потом|затем|вчера|сегодня|снова|уже|тогда|там|жестоко|силой)\s+){0,3}"
    r"(?:ув[её]з|увели|били|избил|задерж|арест|допр|вывел|вывез|забра|отпуст|высла|обвин|похит|видел|"
    r"встрет|вызва|опрос|спрос|держа|удерж|преслед|пыта|разыск|объявили|остав|отправ|достав|помест|"
    r"осуд|привл|экстрад|допраш)",
    re.IGNORECASE,
)


def gender_of_object(text: str, start: int, end: int) -> str:
    """Return "m" for a man's name in the dative, "f" for a woman's in the accusative, or "".

    «Вершкову отказали» is he; «Вершкову увезли» is she.
    """
    before = text[max(0, start - _BEFORE) : start]
    after = text[end : end + _AFTER]
    male = bool(_DATIVE_BEFORE.search(before)) + bool(_DATIVE_AFTER.match(after))
    female = bool(_ACCUSATIVE_BEFORE.search(before)) + bool(_ACCUSATIVE_AFTER.match(after))
    if male == female:
        return ""
    return "m" if male > female else "f"


def names_a_family(text: str, start: int) -> bool:
    """Tell whether the words before speak of a family: «семья Вершковых»."""
    return _FAMILY_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None


def names_a_child(text: str, start: int) -> bool:
    """Tell whether the words before speak of a child."""
    return _CHILD.search(text[max(0, start - _BEFORE) : start]) is not None


def follows_a_number(text: str, start: int) -> bool:
    """Tell whether the words before count things: «пять вершков»."""
    return _NUMBER_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None


def begins_sentence(text: str, start: int) -> bool:
    """Tell whether a capital letter at `start` may only be there because a sentence begins."""
    position = start - 1
    while position >= 0 and text[position] in _OPENERS:
        position -= 1
    if position < 0:
        return True
    if text[position] not in _SENTENCE_END:
        return False
    return not (
        text[position] == "." and _ABBREVIATION.search(text[max(0, position - 8) : position])
    )


_HUMAN_AFTER: Final = re.compile(
    r"^\s*(?:(?:также|не|тоже|потом|затем|вчера|сегодня|снова|ранее|уже|только|тогда|там|нам|мне|ему|ей|"
    r"им|ничего|всё|все)\s+){0,3}"
    r"(?:сказал|сообщ|рассказ|заяв|показал|ответ|спрос|плак|позвон|уш[её]л|ушла|приш[её]л|пришла|приех|"
    r"уех|подал|подпис|напис|работа|жив[её]т|жил|родил|боит|боял|просит|просил|попрос|видел|знал|помн|"
    r"поясн|поб[еи]ж|бежал|умер|служил|получил|вернул|вышел|вышла|позв|отказ|угрож|вруч|разъясн|говор|"
    r"слышал|жалова|кричал|молч|хочет|хотел|может|думал|считает|said|told|wept|asked|came|left|was|is|"
    r"has|had)",
    re.IGNORECASE,
)


def acts_like_a_person(text: str, end: int) -> bool:
    """Tell whether the words after are what people do or have done to them: «Вера сообщила»."""
    return _HUMAN_AFTER.match(text[end : end + _AFTER]) is not None


_CLIENT_BEFORE: Final = re.compile(
    r"(?:^|[^а-яёa-z])(?:заявител(?:ь|я|ю|ем|е)|подзащитн\w+|доверител\w+|подозреваем\w+|обвиняем\w+|"
    r"осужд[её]нн\w+|экстрадируем\w+|applicant|client|defendant|өтініш\s+беруші\w*|айыпталушы\w*)"
    r"\s+(?:гр\w*\.?\s+)?$",
    re.IGNORECASE,
)


def names_the_client(text: str, start: int) -> bool:
    """Tell whether the word before calls the person the applicant or the accused."""
    return _CLIENT_BEFORE.search(text[max(0, start - _BEFORE) : start]) is not None


_CASED: Final = re.compile(r"[^\W\d_]{2,}")


def shouts(text: str, start: int, end: int) -> bool:
    """Tell whether the neighbourhood is in capitals too, so that capitals say nothing."""
    around = text[max(0, start - 40) : start] + " " + text[end : end + 40]
    words = _CASED.findall(around)
    return not words or sum(word.isupper() for word in words) * 2 >= len(words)


_SURNAME: Final = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ову|еву|ину|овой|евой|иной|ову|ова|овым|евым|иным|ове|еве|"
    r"ский|цкий|ского|скому|ским|ская|ской|скую|цкая|цкой|енко|чук|щук|юк|ук|ян|янц|дзе|швили|"
    r"баев|беков|ұлы|улы|кызы|қызы|ov|ev|in|yn|ova|eva|ina|sky|skiy|skii|skaya|enko|chuk|uk|yan|dze)$",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(r"[ \u00a0](?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)")
_PREVIOUS: Final = re.compile(r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)?)[ \u00a0]$")


def neighbours(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the capitalised words right before and right after, "" where there is none."""
    previous = _PREVIOUS.search(text[max(0, start - 40) : start])
    following = _NEXT.match(text, end)
    return (
        previous["word"] if previous and _named(previous["word"]) else "",
        following["word"] if following and _named(following["word"]) else "",
    )


def _named(word: str) -> bool:
    return word[0].isupper() and len(word) > 2  # noqa: PLR2004 - an initial or «И» is no name


def like_a_surname(word: str) -> bool:
    """Tell whether a word has the ending of a family name."""
    return len(word) > 4 and _SURNAME.search(word) is not None  # noqa: PLR2004 - «один», «сын»
