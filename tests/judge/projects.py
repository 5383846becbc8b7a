# SPDX-License-Identifier: MIT
"""What B06 and B06b must print, from the ledger of signed projects (definitions D15, D16)."""
import datetime
from fractions import Fraction

from deposits_and_loans import add_ranks
from month import ALL_BANKS, CITY
from stream import NEVER, NONE, UNKNOWN, count, figure, money, name, percent_of, rate

FIGURES = ("events", "projects", "firms", "invest", "demand", "signed", "credit", "credit_rate", "paid", "paid_rate",
           "ind_projects", "ind_credit", "ind_paid", "landed", "open_30", "open_90")


def known(rows, column):
    """The sum of what is reported."""
    figures = [figure(row[column]) for row in rows]
    return sum((f for f in figures if f is not None and f != NEVER), Fraction(0))


def distinct(rows, column):
    return count(len({row[column] for row in rows} - {"", NEVER}))


def open_longer(month, rows, days):
    """Projects not fully paid whose event lies more than so many days before the month's end."""
    def waits(row):
        age = month.end - datetime.date.fromisoformat(row["event_date"])
        return known([row], "paid") < known([row], "signed") and age.days > days
    return count(sum(waits(row) for row in rows))


def progress(month, rows):
    """The figures of one row of the table, without its rank."""
    if not rows:
        return dict.fromkeys(FIGURES, UNKNOWN)
    sums = {column: known(rows, column) for column in ("invest", "demand", "signed", "credit", "paid")}
    industry = [row for row in rows if row["sector"] == "industry"]
    cells = {column: money(x) for column, x in sums.items()}
    cells.update(
        events=distinct(rows, "event"), projects=count(len(rows)), firms=distinct(rows, "company"),
        credit_rate=rate(percent_of(sums["credit"], sums["signed"])), paid_rate=rate(percent_of(sums["paid"], sums["signed"])),
        ind_projects=count(len(industry)), ind_credit=money(known(industry, "credit")), ind_paid=money(known(industry, "paid")),
        landed=count(sum(row["landed"] == "1" for row in rows)),
        open_30=open_longer(month, rows, 30), open_90=open_longer(month, rows, 90))
    return {column: cells[column] for column in FIGURES}


def b06(month):
    rows = [{"area": name(title), **progress(month, [row for row in month.projects if row["area"] == area])}
            for area, title in month.areas.items()]
    add_ranks(rows, "paid_rank", "paid_rate")
    return rows + [{"area": name(CITY), **progress(month, month.projects), "paid_rank": NONE}]


def b06b(month):
    groups = {bank: [row for row in month.projects if row["bank"] == bank] for bank in month.banks}
    rows = [{"bank": name(month.banks[bank]), **progress(month, rows)} for bank, rows in groups.items() if rows]
    return rows + [{"bank": name(ALL_BANKS), **progress(month, month.projects)}]
