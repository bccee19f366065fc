"""Views of every kind of page, written out by hand, for the tests of the theme.

Longer than other files: it is data, and a page's view is complete.
"""

from __future__ import annotations

from markupsafe import Markup

from briefgen.model.dates import Day
from briefgen.model.source import Source
from briefgen.render import view as v

SITE = v.SiteView(
    title="Strategic Stability Desk",
    description="Annotated briefings on the treaties that limit nuclear weapons.",
    language="en",
    nav=(
        ("briefings", "", "briefings/"),
        ("treaties", "", "treaties/"),
        ("glossary", "", "glossary/"),
        ("timeline", "", "timeline/"),
        ("sources", "", "sources/"),
        ("page", "About & method", "about/"),
    ),
    styles=("static/dossier.css",),
    script="static/dossier.js",
    scripts=(),
    feed="feed.xml",
    logo=None,
    search=None,
    extra={},
)


def head(kind: str, title: str, root: str = "../../", **more: object) -> dict[str, object]:
    """What every view has."""
    return {"kind": kind, "title": title, "site": SITE, "root": root, "path": f"{kind}/", **more}


def ref(number: int, use: int = 1) -> v.Ref:
    return v.Ref(number=number, href=f"#fn-{number}", id=f"fnref-{number}-{use}")


def event(date: str, type: str, *, use: int = 0, **more: object) -> v.EventView:
    refs = (ref(3, use),) if use else ()
    return v.EventView(date=Day(date), type=type, refs=refs, **more)


def status(state: str, **more: object) -> v.StatusView:
    return v.StatusView(state=state, on=None, **more)


RUSSIA = v.Link(text="Russia", href="../../entities/russia/")
USA = v.Link(text="United States", href="../../entities/united-states/")
SUSPENSION = v.SuspensionView(
    party="Russia", since=Day("2023-02-28"), contested_by=("United States",)
)
LEFT = (
    v.DepartureView(party="United States", since=Day("2020-11-22")),
    v.DepartureView(party="Russia", since=Day("2021-12-18")),
)
NOW = status("expired", since=Day("2026-02-05"))
THEN = v.StatusView(
    state="in-force", on=Day("2021-01-26"), since=Day("2011-02-05"), until=Day("2021-02-05")
)
PARTIES = (
    v.PartyView(name="United States", href=USA.href, standing="former-party", signed=Day("2010-04-08")),
    v.PartyView(
        name="Russia", href=RUSSIA.href, standing="suspended", signed=Day("2010-04-08"),
        suspended=Day("2023-02-28"),
    ),
)  # fmt: skip
PROVISIONS = (
    v.ProvisionView(name="Warheads on deployed missiles and heavy bombers", limit="1550",
                    unit="warheads", note="A heavy bomber counts as one.", refs=(ref(4),)),
    v.ProvisionView(name="Deployed ICBMs, SLBMs and heavy bombers", limit="700", refs=(ref(4, 2),)),
    v.ProvisionView(name="Bilateral Consultative Commission"),
)  # fmt: skip
BOX = v.FactBox(
    id="new-start",
    name="New START",
    href="../../treaties/new-start/",
    formal_name="Treaty between the United States of America and the Russian Federation on "
    "Measures for the Further Reduction and Limitation of Strategic Offensive Arms",
    now=NOW,
    then=THEN,
    parties=PARTIES,
    signed=(event("2010-04-08", "signed", use=1, place="Prague"),),
    in_force=event("2011-02-05", "in-force", use=2, until=Day("2021-02-05")),
    ends=(event("2021-02-03", "extended", use=3, until=Day("2026-02-05")),),
    provisions=PROVISIONS,
    refs=(ref(3, 9),),
)
BARE_BOX = v.FactBox(
    id="ctbt", name="CTBT", href="../../treaties/ctbt/", formal_name=None, now=status("unknown")
)

