#!/usr/bin/env python3
"""Checks a written sample against its rules and the published figures.

usage: check.py [SITE]      (default: the directory above this one)
"""
import os
import sys
from fractions import Fraction

sys.dont_write_bytecode = True          # the tree may be read-only
import readback

BALANCES = ("dep loan disc corp sme incl inclsm ind indml mfg agri scf chain real npl "
            "relend_amt").split()
PARTS = [(p, "loan") for p in ("disc corp sme incl ind agri scf chain real npl "
                               "relend_amt").split()] + [
    ("inclsm", "incl"), ("indml", "ind"), ("mfg", "ind"), ("iss_ind_ytd", "iss_ytd"),
    ("iss_hh_ytd", "iss_ytd"), ("iss_incl_ytd", "iss_ytd"), ("iss_sme_ytd", "iss_ytd"),
    ("iss_smeu_ytd", "iss_sme_ytd"), ("iss_agri_ytd", "iss_ytd"),
    ("rate_min", "rate_w"), ("relend_min", "relend_w")]
RUNNING = ["first_n", "ext_n", "ext_amt", "defer_n", "defer_amt", "renew_n", "renew_amt",
           "iss_ind_n", "iss_hh_n"]
LIMIT = 4 * 1024 * 1024
AREAS = ["TS", "DY", "XT", "FC", "NY", "DP", "GX"]


class Report:
    def __init__(self):
        self.passed, self.failed = {}, 0

    def expect(self, what, ok, message=""):
        if ok:
            self.passed[what] = self.passed.get(what, 0) + 1
        else:
            self.failed += 1
            print("check: %s: %s" % (what, message), file=sys.stderr)


