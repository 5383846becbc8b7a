"""The city: its areas, its banks, and which bank works where."""
from fractions import Fraction

import tsv
from money import quantum

AREA_ROWS = tsv.read(tsv.beside("areas.tsv"))
AREAS = [r["area"] for r in AREA_ROWS]
BALANCE = {r["area"]: r["balance"] for r in AREA_ROWS}
BANK_ROWS = tsv.read(tsv.beside("banks.tsv"))
BANKS = {r["bank"]: r for r in BANK_ROWS}
STEP = {b: quantum(r["unit"], int(r["decimals"])) for b, r in BANKS.items()}

WEIGHT = {(r["measure"], a, r["bank"]): Fraction(r[a])
          for r in tsv.read(tsv.beside("presence.tsv")) for a in AREAS}
BRANCHES = {a: [b for b in BANKS if WEIGHT[("loan", a, b)]] for a in AREAS}

ONLY = {(r["area"], r["measure"]): r["banks"].split(" ") for r in tsv.read(tsv.beside("only.tsv"))}

MIX = {r["measure"]: r for r in tsv.read(tsv.beside("mix.tsv"))}


def mix(measure, bank):
    """How much of the measure the bank's kind carries, and its variation."""
    row = MIX[measure]
    return Fraction(row[BANKS[bank]["kind"]]), Fraction(int(row["even"]), 1000), row["of"]


def at_place(rows, place):
    """The rows of a ledger in a printed area, or area/bank."""
    area, _, bank = place.partition("/")
    code = next(r["area"] for r in AREA_ROWS if r["name_zh"] == area)
    banks = [b for b, r in BANKS.items() if r["name_zh"] == bank] if bank else None
    return [r for r in rows if r["area"] == code and (banks is None or r["bank"] in banks)]