WORK = v.SourceView(
    id="tass",
    href="../../sources/tass/",
    count=3,
    value=Source(
        title="Report on the passage of the extension", publisher="TASS", author=("A. B.", "C. D."),
        url="https://tass.com/politics/1250613", published=Day("2021-01"), accessed=Day("2021-02-01"),
        archive_url="https://web.archive.org/web/2021/https://tass.com/politics/1250613",
        archive_date=Day("2021-02-01"), reliability="B", credibility="1",
        descriptor="State agency; exact on dates and on the vote",
    ),
)  # fmt: skip
DEAD = v.SourceView(
    id="protocol",
    value=Source(
        title="Text of the treaty <and its protocol>", publisher="Department of Defense",
        url="https://www.acq.osd.mil/", archive_url="https://web.archive.org/web/https://www.acq.osd.mil/",
        archive_date=Day("2020"), url_status="dead", reliability="A", credibility="1",
    ),
)  # fmt: skip
HOSTILE = v.SourceView(
    id="hostile", value=Source(publisher="Nobody", url="javascript:alert(1)", credibility="6")
)
FOOTNOTES = (
    v.Footnote(number=1, id="fn-1", source=WORK, backs=(
        v.Back(href="#fnref-1-1", letter="a"), v.Back(href="#fnref-1-2", letter="b", locator="p. 4"))),
    v.Footnote(number=2, id="fn-2", source=HOSTILE, backs=(v.Back(href="#fnref-2-1", letter="a"),)),
    v.Footnote(number=3, id="fn-3", source=DEAD, backs=(v.Back(href="#fnref-3-1", letter="a"),)),
    v.Footnote(number=4, id="fn-4", html=Markup("<p>The limits had to be met by 5 February 2018.</p>"),
               backs=(v.Back(href="#fnref-4-1", letter="a"), v.Back(href="#fnref-4-2", letter="b"))),
    v.Footnote(number=5, id="fn-5", source=WORK, backs=()),
)  # fmt: skip

ROLE = v.RoleView(
    title="President of the United States", begin=Day("2021-01-20"), end=Day("2025-01-20")
)
VAGUE = v.RoleView(title="Prime Minister", begin=Day("2008"), end=Day("2012"), is_certain=False)


def entry(
    id: str, name: str, kind: str, description: str = "", *roles: v.RoleView
) -> v.GlossaryEntry:
    return v.GlossaryEntry(id=id, name=name, kind=kind, href=f"../../entities/{id}/",
                           description=description, roles=roles, count=2)  # fmt: skip


PEOPLE = (
    entry("joe-biden", "Joe Biden", "person", "Forty-sixth President of the United States.", ROLE),
    entry("vladimir-putin", "Vladimir Putin", "person", "President of Russia 2000-2008 and since 2012.", VAGUE),
    entry("alexei-navalny", "Alexei Navalny", "person", "Russian opposition leader."),
    entry("konstantin-kosachev", "Konstantin Kosachev", "person", "Member of the Federation Council."),
    entry("jens-stoltenberg", "Jens Stoltenberg", "person"),
)  # fmt: skip
GROUPS = (
    v.GlossaryGroup(kind="person", entries=PEOPLE),
    v.GlossaryGroup(kind="organization", entries=(
        entry("federation-council", "Federation Council", "organization", "Upper house of the Russian parliament."),
        entry("state-duma", "State Duma", "organization", "Lower house of the Russian parliament."),
        entry("nato", "NATO", "organization", "Alliance founded by the North Atlantic Treaty of 1949."),
        entry("cnn", "CNN", "organization", "American news channel, on air since 1 June 1980."))),
    v.GlossaryGroup(kind="treaty", entries=(
        entry("new-start", "New START", "treaty", "Limited the strategic arms of the United States and Russia."),
        entry("inf", "INF Treaty", "treaty", "Banned ground-launched missiles of intermediate range."))),
    v.GlossaryGroup(kind="term", entries=(entry("readout", "Readout", "term", "A government's own summary."),)),
)  # fmt: skip


