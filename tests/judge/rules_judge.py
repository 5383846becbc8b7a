#!/usr/bin/env python3
"""rules_judge.py ROUNDS SEED: random tables judged by validate and by this independent implementation of the kinds that
calculate, over Fractions. Every finding must be the same: its rule, result, line, figures. Prints the differences."""
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from fractions import Fraction as F
from functools import reduce
from pathlib import Path

TREE = {"T": (None, 1), "a": ("T", 1), "b": ("T", -1), "b1": ("b", 1), "b2": ("b", F(1, 2)), "c": ("T", 2)}
MODES = ("round", "truncate", "exact", "unit")


def text(v, places):
    """A Fraction with so many places, which it must have."""
    n = abs(v) * 10**places
    assert n.denominator == 1
    s = str(n.numerator).rjust(places + 1, "0")
    s = s[:-places] + "." + s[-places:] if places else s
    return ("-" if v < 0 else "") + s


def said(v):
    """As the failure file prints a figure: the finite decimal, or six places rounded half away from zero."""
    den = v.denominator
    for p in (2, 5):
        while den % p == 0:
            den //= p
    if den == 1:
        places = 0
        while (v * 10**places).denominator != 1:
            places += 1
        return text(v, places)
    n = abs(v) * 10**6
    n = (2 * n.numerator + n.denominator) // (2 * n.denominator)
    return "≈" + ("-" if v < 0 else "") + text(F(n, 10**6), 6)


# --- intervals: (low, low is reached, high, high is reached) ---


def interval(v, places, mode):
    unit = F(1, 10**places)
    if mode == "exact":
        return v, True, v, True
    if mode == "round":
        return v - unit / 2, True, v + unit / 2, True
    if mode == "unit":
        return v - unit, True, v + unit, True
    return (v, True, v + unit, False) if v >= 0 else (v - unit, False, v, True)


def plus(x, y):
    return x[0] + y[0], x[1] and y[1], x[2] + y[2], x[3] and y[3]


def times(x, w):
    if w == 0:
        return F(0), True, F(0), True
    low, lr, high, hr = x[0] * w, x[1], x[2] * w, x[3]
    return (low, lr, high, hr) if w > 0 else (high, hr, low, lr)


def meet(x, y, extra=0):
    a = x[0] - extra < y[2] or (x[0] - extra == y[2] and x[1] and y[3])
    b = y[0] < x[2] + extra or (y[0] == x[2] + extra and y[1] and x[3])
    return a and b


def reach(x, xs, y, ys, extra=0):
    """How far the intervals of the stated xs and ys reach towards each other."""
    return (xs - x[0] + y[2] - ys if xs > ys else x[2] - xs + ys - y[0]) + extra


def quartile(v, q):
    v = sorted(v)
    at = F(q * (len(v) - 1), 4)
    k = at.numerator // at.denominator
    return v[k] + (at - k) * (v[k + 1] - v[k]) if at != k else v[k]