def before(month, n=1):
    k = int(month[:4]) * 12 + int(month[5:]) - 1 - n
    return "%04d-%02d" % (k // 12, k % 12 + 1)


def opening(month):
    return "%04d-12" % (int(month[:4]) - 1)


def wrong_parts(row):
    return [p + " > " + w for p, w in PARTS
            if row[p] is not None and row[w] is not None and row[p] > row[w]]


def check_rows(data, report):
    for month, rows in sorted(data.items()):
        for key, row in sorted(rows.items()):
            at = month + " " + "/".join(key)
            negative = [c for c, x in row.items() if x is not None and x < 0]
            report.expect("amount >= 0", not negative, "%s %s" % (at, negative))
            bad = wrong_parts(row)
            report.expect("part <= whole", not bad, "%s %s" % (at, bad))
            pair = (row["relend_min"] is None, row["relend_w"] is None, row["relend_amt"] == 0)
            report.expect("relending", len(set(pair)) == 1, at)
            start = data.get(opening(month), {}).get(key)
            if start:
                flow = (row["npl_new_ytd"] - row["disp_cash_ytd"] - row["disp_woff_ytd"]
                        - row["disp_xfer_ytd"] - row["disp_up_ytd"])
                report.expect("roll-forward", start["npl"] + flow == row["npl"], at)
            prior = data.get(before(month), {}).get(key)
            if prior:
                check_step(at, month, row, prior, report)


def check_step(at, month, row, prior, report):
    jump = [c for c in BALANCES if abs(row[c] - prior[c]) * 4 > prior[c]]
    report.expect("monthly movement <= 25 %", not jump, "%s %s" % (at, jump))
    if not month.endswith("-01"):
        fall = [c for c in row if (c.endswith("_ytd") or c in RUNNING) and row[c] < prior[c]]
        report.expect("year to date does not fall", not fall, "%s %s" % (at, fall))


def check_cells(site, data, report):
    """Every branch that should file does, in every month; 人民币 within 本外币."""
    cells = {(r["area"], r["bank"])
             for r in readback.table(os.path.join(site, "refs", "branches.tsv"))[1]}
    for month, rows in sorted(data.items()):
        report.expect("branches", {k[:2] for k in rows if k[2] == "all"} == cells, month)
        for (a, b, s), row in rows.items():
            if s == "cny":
                whole = rows[(a, b, "all")]
                over = [c for c in BALANCES if row[c] > whole[c]]
                report.expect("cny <= all", not over, "%s %s/%s %s" % (month, a, b, over))


class Figures:
    """Recomputes the figures of the published map, 万元 in, printed units out."""

    def __init__(self, data, ledgers, names):
        self.data, self.ledgers, self.names = data, ledgers, names

    def sum(self, where, column, month):
        area, _, bank = where.partition("/")
        return sum(r[column] for (a, b, s), r in self.data[month].items()
                   if s == "all" and a == area and bank in ("", b))

    def of(self, m):
        """The figure of a line of the map; None where the inputs of its table are not read here."""
        name = {"B01": self.b01, "B02": self.b02, "B03": self.b03, "B03b": self.b03, "B04": self.b04, "B05": self.b05,
                "B06": self.b06, "B06c": self.b06, "B06d": self.b06, "L1": self.b06, "F1": self.f1}.get(m["table"])
        return name(m["row"], m["column"], m["month"], m["unit"]) if name else None

    def order(self, one, others, descending):
        return 1 + sum(1 for x in others if (x > one if descending else x < one))

    def areas(self, row, f, descending):
        area, slash, rest = row.partition("/")
        vals = {a: rounded(f(a + slash + rest), 2) for a in AREAS}
        return self.order(vals[area], vals.values(), descending)

    def b01(self, row, column, month, _):
        x, y = column.split("_") if "_" in column else (column, "")
        if x == "ldr":
            return 100 * self.sum(row, "loan", month) / self.sum(row, "dep", month)
        if y == "rank":
            return self.areas(row, lambda r: self.b01(r, x + "_growth", month, _), True)
        now, old = self.sum(row, x, month), self.sum(row, x, opening(month))
        return {"": now / 10000, "inc": (now - old) / 10000,
                "growth": 100 * (now / old - 1)}[y]

    def b02(self, row, column, month, _):
        area, _, bank = row.partition("/")
        mine = {b: r for (a, b, s), r in self.data[month].items() if a == area and s == "all"}
        if column == "banks":
            return len(mine)
        if column == "over100":
            return len([b for b, r in mine.items() if r["loan"] / r["dep"] > 1])
        if column == "corp10":
            return len([b for b, r in mine.items() if r["corp"] >= 100000])
        if column == "share_rank":
            return self.order(mine[bank]["loan"], [r["loan"] for r in mine.values()], True)
        return self.b01(row, column, month, "")

    def share(self, where, name, month):
        base = self.sum(where, "loan", month)
        if name in ("incl", "inclsm"):
            base -= self.sum(where, "disc", month)
        return 100 * self.sum(where, name, month) / base

    def b03(self, row, column, month, _):
        where, name = row.rsplit("/", 1)
        if column == "share_rank":
            return self.areas(row, lambda r: self.b03(r, "share_change", month, ""), True)
        if column == "inc_rank_class":
            rural = {b: self.sum("%s/%s" % (a, b), name, month)
                     - self.sum("%s/%s" % (a, b), name, opening(month))
                     for a, b in zip(AREAS[:6], ("B16", "B17", "B18", "B19", "B20", "B21"))}
            return self.order(rural[where[-3:]], rural.values(), True)
        now, old = self.sum(where, name, month), self.sum(where, name, opening(month))
        if column == "balance":
            return now / 10000
        if column == "inc":
            return (now - old) / 10000
        if column == "same_inc":
            return (now - self.sum(where, name, before(month, 12))) / 10000
        if column == "growth":
            return 100 * (now - old) / old
        if column == "share":
            return self.share(where, name, month)
        if column == "share_change":
            return self.share(where, name, month) - self.share(where, name, opening(month))
        grown = self.sum(where, "loan", month) - self.sum(where, "loan", opening(month))
        if name in ("ind", "indml", "mfg"):
            grown -= self.sum(where, "disc", month) - self.sum(where, "disc", opening(month))
        return 100 * (now - old) / grown

    def b04(self, row, column, month, _):
        if column.endswith("_rank"):
            what = {"drop_rank": "drop_rate"}.get(column, column[:-5])
            return self.areas(row, lambda r: self.b04(r, what, month, ""), what == "drop_rate")
        now, old = self.sum(row, "npl", month), self.sum(row, "npl", opening(month))
        r1 = 100 * now / self.sum(row, "loan", month)
        r0 = 100 * old / self.sum(row, "loan", opening(month))
        p1, p0 = rounded(r1, 2), rounded(r0, 2)
        return {"npl": now / 10000, "npl_open": old / 10000, "npl_change": (now - old) / 10000,
                "ratio": r1, "ratio_open": r0, "ratio_change": r0 - r1,
                "drop_rate": Fraction(100 * (p0 - p1), p0),
                "disposal_rate": 100 * (old - now) / old}[column]

    def b05(self, row, column, month, _):
        names = ["cash", "woff", "xfer", "rest"] if column == "total" else [column]
        return sum(self.sum(row, "disp_%s_ytd" % n, month) for n in names) / 10000

    def b06(self, row, column, month, _):
        area, _, project = row.partition("/")
        mine = [r for r in self.ledgers[month] if area in (r["area"], self.names[r["area"]])]
        if column == "recommended":
            return len(mine)
        if column not in ("invest", "demand"):
            mine = [r for r in mine if r["status"] != "recommended" and project in ("", r["project"])]
        if column.startswith("ceremony"):       # the event with eight projects, in August
            day = max(r["event_date"] for r in mine if r["event_date"] < "2022-09")
            mine = [r for r in mine if r["event_date"] == day]
            column = {"ceremony_n": "projects", "ceremony_signed": "signed"}[column]
        if column.startswith("ind_"):
            mine, column = [r for r in mine if r["sector"] == "industry"], column[4:]
        if column == "projects":
            return len(mine)
        if column in ("events", "firms"):
            return len({r[{"events": "event", "firms": "company"}[column]] for r in mine})
        if column in ("planned", "landed"):
            return len([r for r in mine if r[column] == "1"])
        part = column.split("_")[0]
        x = sum(Fraction(r[part]) for r in mine)
        if column.endswith("_rate"):
            return 100 * x / sum(Fraction(r["signed"]) for r in mine)
        return x / 10000

    def f1(self, row, column, month, unit):
        area, _, bank = row.partition("/")
        rows = [r for (a, b, s), r in self.data[month].items()
                if s == "all" and a == area and bank in ("", b)]
        lent = [r for r in rows if r["relend_amt"]]
        if column == "relend_n":
            return len(lent)
        if column == "relend_w":
            return (sum(r["relend_w"] * r["relend_amt"] for r in lent)
                    / sum(r["relend_amt"] for r in lent))
        if column in ("relend_min", "rate_min"):
            return min(r[column] for r in rows if r[column] is not None)
        x = sum(r[column] for r in rows)
        return x / 10000 if unit == "亿元" else x


def rounded(x, decimals):
    """Half away from zero, as an integer of 10^-decimals."""
    x = Fraction(x) * 10 ** decimals
    n = int(abs(x) + Fraction(1, 2))
    return n if x >= 0 else -n


def check_map(site, figures, report):
    for m in readback.table(os.path.join(site, "published-map.tsv"))[1]:
        at = "article %s %s" % (m["article"], m["measure_en"])
        if not m["table"]:
            report.expect("reason given", m["status"] == "not carried" and m["note"], at)
            continue
        d = int(m["decimals"])
        x = figures.of(m)
        if x is None:                           # tests/judge/published.py computes it again
            continue
        want = Fraction(m["value"]) * (-1 if m["column"] == "npl_change" else 1)
        same = x >= want if m["qual"] == ">=" else rounded(x, d) == rounded(want, d)
        if d < 2 and m["qual"] != ">=" and same:    # read off a table of two decimals
            twice = Fraction(rounded(x, 2), 100)
            report.expect("same from two decimals", rounded(twice, d) == rounded(want, d), at)
        shown = rounded(x, d) == rounded(Fraction(m["computed"]), d)
        report.expect("%s: value" % m["status"], same != (m["status"] == "contradiction")
                      and shown, "%s: %s is %s, computed %s" % (at, m["value"], x, m["computed"]))


def check_ledgers(ledgers, report):
    for month, rows in ledgers.items():
        keys = [r["project"] for r in rows]
        report.expect("projects once, sorted", keys == sorted(set(keys)), month)
        report.expect("areas with projects", {r["area"] for r in rows} == set(AREAS), month)
        for r in rows:
            days = [r[c] for c in ("event_date", "docs_date", "submit_date", "credit_date",
                                   "paid_date") if r[c]]
            ok = (days == sorted(days) and days[-1][:7] <= month
                  and Fraction(r["paid"]) <= Fraction(r["credit"]) <= Fraction(r["approved"])
                  and Fraction(r["signed"]) <= Fraction(r["demand"]) <= Fraction(r["invest"])
                  and Fraction(r["credit"]) <= Fraction(r["demand"])
                  and (r["paid_date"] != "") == (Fraction(r["paid"]) > 0)
                  and (r["credit_date"] != "") == (Fraction(r["credit"]) > 0)
                  and r["landed"] <= r["planned"] and r["period"] == month)
            report.expect("project", ok, "%s %s" % (month, r["project"]))


def size(site):
    total = 0
    for folder, dirs, names in os.walk(site):
        dirs[:] = [d for d in dirs if d != "__pycache__"]
        total += sum(os.path.getsize(os.path.join(folder, n)) for n in names)
    return total


def main(site):
    report, data, ledgers = Report(), {}, {}
    known, names = readback.headings(), readback.aliases(site)
    for name in sorted(os.listdir(os.path.join(site, "archive", "F1"))):
        data[name[:7]] = readback.archive_file(os.path.join(site, "archive", "F1", name))
    due = {r["period"]: r["due"]
           for r in readback.table(os.path.join(site, "refs", "calendar.tsv"))[1]}
    for month in sorted(os.listdir(os.path.join(site, "inbox"))):
        data[month], old, receipts = readback.month_files(site, month, known, names)
        late = [r for r in receipts if r["received_at"][:10] > due[month]]
        report.expect("one late filer", len(late) == 1, month)
        for name, rows in old.items():
            bad = [k for k, row in rows.items() if wrong_parts(row)]
            report.expect("superseded file is wrong in one row", len(bad) == 1, name)
        ledgers[month] = readback.table(os.path.join(site, "ledgers", month, "L1.tsv"))[1]
    check_rows(data, report)
    check_cells(site, data, report)
    check_ledgers(ledgers, report)
    names = {r["area"]: r["name_zh"] for r in readback.table(os.path.join(site, "refs", "areas.tsv"))[1]}
    check_map(site, Figures(data, ledgers, names), report)
    report.expect("smaller than 4 MB", size(site) < LIMIT, str(size(site)))
    for what, n in report.passed.items():
        print("%-36s %6d" % (what, n))
    print("%d passed, %d failed; %d bytes" % (sum(report.passed.values()), report.failed,
                                              size(site)))
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(readback.HERE)))
