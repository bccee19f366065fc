"""Words that tell `sentences.py` whether a full stop ends a sentence. Data only.

Abbreviations are in lower case and without their last full stop.
"""

from __future__ import annotations


def _words(rows: str) -> frozenset[str]:
    return frozenset(rows.split())


TITLES = _words("""
    adm amb brig capt cf cmdr col cpl dr e.g fr gen gov hon i.e lt maj messrs mlle mme mr mrs ms
    msgr mt ofc pres prof pvt rep reps rev sen sens sgt st supt viz vs
""")
"""A name, or what is compared, always follows: their full stop is never the end."""

BEFORE_NUMBERS = _words("""
    art arts ca ch chap fig figs no nos nr p para paras pp sec secs vol vols
""")
"""Their full stop is the end unless a number follows."""

UNDECIDED = _words("""
    a.m al approx apr assn aug ave bros co corp dec dept dist div ed eds est etc feb fri gmbh govt
    inc jan jr jul jun ltd mar mfg min mon nov oct p.m ph.d sat sep sept sr sun thu thur thurs tue
    tues univ wed
""")
"""Their full stop is the end only where one of `STARTERS` follows."""

STARTERS = _words("""
    A After All Also Although An And As At Before Both But By During Each Earlier Even For From He
    Her Here His How However If In It Its Later Many Meanwhile Most No Nor Not Now On Once One Only
    Or Other Our She Since So Some Still Such That The Their Then There These They This Those Though
    Thus To Today Two Under Until We What When Where Whether Which While Who Why With Yet You
""")
"""Words that are seldom written with a capital but where a sentence begins."""
