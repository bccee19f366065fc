"""Faults in content, as values, and the closed list of their codes."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Level(StrEnum):
    """How much a finding matters: an error stops the build, a warning fails `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Place(msgspec.Struct, frozen=True, array_like=True, order=True):
    """Where a finding is: a file and, as far as known, a line and column, both 1-based.

    A stage that has no line yet leaves a `pointer` into the file's data (the keys and indexes
    that lead to the value, as text) or a `needle` to look for from `line` on;
    `load.locate` turns either into a line and a column.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    pointer: tuple[str, ...] = ()
    needle: str = ""


class Diagnostic(msgspec.Struct, frozen=True, array_like=True, order=True):
    """One finding: what is wrong, where, and what to do."""

    place: Place
    code: str
    message: str
    help: str = ""
    level: Level = Level.ERROR
    cause: str = ""  # the path of a file in error, without which this may not be wrong at all


class Rule(msgspec.Struct, frozen=True):
    """A kind of finding. `doc` is its paragraph in the documentation."""

    code: str
    level: Level
    title: str
    doc: str


def _rules(level: Level, rows: str) -> dict[str, Rule]:
    """Read rules written as `code | title | paragraph`, one a line."""
    found = {}
    for row in filter(None, map(str.strip, rows.splitlines())):
        code, title, doc = (part.strip() for part in row.split(" | "))
        found[code] = Rule(code, level, title, doc)
    return found


def finding(code: str, place: Place, message: str, help: str = "") -> Diagnostic:
    """Return a diagnostic at its rule's default level; KeyError where there is no such rule."""
    return Diagnostic(place, code, message, help, RULES[code].level)


def following(one: Diagnostic, cause: str) -> Diagnostic:
    """Return a finding that may come of what is wrong in the file `cause`; as it is without one.

    What its help says else stands behind that.
    """
    if not cause:
        return one
    advice = f"`{cause}` has it, and is in error itself: mend that file first."
    advice += f"\n{one.help}" if one.help else ""
    return msgspec.structs.replace(one, help=advice, cause=cause)


_ERRORS = """
file-unreadable | A file can't be read | The file is missing, is a folder, or the system refuses to open it.
file-encoding | A file is not UTF-8 | briefgen reads UTF-8 text, with or without a byte order mark. The message names the offset of the first byte that is not; save the file as UTF-8.
file-nul | A file holds a NUL character | A NUL never stands in text: the file is binary, or saved as UTF-16. Save it as UTF-8 text.
file-too-large | A file is too large | Front matter may hold 256 KiB, a data file 4 MiB, an article or a body 8 MiB. What is larger is seldom meant to be read: make several data files of one, each with a part of its entries; move what is long in a front matter into the text.
path-outside-site | A path leaves the site's folder | Content, articles and images lie inside the site's folder; a link on the disk that leads out of it is not followed.
front-matter-missing | The front matter is missing | A Markdown file of briefings, entities, treaties, topics or pages starts with a line `---`, YAML, and another line `---`.
yaml-syntax | The YAML can't be read | The line is not YAML. Quote a value that holds `: ` or `#`, or that begins with one of the characters of YAML's own; indent with spaces.
yaml-duplicate-key | A key stands twice | The same key stands twice in one mapping, and one of its values would be lost. Keep one.
yaml-limit | The YAML is nested too deeply or repeats itself | Front matter may be nested 50 deep and may not grow beyond its own size through aliases.
unknown-key | A key is not known | The message names the nearest key there is. A site's own fields go under `extra:`.
invalid-value | A value is not of the kind its key takes | The message says what the key takes.
missing-key | A required key is missing | A briefing needs `title` and `date`, an entity `name` and `kind`, a treaty `name`, a source `title` or `publisher`, an annotation `quote` and one of `note` and `sources`.
duplicate-id | Two things have one id | Ids are unique within briefings, within entities and treaties together, within sources, topics and pages. Rename one file or give it `id:`.
route-collision | Two pages have one address | Addresses that differ in case or in Unicode form only count as one, since some disks can't tell them apart. Give one of them another `slug:`.
invalid-id | An id can't be part of an address | Ids and slugs are made of letters, digits, `.`, `_` and `-`, begin with a letter or a digit, and are not a name that some disk reserves.
quote-not-found | A quote is not in the article | The quoted words were not found after normalising white space, quotation marks, apostrophes, dashes and Unicode form. The message gives the closest text; `briefgen check --fix` takes it over when there is one clear candidate that differs in typography, capitals, spelling or an ending alone, and in no figure, name or number word.
quote-ambiguous | A quote is there more than once | Add `prefix:`, `suffix:` or `occurrence:` to say which is meant. A note is never placed by guess.
quote-in-number | A quote begins or ends inside a number | `before August 1`, where the article has "before August 10", says what it does not say. Digits belong together across `.`, `,`, `:` and an apostrophe too.
article-changed | An article differs from its digest | The raw article is not the one that `origin.sha256` was computed from. Restore the file, or check the change and update the digest.
unknown-citation | A citation leads nowhere | `[^id]` and `[@id]` name a source of the page or of `content/sources/`, or a footnote defined on the page.
unknown-link | A link leads nowhere | `[[id]]` names a briefing, an entity, a treaty or a page; a Markdown link to a `.md` file names a file of the site, and so do `nav`, `extra_css` and `extra_js` in briefgen.yml. The message gives the nearest names.
ambiguous-link | A link could mean two things | Write `[[briefing:id]]`, `[[entity:id]]` or `[[page:id]]`.
unknown-fragment | A link's fragment is not on its page | The part after `#` names no heading, note or section of the page it leads to.
unknown-entity | An entity is not known | The id names no entity and no treaty of the site.
unknown-treaty | A treaty is not known | The id names no treaty of the site.
unknown-source | A source is not known | The id names no source of the page or of `content/sources/`.
unknown-author | An author is not known | Authors are listed under `authors:` in briefgen.yml.
unknown-briefing | A briefing is not known | The id names no briefing of the site.
unknown-template | A template is not known | `template:` names a file of `templates/`: the site's, its theme's, or the built-in theme's.
image-missing | An image is missing | The image is neither beside the file that shows it nor in `content/static/`, where the `logo:` of briefgen.yml lies.
config-missing | There is no configuration | A site's folder holds `briefgen.yml`. `briefgen init DIR` makes a small working site.
citation-style | The citation style can't be used | `citations.style` names a style of the Citation Style Language that has a bibliography: `apa`, `chicago-notes-bibliography` and the like, or the path of a `.csl` file from the site's folder on.
output-foreign | The output folder is not briefgen's | The folder is not empty and holds no list of what briefgen wrote, so nothing in it is touched. Name another with `--site-dir`, or empty it.
output-unwritable | The output can't be written | The system refused to write; the site that was there is as it was.
template-error | A template is in error | The message names the template, its line and the page.
catalogue-syntax | A catalogue of labels can't be read | A file of `locale/` is in gettext's format PO, which translators' editors write. The message names the line.
label-placeholder | A translation's placeholders are not its label's | What stands in `%( )` is put in when a page is made, so a translation has the very placeholders that the label has, in any order.
static-collision | A static file takes a page's address | A file of `content/static/` would overwrite a page, a file of briefgen's own or another static file. Rename it.
"""  # noqa: E501

_WARNINGS = """
ambiguous-mention | A name may mean several entities | The name is shared, and nothing says which is meant, so it stays unlinked. Decide under `entities:` on the page: `"Russia Today": rt`, or `null` for no link; on a page that is no briefing, by a link: `[[rt|Russia Today]]`.
refused-scheme | A link's scheme is refused | Links lead to http, https, mailto or relative addresses; the words stay, without a link. The preview that `image:` names is a file of the site or an address of the web. A `url` of front matter or data is a whole address, without spaces.
quote-in-word | A quote begins or ends inside a word | Most often a letter was lost in copying. Hyphens and apostrophes part words, and scripts written without spaces have none to part; in Korean, Arabic and Hebrew other words may touch one. Where a stem is meant, as a language with endings may want it, `ignore: [quote-in-word]`.
unsourced-annotation | A note has no source | A note of any kind but `definition` makes a claim; cite the source for it.
structure-line-missing | A line of `structure` is not in the article | The line is given whole, as it stands in the article, or by its number from 1.
structure-line-unclear | A line of `structure` is blank or stands several times | Of a line that is given whole, `skip` leaves out every one like it. Give the numbers of those that are meant, also where all are.
event-order | The events of a treaty contradict each other | An event stands after the treaty's end, an `until` before its own date, an event is listed twice, a treaty signed on two days by all, a party acts before the signature, a treaty is in force for parties alone, or fewer than two parties are left of a treaty that nothing ends.
notice-without-day | A notice of leaving has no day on which it takes effect | `until` of a `denounced` event is that day. Without it pages go on to say that notice was given, and never that the party has left, or that the treaty has ended.
party-unclear | Who is a party to a treaty is not clear | An event names a party that is not listed where parties are, and no event says that it joined; a person is named as a party, or a party is listed twice.
replaces-itself | A treaty is said to replace itself | `replaces` and `replaced_by` name other treaties, and none of them both.
unknown-depositary | A depositary is written like an id that is none | It is shown as it stands, as a name. One that is an entity goes by its id and is linked; the name of one that is none is written as names are.
citation-as-text | A citation is shown as it is typed | Words in brackets name a source and are none of the forms of a citation: `[^id]`, `[@id]`, `[@id, p. 4]`, `[@first, p. 4; @second]`. Words of your own stand outside of the brackets: `see [@id, p. 4]`.
footnote-covers-source | A footnote is called like a source | `[^id]` shows the footnote of that name that the page defines, and the source `id` nowhere on the page, in notes neither.
footnote-unused | A footnote is never cited | The page defines it, and shows it nowhere.
date-order | The dates of a briefing contradict each other | `published` lies before `date`, `updated` before the day on which the briefing went public or before its newest note or correction, or a note or correction is older than the article; or the name of the file begins with another date.
date-unread | A date of a bibliography can't be read | CSL-JSON may give a date in words of any kind ("Spring 2025"). Those that are no day, month or year leave it unknown.
date-ahead | A date has not come yet | A note, a correction or `updated` is dated after the day of the build, by more than the day that it may be ahead elsewhere. Of a briefing that waits for its day nothing may be dated after that.
update-undated | A note of kind `update` has no date | Readers are told that it came later, and lists of notes that it came with the briefing. `date` is the day on which it was written.
article-empty | A briefing has no article | The page would show a title over nothing: the text is blank, `structure` skips all of it, or an excerpt has no passage with a note.
excerpt-unlinked | An excerpt does not lead to its original | Whoever reads a part of an article must be able to find the whole: `excerpt: true` goes with `origin.url`.
comment-in-text | A text is cut off by a comment | To YAML ` #` begins a comment, so `summary: Talks no # 3` is the text "Talks no", and `summary: #3` is none. Put a text that holds ` #` into quotation marks; give a comment behind a text a line of its own. A comment behind an id, a date or a number is none of this rule's.
file-empty | A data file holds nothing | What the file held before is not on the site any more. Restore it, or delete the file.
image-elsewhere | An image lies on another site | A page loads nothing that is not the site's own, so readers see its alternative text. The preview that `image:` names may lie elsewhere.
image-alt-missing | An image has no alternative text | Those who don't see the image need it in words: `![what it shows](image.png)`.
nested-too-deep | Blocks are nested too deeply | Beyond 100 levels of block quotes and lists, a list counted twice, markup is no longer read: the words stay as they are written.
output-capped | The links of a text are left out | Written out, they would fill far more than the text that they stand in, as hostile Markdown makes them. The words stay.
key-unused | A reading under `entities:` is of a name that never occurs | The name is not in the text as it is written there.
heading-skipped | A heading's level skips one | A heading two levels below the one before it is heard as a missing section.
archive-incomplete | An archive address lacks its date | `archive_url` goes with `archive_date`, and with the original `url`.
moved-from-collision | An old address is in use | `moved_from` names the address of a page or a file that exists, or of another redirect; no redirect is written.
file-unused | Nothing reads a file | It lies under `content/`, but not in a folder or with an ending that is read, so it is not on the site; or it is a second configuration. Move or rename it as the help says. Images that no page shows, and a README, are passed over.
no-briefings | The site has no briefings | No `.md` file lies in `content/briefings/`.
search-unavailable | The site's search has no index | `search: true` has the pages indexed by Pagefind, which is not installed. Without it the search page says that search is not there, and leads to the lists.
translation-language | A translation is in another language | `translations` names a briefing by its language, and that briefing's `lang` (or the site's language) is another one.
translation-own | A translation is in the page's own language | `translations` names the briefing itself, or one in the same language (that of its `lang`, or the site's), and nothing is shown of it.
unknown-label | A catalogue translates a label that no template has | The text has to be the label's, letter for letter. The message names the nearest one.
citations-unavailable | Sources can't be written out in the citation style | That takes Pandoc, and for a style by its name the package of styles; `pip install 'briefgen[citations]'` installs both. Without them the theme writes sources out in its own way.
template-unused | Nothing uses a template | A template is called like the kind of its pages (`briefing.html`), is named by a page's `template:`, or is used by another template.
template-unseen | A part of a template is never shown | A template that extends another is shown by its blocks alone, and only by those that the other has.
note-too-long | A note is long | Notes above 200 words don't stand beside their words any more; put the rest into the analysis.
"""  # noqa: E501

_INFOS = """
no-site-address | The site has no address | Without `url:` in briefgen.yml there is no feed, no sitemap and no canonical link.
entity-unmentioned | Nothing mentions an entity | No briefing names it; it stands in the glossary all the same.
source-uncited | Nothing cites a source | A source of `content/sources/` that no page cites.
post-shared | Two people hold one post on one day | Their entities give it the very same title. Many posts are shared; where one of the two followed the other, correct the dates.
single-source | A briefing rests on one source | All its citations lead to one source.
archive-missing | A source has no archived copy | Addresses die; `archive_url` and `archive_date` outlive them.
source-newer | A source is newer than the briefing | It was published after the briefing was last changed.
fact-unsourced | A fact of a treaty has no source | Neither the event or provision nor the treaty names one.
treaty-ended | A treaty has ended since the briefing was written | The fact box says so; the text may want a note of kind `update`.
overlinked | A text is dense with links | More than one word in eight is part of a link.
unlinked-candidate | A capitalised name occurs often and is no entity | It may deserve an entry in the glossary.
future-briefing | A briefing waits for its day | Its `published` date is after the as-of date; `--future` shows it.
labels-missing | There are no labels in a language of the site | Pages in it show English ones. A catalogue `locale/LANGUAGE.po` has others.
topic-misspelt | A topic may be misspelt | The topic has no entry in `content/topics/`, and its id is nearly that of one that has. Topics need no entry; each has a page.
draft-briefing | A draft is left out | `--drafts` shows it.
"""  # noqa: E501

RULES: dict[str, Rule] = {
    **_rules(Level.ERROR, _ERRORS),
    **_rules(Level.WARNING, _WARNINGS),
    **_rules(Level.INFO, _INFOS),
}
"""Every code there is, in the order of the documentation."""
