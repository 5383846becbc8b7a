"""The ledger as it stood at the end of a month."""
import os

import months
import tsv
from ledger import PROJECTS
from money import CENT, point

HEAD = ("period project area event event_date company sector chain bank invest demand signed "
        "approved docs_date submit_date credit credit_date paid paid_date status planned "
        "landed").split()


def money(x):
    return point(x // CENT, 2)


def row(p, month):
    """The row of a project, or None before its event."""
    end = months.last_day(month)
    if p["event_date"] > end:
        return None

    def day(x):
        return x.isoformat() if x and x <= end else ""

    granted = p["credit_date"] is not None and p["credit_date"] <= end
    payments = [(d, x) for d, x in p["payments"] if d <= end]
    paid = sum(x for _, x in payments)
    status = "paid" if paid else "credited" if granted else "signed" if p["signed"] else "recommended"
    credit = money(p["credit"] if granted else 0)
    return [month, p["project"], p["area"], p["event"], day(p["event_date"]), p["company"],
            p["sector"], p["chain"], p["bank"], money(p["invest"]), money(p["demand"]),
            money(p["signed"]), credit, day(p["docs_date"]), day(p["submit_date"]), credit,
            day(p["credit_date"]), money(paid), payments[-1][0].isoformat() if payments else "",
            status, str(int(p["planned"])), str(int(bool(p["landed"] and p["landed"] <= end)))]


def write(outdir, month):
    rows = [r for r in (row(p, month) for p in PROJECTS) if r]
    tsv.write(os.path.join(outdir, "ledgers", month, "L1.tsv"), HEAD, rows)
    return [dict(zip(HEAD, r)) for r in rows]