def mark(kind: str, number: int, words: str, lane: str = "lane-0") -> str:
    return (
        f'<mark class="hl k-{kind} {lane}" data-n="{number}">{words}</mark>'
        f'<a class="ref k-{kind}" id="q-{number}" href="#note-{number}" data-aside data-n="{number}" '
        f'aria-label="Note {number}, {kind}">{number}</a>'
    )


def note(number: int, kind: str, text: str, **more: object) -> v.Note:
    return v.Note(number=number, id=f"note-{number}", quote_id=f"q-{number}", kind=kind, quote="words",
                  html=Markup(f"<p>{text}</p>\n"), author="The editors", date=Day("2021-02-04"), **more)  # fmt: skip


NOTES = (
    note(1, "update", "Completed on 3 February 2021; the new end was 5 February 2026.", refs=(ref(1),)),
    note(2, "context", "So it was from 2 August 2019, when the INF Treaty came to an end."),
    note(3, "dispute", "The two readouts part here: Moscow reports a thing done, Washington a wish.",
         refs=(ref(1, 2), ref(2))),
    note(4, "definition", "A break-in through a tampered update of network software, found in December 2020."),
    note(5, "correction", "Signed on 8 April 2010. The date given here is that of the entry into force."),
    note(0, "source", ""),
)  # fmt: skip
LINK = '<a class="m" href="../../entities/{}/">{}</a>'.format
ARTICLE = (
    v.Part(html=Markup(
        f'<p>WASHINGTON / MOSCOW, Jan. 26 — {LINK("joe-biden", "Joe Biden")} and '
        f'{LINK("vladimir-putin", "Vladimir Putin")} spoke by telephone on Tuesday and '
        + mark("update", 1, "agreed to extend " + mark("context", 2, "the last treaty", "lane-1"))
        + ' that limits the two largest nuclear arsenals, ten days before it was due to lapse.'
        '<sup class="fn" data-aside><a href="#fn-1" id="fnref-1-3" aria-label="Source 1">1</a></sup></p>\n'),
        notes=NOTES[:2]),
    v.Part(html=Markup(
        "<p>Both sides said that they would keep their channels open. In Moscow, "
        + mark("dispute", 3, "notes on the extension were said to have been exchanged the same day")
        + ", with the remaining formalities to follow shortly; Washington spoke, more guardedly, of a wish.</p>\n"),
        notes=(NOTES[2], NOTES[5])),
    v.Part(html=Markup(
        '<h2 id="two-accounts">Two accounts of one call</h2>\n<p>The readouts agreed on the treaty and on little '
        "else. The American one listed what had been raised: Ukraine, "
        + mark("definition", 4, "the SolarWinds intrusion")
        + ", reports of bounties, the election of 2020.</p>\n"), notes=(NOTES[3],)),
    v.Part(html=Markup(
        f'<p>{LINK("new-start", "New START")} was ' + mark("correction", 5, "signed in Prague in February 2011")
        + " for a term of ten years. It caps each side at 1,550 deployed warheads on no more than 700 deployed "
        "missiles and heavy bombers, with 800 launchers and bombers in all, deployed or not.</p>\n"),
        notes=(NOTES[4],)),
    v.Part(html=Markup(
        "<p>The numbers are only half of it. Each side may make up to 18 inspections a year on the bases of the "
        "other. They exchange data, notify one another when weapons move, show each other new types at exhibitions "
        "and share telemetry from missile tests.</p>\n<blockquote><p>A quotation stands by itself.</p></blockquote>\n"
        "<ul>\n<li>one thing</li>\n<li>and another</li>\n</ul>\n"),
        notes=(v.Note(number=0, id="a", quote_id="b", kind="source", quote="x", html=Markup("")),)),
)  # fmt: skip
BODY = (
    v.Part(html=Markup("<p>It was made for ten years, with one extension of up to five.</p>\n")),
)
SENTENCE = v.Sentence(
    before="What ", words="the January call", after=" had settled took eight days to become law."
)
BACKLINK = v.Backlink(
    title="Moscow completes the extension",
    href="../extension/",
    date=Day("2021-02-03"),
    sentence=SENTENCE,
)
TOPICS = (
    v.Link(text="Arms control", href="../../topics/arms-control/"),
    v.Link(text="US-Russia", href="../../topics/us-russia/"),
)
CARDS = (
    v.Card(title="New START runs out, and nothing takes its place", href="../expiry/", date=Day("2026-02-05"),
           summary="For the first time since December 1994 no treaty in force caps the strategic weapons of the "
           "United States and Russia.", topics=TOPICS, notes=16),
    v.Card(title="Biden and Putin hold their first call", href="../first-call/", date=Day("2021-01-26"), notes=1),
    v.Card(title="The INF Treaty comes to an end", href="../inf-ends/", date=Day("2019-08-02"), topics=TOPICS[:1]),
)  # fmt: skip

