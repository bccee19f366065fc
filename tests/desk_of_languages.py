"""A desk that writes in Russian, with translations of a briefing into Arabic and English."""

from __future__ import annotations

from pathlib import Path

from site_tester import SiteTest

FILES = {
    "briefgen.yml": """\
title: Стратегическая стабильность
url: https://example.org/desk/
language: ru
description: Справки о договорах по контролю над вооружениями.
authors: {desk: {name: Редакция}}
search: true
nav: [briefings, treaties, glossary, timeline, sources, topics, annotations]
""",
    "content/entities/entities.yml": """\
- {id: united-states, kind: place, name: Соединённые Штаты, names: {en: United States, ar: الولايات المتحدة},
   aliases: [США], description: Участник договоров о стратегических вооружениях с 1972 года.}
- {id: russia, kind: place, name: Россия, names: {en: Russia, ar: روسيا},
   description: Участник договоров о стратегических вооружениях как продолжатель СССР.}
- id: joe-biden
  kind: person
  name: Джо Байден
  names: {en: Joe Biden, ar: جو بايدن}
  aliases: [Байден]
  roles: [{title: Президент США, from: 2021-01-20, to: 2025-01-20}]
  description: 46-й президент США.
""",
    "content/treaties/treaties.yml": """\
- id: new-start
  name: ДСНВ-3
  names: {en: New START, ar: ستارت الجديدة}
  aliases: [Договор о СНВ]
  formal_name: Договор между Российской Федерацией и Соединёнными Штатами Америки о мерах по дальнейшему сокращению и ограничению стратегических наступательных вооружений
  description: Договор ограничивает развёрнутые стратегические вооружения двух стран.
  parties: [{entity: united-states}, {entity: russia}]
  events:
    - {date: 2010-04-08, type: signed, place: Прага}
    - {date: 2011-02-05, type: in-force, until: 2021-02-05}
    - {date: 2021-02-03, type: extended, until: 2026-02-05}
    - {date: 2023-02-28, type: suspended, party: russia, contested_by: [united-states]}
  provisions:
    - {name: Развёрнутые боезаряды, limit: 1550, unit: единиц}
    - {name: Развёрнутые носители, limit: 700, unit: единиц}
  sources: [state]
""",
    "content/sources/sources.yml": """\
state: {title: New START Treaty, publisher: U.S. Department of State, url: "https://www.state.gov/new-start-treaty/",
  accessed: 2026-02-10, lang: en, reliability: A, credibility: 1, descriptor: Страница ведомства}
""",
    "content/briefings/2021-02-03-extension.md": """\
---
title: ДСНВ-3 продлён на пять лет
date: 2021-02-03
updated: 2023-03-01
summary: Стороны обменялись нотами, и договор действует до февраля 2026 года.
key_points: [Продление не меняет пределов договора., Ещё раз продлить его нельзя.]
topics: [контроль]
authors: [desk]
treaties: [new-start]
translations: {ar: extension-ar, en: extension-en}
annotations:
  - {quote: продлён на пять лет, author: desk, date: 2021-02-04,
     note: "Продление предусмотрено статьёй XIV договора. [^state]"}
  - {quote: до 5 февраля 2026 года, kind: update, date: 2023-02-28, sources: [state],
     note: В феврале 2023 года Россия приостановила участие.}
  - {quote: 1550 боезарядов, kind: definition,
     note: Считаются развёрнутые боезаряды; один тяжёлый бомбардировщик засчитывается за один.}
corrections: [{date: 2021-02-05, text: Исправлена дата обмена нотами.}]
---
Договор о СНВ продлён на пять лет. Соединённые Штаты и Россия обменялись нотами 3 февраля 2021 года, и договор действует до 5 февраля 2026 года.

Пределы прежние: 1550 боезарядов и 700 развёрнутых носителей у каждой стороны. Байден вступил в должность 20 января 2021 года.

## Что дальше

Второго продления статья XIV не допускает. См. также [[suspension]].
""",
    "content/briefings/2023-02-28-suspension.md": """\
---
title: Россия приостановила участие в ДСНВ-3
date: 2023-02-28
summary: Срок договора от этого не изменился.
topics: [контроль]
treaties: [new-start]
---
Россия приостановила участие в договоре. США оспаривают законность этого шага. Ранее: [[extension]].
""",
    "content/briefings/2021-02-03-extension-ar.md": """\
---
title: تمديد معاهدة ستارت الجديدة خمس سنوات
date: 2021-02-03
updated: 2023-03-01
summary: تبادل الطرفان المذكرات، والمعاهدة سارية حتى فبراير 2026.
key_points: [لا يغيّر التمديد حدود المعاهدة., لا يمكن تمديدها مرة أخرى.]
topics: [контроль]
authors: [desk]
treaties: [new-start]
lang: ar
annotations:
  - {quote: تمديد معاهدة ستارت الجديدة خمس سنوات, author: desk, date: 2021-02-04,
     note: "ينص على التمديد البند الرابع عشر من المعاهدة. [^state]"}
  - {quote: حتى 5 فبراير 2026, kind: update, date: 2023-02-28, sources: [state], note: علّقت روسيا مشاركتها في فبراير 2023.}
  - {quote: 1550 رأسًا حربيًا, kind: definition,
     note: "تُحتسب الرؤوس المنشورة (deployed warheads)، وتُحتسب القاذفة الثقيلة الواحدة رأسًا واحدًا."}
---
تم تمديد معاهدة ستارت الجديدة خمس سنوات. تبادلت الولايات المتحدة و روسيا المذكرات في 3 فبراير 2021، والمعاهدة سارية حتى 5 فبراير 2026.

الحدود كما هي: 1550 رأسًا حربيًا و700 وسيلة إيصال منشورة (ICBM و SLBM) لكل طرف. تولى جو بايدن منصبه في 20 يناير 2021.

## ماذا بعد

لا يسمح البند الرابع عشر بتمديد ثانٍ. انظر أيضًا [[suspension]].
""",
    "content/briefings/2021-02-03-extension-en.md": """\
---
title: New START is extended by five years
date: 2021-02-03
lang: en
article: ../../seeds/extension-ar.txt
origin: {lang: ar}
annotations: [{quote: المعاهدة سارية, kind: definition, note: It binds the two parties.}]
---
""",
    "seeds/extension-ar.txt": "تبادل الطرفان المذكرات في 3 فبراير 2021، والمعاهدة سارية حتى 5 فبراير 2026.\n",
}


def desk_of_languages(root: Path) -> SiteTest:
    """Write it into a folder."""
    site = SiteTest(root)
    for path, text in FILES.items():
        site.file(path, text)
    return site