class Round:
    def __init__(self, rnd, place):
        self.rnd, self.place = rnd, Path(place)
        self.places = rnd.choice((0, 1, 2))
        self.mode = rnd.choice(MODES)
        self.missing = rnd.choice(("strict", "zero", "partial"))
        self.slack = rnd.choice((0, 1, 2))
        self.rows, self.prior, self.there = [], {}, []
        self.found = []
        for group in "ABCDEFGH"[: rnd.randint(3, 8)]:
            self.add_group(group)
        rnd.shuffle(self.rows)
        if rnd.random() < 0.5:
            self.rows += [rnd.choice(self.rows) for _ in range(2)]

    def figure(self, about=None, share=0.05):
        r = self.rnd
        if r.random() < share:
            return None
        if about is not None and r.random() < 0.5:
            return about + F(r.randint(-3, 3), 10**self.places)
        if r.random() < 0.1:
            return F(r.choice((0, 0, 999, 888, 1111, 100)))
        return F(r.randint(-300, 3000), 10**self.places)

    def add_group(self, group):
        r = self.rnd
        v = {c: self.figure() for c in ("a", "b1", "b2", "c")}
        some = lambda c: v[c] or F(0)
        half = some("b1") + some("b2") / 2
        v["b"] = self.figure(F(int(half * 10**self.places), 10**self.places))
        v["T"] = self.figure(some("a") - some("b") + 2 * some("c"))
        for code, x in v.items():
            if r.random() < 0.05:
                continue
            before = None if x is None else r.choice(
                (x, x, x + F(r.randint(-9, 9), 10**self.places), x * r.choice((0, 10, 100, -1)), self.figure() or F(0)))
            if before is not None and r.random() < 0.1 and x:
                before = F(int(x * 10**self.places) * 10000 + r.randint(-99, 99), 10**self.places)
            self.rows.append({"period": r.choice(("2022-11", "2022-11", "2022-01")), "bank": group, "code": code, "v": x,
                              "w": self.figure(), "row": len(self.rows)})
            if r.random() < 0.9:
                self.prior[(group, code)] = before
        for _ in range(r.randint(0, 3)):
            self.there.append((group, self.figure()))

    def rules(self):
        tol = self.mode
        return [
            ("parts", "parts", "v", f"code=code; by=bank; tree=tree; missing={self.missing}", "", tol),
            ("leaves", "parts", "v", "code=code; by=bank; tree=tree; leaves=1", "", tol),
            ("cross", "cross", "sum(v)", f"there=sum(there.v); by=bank; missing={self.missing}", "", tol + " 100"),
            ("identity", "", "v == w * 2 - prior.v", "", "bank,code", tol + " 1"),
            ("order", "", "w <= v", "", "bank,code", tol),
            ("ytd", "ytd", "v", f"before=prior.v; slack={self.slack}", "bank,code", tol),
            ("move", "movement", "v", "before=prior.v; abs=5; pct=30; base=2", "bank,code", ""),
            ("scale", "scale", "", "columns=v; before=prior; factors=1,2,4", "bank,code", ""),
            ("peers", "scale_peers", "", "columns=v; by=code; factors=1,2; least=3", "", ""),
            ("stale", "stale", "", "columns=v; before=prior", "bank,code", ""),
            ("digits", "digits", "v", "same=3; also=100", "", ""),
            ("ratio", "ratio", "v > w", "by=bank; low=0.25; high=0.6; least=4", "", ""),
            ("far", "outlier", "v", "by=code; k=3; least=4", "", ""),
            ("quotient", "outlier", "v / w", "k=2.5", "", ""),
            ("unique", "unique", "", "columns=bank,code", "", ""),
        ]

    def write(self):
        put = lambda name, lines: (self.place / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        show = lambda v: "" if v is None else text(v, self.places)
        put("schema.tsv", ["name\ttype\tdecimals", "period\tmonth\t", "bank\tcode\t", "code\tcode\t",
                           f"v\tnum\t{self.places}", f"w\tnum\t{self.places}", "row\tint\t"])
        put("in.tsv", ["period\tbank\tcode\tv\tw\trow"] + [
            "\t".join((x["period"], x["bank"], x["code"], show(x["v"]), show(x["w"]), str(x["row"]))) for x in self.rows])
        put("prior.tsv", ["bank\tcode\tv"] + [f"{b}\t{c}\t{show(v)}" for (b, c), v in self.prior.items()])
        put("there.tsv", ["bank\tv"] + [f"{b}\t{show(v)}" for b, v in self.there])
        put("tree.tsv", ["code\tparent\tweight"] + [
            f"{c}\t{p or ''}\t{'' if w == 1 else '0.5' if w == F(1, 2) else w}" for c, (p, w) in TREE.items()])
        put("cards.tsv", ["id\tseverity\tkind\tcheck\twith\tjoin\ttolerance\tmessage_zh\tmessage_en"] + [
            f"{i}\tconfirm\t{k}\t{c}\t{w}\t{j}\t{t}\t信\tm" for i, k, c, w, j, t in self.rules()])

    def run(self):
        tables = [f"-x{n}={n}.tsv" for n in ("prior", "there", "tree")]
        p = subprocess.run(["validate", "-s", "schema.tsv", "-r", "cards.tsv", *tables, "-f", "failures", "-o", "out", "in.tsv"],
                           cwd=self.place, stderr=subprocess.PIPE, check=False)
        if p.returncode > 1:
            sys.exit(p.stderr.decode())
        lines = (self.place / "failures").read_text(encoding="utf-8").split("\n")[:-1]
        head = lines[0].split("\t")
        for line in lines[1:]:
            f = dict(zip(head, line.split("\t")))
            if not f["rule"].startswith("join."):
                key = f["key"] if not f["line"] else ""
                figures = (f["actual"], f["expected"], f["difference"], f["allowance"]) if f["result"] == "fail" else ("",) * 4
                self.found.append((f["rule"], f["result"], f["line"], key) + figures)
        return sorted(self.found)

    def expect(self):
        self.want = []
        for line, x in enumerate(self.rows, 2):
            self.judge_row(line, x)
        self.parts("parts", False, self.missing)
        self.parts("leaves", True, "strict")
        self.cross()
        self.peers()
        self.ratio()
        self.outliers("far", lambda x: x["v"], lambda x: x["code"], 3, 4)
        self.outliers("quotient", lambda x: None if x["v"] is None or x["w"] is None else "na" if x["w"] == 0 else x["v"] / x["w"],
                      lambda x: "", F(5, 2), 5)
        self.unique()
        return sorted(self.want)

    def say(self, rule, result, line, figures=("", "", "", ""), key=""):
        self.want.append((rule, result, str(line), key) + tuple(figures))

    def near(self, v):
        return interval(v, self.places, self.mode)

    def judge_row(self, line, x):
        key = (x["bank"], x["code"])
        before, v, w = self.prior.get(key), x["v"], x["w"]
        shown = lambda a: text(a, self.places)
        def undecided(rule, *values):
            """A value that is missing; of a row that is not there nothing is told a row."""
            if None not in values:
                return False
            if key in self.prior:
                self.say(rule, "undecided", line)
            return True
        if not undecided("identity", v, w, before):
            right = plus(times(self.near(w), 2), times(self.near(before), -1))
            r = 2 * w - before
            if not meet(self.near(v), right, 1):
                self.say("identity", "fail", line, (shown(v), shown(r), shown(abs(v - r)),
                                                    said(reach(self.near(v), v, right, r, 1))))
        if v is None or w is None:
            self.say("order", "undecided", line)
        else:
            a, b = self.near(w), self.near(v)
            if not (a[0] < b[2] or (a[0] == b[2] and a[1] and b[3])):
                self.say("order", "fail", line, (shown(w), shown(v), shown(w - v), said(reach(a, w, b, v))))
        if x["period"] != "2022-01" and not undecided("ytd", v, before):
            a, b = self.near(v), plus(self.near(before), (-F(self.slack), True, -F(self.slack), True))
            if not (b[0] < a[2] or (b[0] == a[2] and b[1] and a[3])):
                self.say("ytd", "fail", line, (shown(v), shown(before - self.slack), shown(before - self.slack - v),
                                               said(reach(a, v, b, before - self.slack))))
        if not undecided("move", v, before) and abs(before) >= 2:
            d, share = abs(v - before), abs(before) * F(30, 100)
            if d >= 5 and (before == 0 or v * before < 0 or d >= share):
                crossing = before == 0 or v * before < 0
                self.say("move", "fail", line, (said(v), said(before), said(d), said(5 if crossing else max(share, F(5)))))
        if not undecided("scale", v, before) and v and before:
            if any(abs(v - before * f) <= abs(before * f) / 20 for p in (1, 2, 4) for f in (F(10)**p, F(10)**-p)):
                self.say("scale", "fail", line, (said(v), said(before), "", ""))
        if not undecided("stale", v, before) and v == before and v != 0:
            self.say("stale", "fail", line, (f"v={shown(v)}; prior.v={shown(before)}", "", "", ""))
        if v is None:
            self.say("digits", "undecided", line)
        else:
            whole, _, rest = shown(abs(v)).partition(".")
            digits = whole + rest.rstrip("0")
            if v != 0 and (digits == "100" or (len(digits) >= 3 and len(set(digits)) == 1)):
                self.say("digits", "fail", line, (said(v), "", "", ""))

    def groups(self, by):
        out = {}
        for line, x in enumerate(self.rows, 2):
            out.setdefault(by(x), []).append((line, x))
        return out

    def leaves_of(self, code, weight=F(1)):
        children = [(c, w) for c, (p, w) in TREE.items() if p == code]
        if not children:
            return [(code, weight)]
        return [leaf for c, w in children for leaf in self.leaves_of(c, weight * w)]

    def parts(self, rule, leaves, missing):
        for group, rows in self.groups(lambda x: x["bank"]).items():
            at = {}
            for line, x in rows:
                at.setdefault(x["code"], []).append((line, x["v"]))
            for total in ("T", "b"):
                parts = self.leaves_of(total) if leaves else [(c, F(w)) for c, (p, w) in TREE.items() if p == total]
                twice = any(len(at.get(c, [])) > 1 for c in [total] + [c for c, _ in parts])
                figures = [(at[c][0][1] if len(at.get(c, [])) == 1 else None, w) for c, w in parts]
                whole = at[total][0][1] if len(at.get(total, [])) == 1 else None
                line = at[total][0][0] if len(at.get(total, [])) == 1 else ""
                key = "" if line else f"{group}|{total}"
                there = [f for f in figures if f[0] is not None]
                many = lambda c: len(at.get(c, [])) > 1
                if not there and not any(many(c) for c, _ in parts):
                    if (whole is None and not many(total)) or missing == "partial":
                        continue
                if twice or whole is None or (missing != "zero" and len(there) < len(figures)):
                    self.say(rule, "undecided", line, key=key)
                    continue
                total_sum, span = F(0), (F(0), True, F(0), True)
                for v, w in there:
                    total_sum += v * w
                    span = plus(span, times(self.near(v), w))
                if not meet(self.near(whole), span):
                    self.say(rule, "fail", line, (said(whole), said(total_sum), said(abs(whole - total_sum)),
                                                  said(reach(self.near(whole), whole, span, total_sum))))

    def cross(self):
        for group, rows in self.groups(lambda x: x["bank"]).items():
            here, there = [x["v"] for _, x in rows], [v for b, v in self.there if b == group]
            if self.missing == "partial" and all(v is None for v in here):
                continue
            if self.missing != "zero" and (None in here or None in there or not there):
                self.say("cross", "undecided", rows[0][0])
                continue
            def total(values):
                return sum(values, F(0)), reduce(plus, map(self.near, values), (F(0), True, F(0), True))
            (a, x), (b, y) = total([v for v in here if v is not None]), total([v for v in there if v is not None])
            if not meet(x, y, 100):
                self.say("cross", "fail", rows[0][0], (said(a), said(b), said(abs(a - b)), said(reach(x, a, y, b, 100))))

    def peers(self):
        for rows in self.groups(lambda x: x["code"]).values():
            values = [x["v"] for _, x in rows if x["v"] is not None]
            if len(values) < 3:
                continue
            middle = quartile(values, 2)
            for line, x in rows:
                v = x["v"]
                if v is None:
                    self.say("peers", "undecided", line)
                elif v and middle and any(abs(v - middle * f) <= abs(middle * f) / 20 for p in (1, 2) for f in (F(10)**p, F(10)**-p)):
                    self.say("peers", "fail", line, (said(v), said(middle), "", ""))

    def ratio(self):
        for group, rows in self.groups(lambda x: x["bank"]).items():
            if len(rows) < 4:
                continue
            unknown = sum(x["v"] is None or x["w"] is None for _, x in rows)
            met = sum(x["v"] > x["w"] for _, x in rows if None not in (x["v"], x["w"]))
            n = len(rows)
            if F(met + unknown, n) < F(1, 4) or F(met, n) > F(6, 10):
                self.say("ratio", "fail", "", (f"{met}/{n} = {said(F(met, n))}", "0.25..0.6", "", ""), group)
            elif F(met, n) < F(1, 4) or F(met + unknown, n) > F(6, 10):
                self.say("ratio", "undecided", "", key=group)

    def outliers(self, rule, value, by, k, least):
        for rows in self.groups(by).values():
            known = [value(x) for _, x in rows if value(x) not in (None, "na")]
            if len(known) < least:
                continue
            middle = quartile(known, 2)
            mad = quartile([abs(v - middle) for v in known], 2)
            iqr = quartile(known, 3) - quartile(known, 1)
            if mad == 0 and iqr == 0:
                continue
            allowed = k * mad / F(6745, 10000) if mad else k * iqr / F(1349, 1000)
            for line, x in rows:
                v = value(x)
                if v is None:
                    self.say(rule, "undecided", line)
                elif v != "na" and abs(v - middle) > allowed:
                    self.say(rule, "fail", line, (said(v), said(middle), said(abs(v - middle)), said(allowed)))

    def unique(self):
        for rows in self.groups(lambda x: (x["bank"], x["code"])).values():
            if len(rows) > 1:
                self.say("unique", "fail", rows[0][0], (str(len(rows)), "1", "", ""))


def working_days(rounds, rnd, place):
    """The due day after n working days, against a walk through datetime."""
    place = Path(place)
    wrong = 0
    for _ in range(rounds):
        n, year, month = rnd.randint(1, 30), rnd.randint(1900, 2100), rnd.randint(1, 12)
        first = date(year + month // 12, month % 12 + 1, 1)
        special = {first + timedelta(days=rnd.randint(0, 40)): rnd.randint(0, 1) for _ in range(8)}
        day, left = first - timedelta(days=1), n
        while left:
            day += timedelta(days=1)
            left -= special.get(day, int(day.weekday() < 5))
        (place / "schema.tsv").write_text("name\ttype\nreceived\tdate\n")
        (place / "in.tsv").write_text(f"received\n{day}\n{day + timedelta(days=1)}\n")
        (place / "free.tsv").write_text("date\twork\n" + "".join(f"{d}\t{w}\n" for d, w in special.items()))
        (place / "cards.tsv").write_text("id\tseverity\tkind\tcheck\twith\tmessage_zh\tmessage_en\n"
                                         f"r\terror\tdue\treceived\tworkdays={n}; period=given.period; holidays=free\t迟\tlate\n")
        p = subprocess.run(["validate", "-s", "schema.tsv", "-r", "cards.tsv", "-x", "free=free.tsv", "-D",
                            f"period={year:04d}-{month:02d}", "in.tsv"], cwd=place, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, check=False)
        if p.stdout.decode() != f"received\n{day}\n":
            wrong += 1
            print(f"{n} working days after {year}-{month}: not {day}")
    return wrong


def main():
    rounds, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    wrong, findings, kinds = 0, 0, {}
    with tempfile.TemporaryDirectory() as place:
        for i in range(rounds):
            r = Round(random.Random(seed * 100000 + i), place)
            r.write()
            got, want = r.run(), r.expect()
            findings += len(want)
            for w in want:
                kinds[w[:2]] = kinds.get(w[:2], 0) + 1
            if got != want:
                wrong += 1
                print(f"round {i} ({r.mode}, {r.missing}, {r.places} places):")
                for f in sorted(set(want) - set(got))[:5]:
                    print("  wanted", f)
                for f in sorted(set(got) - set(want))[:5]:
                    print("  got   ", f)
        wrong += working_days(rounds // 4, random.Random(seed), place)
    print(f"{rounds} rounds, {findings} findings of {len(kinds)} sorts, {wrong} wrong")
    sys.exit(1 if wrong or len(kinds) < 28 else 0)


main()