BRIEFING = v.BriefingView(
    **head("briefing", "Biden and Putin hold their first call and agree to keep New START", section="briefings",
           description="Ten days before it lapses, the two presidents save the last treaty that limits their weapons.",
           canonical="https://example.org/desk/briefings/first-call/", annotations="annotations.jsonld",
           translations=(("ru", "../first-call-ru/"),), feed="feed.xml",
           json_ld=Markup('{"@context": "https://schema.org", "@type": "Article"}')),
    date=Day("2021-01-26"), published=Day("2021-02-04"), updated=Day("2023-03-01"),
    authors=(v.Link(text="The editors", href="https://example.org/"), v.Link(text="Guest", href="javascript:x")),
    topics=TOPICS,
    key_points=(Markup("The presidents agree to extend New START by five years."),
                Markup("<p>Moscow reports notes exchanged; Washington, a wish.</p>\n")),
    origin=v.OriginView(publisher="YCPress", title="Biden and Putin agree", url="https://ycpress.example/1",
                        published=Day("2021-01-26"), retrieved=Day("2021-01-27"), rights="With permission.",
                        archive_url="https://web.archive.org/web/x", archive_date=Day("2021-01-28")),
    is_raw=True, is_excerpt=True, skipped_lines=3,
    boxes=(BOX, BARE_BOX), analysis=BODY, article=ARTICLE, notes=NOTES,
    note_kinds=(("context", 1), ("correction", 1), ("dispute", 1), ("update", 1), ("definition", 1)),
    contents=(v.Heading(level=2, id="two-accounts", text="Two accounts of one call"),),
    glossary=GROUPS, footnotes=FOOTNOTES,
    related=(
        v.Related(title="The United States leaves Open Skies", href="../open-skies/", date=Day("2020-11-22"),
                  is_linked=True, shared=("NATO", "New START")),
        v.Related(title="Two presidents meet in Geneva", href="../geneva/", date=Day("2021-06-16"), shared=("Joe Biden",)),
        v.Related(title="Five powers issue one statement", href="../five/", date=Day("2022-01-03"), is_linked=True)),
    backlinks=(BACKLINK,), corrections=((Day("2021-02-02"), Markup("<p>A date was wrong.</p>\n")),),
    dates=(v.Dated(date=Day("2010"), type="extended", link=v.Link(text="New START", href="../../treaties/new-start/")),
           v.Dated(date=Day("2021-01-26"), type="written"),
           v.Dated(date=Day("2027-01-01"), type="expired", is_ahead=True,
                   link=v.Link(text="New START", href="../../treaties/new-start/"))),
    source_summary=Markup("<p>All official.</p>\n"), bibtex="@misc{first-call,\n  year = {2021}\n}",
)  # fmt: skip

