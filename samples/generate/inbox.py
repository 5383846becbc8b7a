"""The inbox of a month: one file for each bank as received, and the receipts."""
import hashlib
import os
from datetime import date, timedelta

import inputs
import months
import returnfile
import tsv
from bankfile import encode, original_name
from city import AREAS, BANKS
from prng import below

# Files sent again: the first went out with an industrial figure typed above all loans.
RESENT = {"2022-11": ("B05", "DP")}
LATE = {"2022-09": "B15", "2022-11": "B22", "2022-12": "B11"}
DUE_DAY = 8                             # of the next month, or the working day after it
HOLIDAY = ["2022-10-08"]                # the October holiday


def due(month):
    day = date.fromisoformat("%s-%02d" % (months.step(month, 1), DUE_DAY))
    while day.weekday() > 4 or day.isoformat() in HOLIDAY:
        day += timedelta(days=1)
    return day.isoformat()


def received(bank, month, again):
    """A working hour of a working day before the due date; late filers after it."""
    day, step = date.fromisoformat(due(month)), timedelta(days=1)
    if LATE.get(month) == bank:
        day += step
        while day.weekday() > 4:
            day += step
    elif not again:
        for _ in range(1 + below(4, bank, month, "day")):
            day -= step
            while day.weekday() > 4:
                day -= step
    hour = 9 + below(8, bank, month, "hour", again)
    return "%sT%02d:%02d:%02d+08:00" % (
        day, hour, below(60, bank, month, "minute", again),
        below(60, bank, month, "second", again))


def wrong(rows, area):
    """The rows with one industrial figure typed with a digit too many."""
    out = []
    for key, row in rows:
        if key[0] == area and key[2] == "all":
            row = dict(row, ind=row["ind"] * 10)
            if row["ind"] <= row["loan"]:
                raise ValueError("the wrong figure is not wrong")
        out.append((key, row))
    return out


def bank_rows(bank, rows):
    """A bank's rows in the order it lists them: the areas' order, 本外币 first."""
    mine = [(k, r) for k, r in rows.items() if k[1] == bank]
    return sorted(mine, key=lambda x: (AREAS.index(x[0][0]), x[0][2]))


def write(outdir, month, rows):
    receipts = []

    def put(kind, bank, sequence, data, original, again=False):
        name = "%s.%s.%d" % (kind, bank, sequence)
        tsv.put(os.path.join(outdir, "inbox", month, name), data)
        receipts.append([name, original, bank, kind, str(sequence),
                         received(bank, month, again), hashlib.sha256(data).hexdigest()])

    def send(bank, sequence, data, again):
        original = original_name(bank, month)
        if again:
            stem, dot, rest = original.partition(".")
            original = stem + "(更正)" + dot + rest
        put("F1", bank, sequence, data, original, again)

    for bank in BANKS:
        mine = bank_rows(bank, rows)
        sequence = 1
        if RESENT.get(month, ("",))[0] == bank:
            send(bank, 1, encode(bank, month, wrong(mine, RESENT[month][1])), False)
            sequence = 2
        send(bank, sequence, encode(bank, month, mine), sequence > 1)
    names = {b: r["name_zh"] for b, r in BANKS.items()}
    names.update((r[0], r[1]) for r in inputs.gathered("INSTITUTIONS"))
    for module in inputs.returns():
        at = module.HEAD.index(module.FILER)
        mine = {}
        for row in module.rows(month):
            mine.setdefault(row[at], []).append(row)
        for filer, found in mine.items():
            put(module.NAME, filer, 1, returnfile.encode(module, filer, month, found),
                returnfile.original_name(module, filer, names[filer], month))
    tsv.write(os.path.join(outdir, "inbox", month, "receipts.tsv"),
              ["file", "original", "institution", "return", "sequence", "received_at",
               "sha256"], receipts)
