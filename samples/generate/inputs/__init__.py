"""The inputs beside F1 and L1, a module each, of the input's name. A module gives

    HEAD             the columns of the input, as in pipelines/schema
    rows(month)      its rows at the month's end, sequences of texts in the order of HEAD: amounts in 万元
    INSTITUTIONS     institutions that it brings: rows of refs/institutions.tsv without their order (may be left out)
    COMPANIES        companies that it brings: dicts with the columns of refs/companies.tsv   (may be left out)
    ABOUT            {company: further columns of refs/companies.tsv} of companies it does not bring (may be left out)
    CODES            rows that it brings for refs/codes.tsv                                     (may be left out)
    ALIASES          rows that it brings for refs/aliases.tsv                                   (may be left out)
    references()     {file: (head, rows)} of reference tables that are its own                  (may be left out)
    TABLES           the bulletin's tables whose published figures it answers for               (may be left out)
    see(returns)     told the rows of F1 by month before rows() is asked                        (may be left out)
    figure(fact, at) the exact figure of the cell that a fact stands for, a Fraction in the fact's unit; at[NAME]: the
                     rows of every input at the fact's month, as dicts

and that of a return, whose name begins with F,

    NAME, TITLE      its name; what its files call it
    FILER            the column of the institution that files it; who has a row in a month files
    ARCHIVE          the past months whose rows stand in the archive                            (may be left out)
    WORDS            {column: {code: word}} as institutions write codes                         (may be left out)

with the headings that institutions write in inputs/NAME.headings.tsv (returnfile.py). A module whose name begins with T is a
reference table: it has no rows by month.

Numbers come from the tables beside the modules (inputs/NAME.tsv) and from prng; never from chance.
"""
import importlib
import os

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = sorted((n[:-3] for n in os.listdir(HERE) if n.endswith(".py") and n != "__init__.py"),
               key=lambda n: (n[0], int(n[1:])))
MODULES = {n: importlib.import_module("inputs." + n) for n in NAMES}


def gathered(name):
    """What all modules bring under a name, in their order."""
    return [x for m in MODULES.values() for x in getattr(m, name, [])]


def returns():
    return [m for n, m in MODULES.items() if n.startswith("F")]


def described(companies):
    """The companies with what the modules say of them."""
    out = [dict(c) for c in companies]
    for m in MODULES.values():
        for c in out:
            c.update(getattr(m, "ABOUT", {}).get(c["company"], {}))
    return out


def see(returns):
    """Shows the returns, {month: {(area, bank, scope): row}}, to the modules that rest on them."""
    for module in MODULES.values():
        getattr(module, "see", lambda _: None)(returns)


def answering(table):
    """The module that answers for a table of the bulletin, or None."""
    found = [m for m in MODULES.values() if table in getattr(m, "TABLES", ())]
    if len(found) > 1:
        raise ValueError("two modules answer for " + table)
    return found[0] if found else None