SCALE = v.Scale(
    first="2010", last="2011", width="38.2", years=1, ticks=(v.Tick(at="25.75", name="2010"),)
)
YEARS = v.YearsPicture(
    scale=SCALE,
    events=(v.Column(left="6.65", name="2010", count=2, height=40),),
    briefings=(v.Column(left="6.65", name="2010", count=1, height=40),),
    decades=(v.Decade(name="2010–2019", first=2010, events=2, briefings=1),),
)  # fmt: skip
DOSSIER = {
    "over_time": v.OverTime(scale=SCALE, columns=YEARS.briefings),
    "aliases": ("Biden", "POTUS"), "body": BODY, "date": None, "wikidata": "Q6279",
    "links": (v.Link(text="Biography", href="https://example.org/biden"), v.Link(text="Bad", href="data:text/html,x")),
    "companions": (v.Companion(name="New START", href="../../treaties/new-start/", kind="treaty", count=7, columns=YEARS.events),
                   v.Companion(name="NATO", href="../nato/", kind="organization", count=5)),
    "mentions": (v.MentionView(title="First call", href="../../briefings/first-call/", date=Day("2021-01-26"), count=4,
                               sentence=SENTENCE),
                 v.MentionView(title="Fact box only", href="../../briefings/box/", date=Day("2021-02"), count=1)),
    "earlier": (v.Year(year=2019, briefings=(
        v.MentionView(title="INF ends", href="../../briefings/inf-ends/", date=Day("2019-08-02"), count=1),)),),
    "total": 3, "backlinks": (BACKLINK,), "footnotes": FOOTNOTES,
}  # fmt: skip
LIFE = (
    event("2010-04-08", "signed", use=5, place="Prague", signatories=(v.Link(text="Barack Obama", href="../../entities/barack-obama/"), v.Link(text="Dmitry Medvedev"))),
    event("2010-04-08", "provisionally-applied", note="The provisions listed in Part Eight."),
    event("2011-02-05", "in-force", use=2, until=Day("2021-02-05")),
    event("2021-02-03", "extended", use=3, until=Day("2026-02-05")),
    event("2023-02-28", "suspended", parties=(RUSSIA,), contested_by=(USA,), use=4, note="Law 38-FZ."),
    event("2024-03", "note", count=32, note="32 parties from this day on."),
    event("2026-02-05", "expired"),
)  # fmt: skip
ENTITY = v.DossierView(
    **head("entity", "Joe Biden", section="glossary"), **DOSSIER, entity_kind="person", roles=(ROLE, VAGUE),
    deck="Forty-sixth President of the United States.", refs=(ref(5),), events=LIFE[-2:],
)  # fmt: skip
DRAWN_LIFE = v.Life(
    bars=(v.Bar(kind="force", at="5", width="60"),),
    marks=(v.Mark(at="5", date=Day("2010"), type="in-force"), v.Mark(at="65", date=Day("2020-01-02"), type="expired", is_end=True)),
)  # fmt: skip
LINEAGE = v.LineagePicture(
    rows=(v.LineageRow(link=v.Link(text="SORT", href="../sort/"), life=DRAWN_LIFE),
          v.LineageRow(link=v.Link(text="New START"), life=DRAWN_LIFE, is_own=True)),
    ticks=SCALE.ticks,
)  # fmt: skip
TREATY = v.TreatyView(
    **head("treaty", "New START", section="treaties"), **DOSSIER, entity_kind="treaty", roles=(),
    deck="Limited the strategic arms of the United States and Russia.", refs=(), events=LIFE, box=BOX,
    replaces=(v.Link(text="SORT", href="../sort/"),), replaced_by=(), lineage=LINEAGE,
)  # fmt: skip

BOXES = (
    BOX,
    v.FactBox(id="open-skies", name="Open Skies Treaty", href="treaties/open-skies/", formal_name=None,
              now=status("in-force", is_indefinite=True, left=LEFT,
                         count=(32, Day("2021-12-18"))), in_force=event("2002-01-01", "in-force")),
    v.FactBox(id="start-ii", name="START II", href="treaties/start-ii/", formal_name=None,
              now=status("never-in-force", since=Day("2002-06-14")), signed=(event("1993-01-03", "signed"),)),
    BARE_BOX,
)  # fmt: skip
ENTRIES = (
    v.TimelineEntry(date=Day("2010-04-08"), kind="treaty", link=v.Link(text="New START", href="../treaties/new-start/"), event=LIFE[0]),
    v.TimelineEntry(date=Day("2010"), kind="event", link=v.Link(text="A summit", href="../entities/summit/"), description="In Prague."),
    v.TimelineEntry(date=Day("2010-05-01"), kind="briefing", link=v.Link(text="A briefing", href="../briefings/x/")),
)  # fmt: skip
ROWS = (
    v.AnnotationRow(kind="dispute", quote="notes were exchanged", note="The readouts part.", href="../../briefings/x/#note-3",
                    briefing=v.Link(text="First call", href="../../briefings/x/"), date=Day("2021-02-04"), author="The editors"),
    v.AnnotationRow(kind="source", quote="the last treaty", note="", href="../../briefings/x/#note-4",
                    briefing=v.Link(text="First call", href="../../briefings/x/"), date=Day("2021-02-04")),
)  # fmt: skip

PAGES: dict[str, v.PageView] = {
    "briefing": BRIEFING,
    "entity": ENTITY,
    "treaty": TREATY,
    "home": v.HomeView(
        **head("home", "Strategic Stability Desk", ""),
        as_of=Day("2026-11-24"),
        briefings=CARDS,
        total=12,
        treaties=BOXES,
        changes=(
            v.Change(
                date=Day("2023-03-01"),
                briefing=v.Link(text="A call", href="briefings/a/"),
                text="A <date> was wrong.",
            ),
            v.Change(
                date=Day("2022-03-01"), briefing=v.Link(text="A call", href="briefings/a/"), notes=2
            ),
            v.Change(date=Day("2021-03"), briefing=v.Link(text="A call", href="briefings/a/")),
        ),
    ),
    "briefings": v.BriefingsView(
        **head("briefings", "Briefings", "../", section="briefings"),
        years=((2026, CARDS[:1]), (2021, CARDS[1:])),
    ),
    "glossary": v.GlossaryView(
        **head("glossary", "Glossary", "../"),
        letters=(("J", PEOPLE[:1]), ("V", PEOPLE[1:2])),
        kinds=("person", "term"),
    ),
    "treaties": v.TreatiesView(
        **head("treaties", "Treaties", "../"), as_of=Day("2026-11-24"), treaties=BOXES
    ),
    "source": v.SourcePageView(
        **head("source", "Report on the passage"), source=WORK, briefings=CARDS, others=(RUSSIA,)
    ),
    "sources": v.SourcesView(
        **head("sources", "Sources", "../"),
        sources=(WORK,),
        page_sources=((DEAD, RUSSIA), (HOSTILE, USA)),
    ),
    "topic": v.TopicView(
        **head("topic", "Arms control"),
        introduction="Treaties.",
        body=BODY,
        briefings=CARDS,
        footnotes=FOOTNOTES,
    ),
    "topics": v.TopicsView(
        **head("topics", "Topics", "../"), topics=((TOPICS[0], 4), (TOPICS[1], 1))
    ),
    "timeline": v.TimelineView(
        **head("timeline", "Timeline", "../"),
        years=((2010, ENTRIES), (2011, ENTRIES[2:])),
        picture=YEARS,
    ),
    "annotations": v.AnnotationsView(
        **head("annotations", "Annotations of 2021"),
        year=2021,
        years=((2021, "./", 2), (2020, "../2020/", 1)),
        rows=ROWS,
        kinds=("dispute", "source"),
        topics=(("arms-control", "Arms control"), ("law", "Law")),
    ),
    "search": v.SearchView(
        **head("search", "Search", "../", section="search"),
        lists=(("briefings", "../briefings/"), ("glossary", "../glossary/")),
    ),
    "page": v.PlainView(
        **head("page", "About", "../"),
        body=BODY,
        contents=(),
        updated=Day("2021-03"),
        footnotes=FOOTNOTES,
        backlinks=(BACKLINK,),
    ),
    "moved": v.MovedView(**head("moved", "First call"), target="../first-call/"),
    "404": v.NotFoundView(**head("404", "Not found", "/desk/")),
}
