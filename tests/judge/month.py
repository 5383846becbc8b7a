# SPDX-License-Identifier: MIT
"""One published month beside its site: references, accepted rows with their earlier values, projects."""
import calendar
import datetime
import functools
from fractions import Fraction
from pathlib import Path

from stream import NEVER, figure, read, total

CITY = "全市"
ALL_BANKS = "合计"
NOW, PREV, OPEN, SAME = "now", "prev", "open", "same"
BALANCES = "dep loan disc corp sme incl inclsm ind indml mfg agri scf chain real npl".split()


def named_in_order(path, key):
    """code -> name_zh, in the order of the reference."""
    rows = sorted(read(path).rows, key=lambda row: int(row["order"]))
    return {row[key]: row["name_zh"] for row in rows if row.get("leaf", "1") == "1"}


def keyed(path, scope="all"):
    """(area, bank) -> row, of one scope."""
    found = {}
    for row in read(path).rows:
        if row["scope"] == scope:
            key = row["area"], row["bank"]
            if key in found:
                raise SystemExit(f"{path}: {key} twice")
            found[key] = row
    return found


class Month:
    """A key is (area, bank); None in place of either stands for the total over it."""

    def __init__(self, site, published):
        self.site, self.published = Path(site), Path(published)
        refs = self.site / "refs"
        self.areas = named_in_order(refs / "areas.tsv", "area")
        self.banks = named_in_order(refs / "institutions.tsv", "bank")
        self.branches = {(row["area"], row["bank"]) for row in read(refs / "branches.tsv").rows}
        self.period = self.published.name[:7]
        year, self.month = int(self.period[:4]), self.period[5:]
        self.end = datetime.date(year, int(self.month), calendar.monthrange(year, int(self.month))[1])
        self.f1 = {NOW: keyed(self.published / "clean" / "F1.tsv")}
        before = f"{year}-{int(self.month) - 1:02}" if self.month != "01" else f"{year - 1}-12"
        self.at = {PREV: before, OPEN: f"{year - 1}-12", SAME: f"{year - 1}-{self.month}"}
        for when, earlier in self.at.items():
            path = self.site / "archive" / "F1" / f"{earlier}.tsv"
            self.f1[when] = keyed(path) if path.exists() else {}
        # The months in which an institution was in business; what is not stated has no end.
        self.active = {row["bank"]: (row["active_from"][:7], row["active_to"][:7] or "9999-99")
                       for row in read(refs / "institutions.tsv").rows}
        self.departed = {pair for when in self.at for pair in self.f1[when]
                         if self.active[pair[1]][1] < self.period and pair not in self.f1[NOW]}
        path = refs / "adjustments.tsv"
        self.adjustments = read(path).rows if path.exists() else []
        schema = Path(__file__).parents[2] / "pipelines" / "schema" / "F1.tsv"
        self.labels = {row["name"]: row["label_zh"] for row in read(schema).rows}
        self.projects = read(self.published / "clean" / "L1.tsv").rows
        for row in [*self.f1[NOW].values(), *self.projects]:
            if row["period"] != self.period:
                raise SystemExit(f"{self.published}: a row of {row['period']} in the month {self.period}")
        self.states, self.entered = {}, set()
        for row in read(self.published / "check" / "filers.tsv").rows:
            if row["return"] == "F1" and row["state"] != "superseded":
                if row["institution"] in self.states:
                    raise SystemExit(f"filers.tsv: {row['institution']} has two states")
                self.states[row["institution"]] = row["state"]
                self.entered |= {row["institution"]} if row["entered"] == "1" else set()

    def area_name(self, area):
        return CITY if area is None else self.areas[area]

    def bank_name(self, bank):
        return ALL_BANKS if bank is None else self.banks[bank]

    @functools.cache
    def members(self, key):
        """The (area, bank) pairs that a key covers: the accepted, and those that have gone out of business."""
        area, bank = key
        return [pair for pair in [*self.f1[NOW], *sorted(self.departed)] if area in (None, pair[0]) and bank in (None, pair[1])]

    def figure(self, pair, column, when):
        """One pair's figure. One that was not in business had no balance, and has no flows."""
        if pair in self.f1[when]:
            return figure(self.f1[when][pair][column])
        begin, end = self.active[pair[1]]
        if pair in self.departed and when == NOW:
            return Fraction(0) if column in BALANCES else NEVER
        if column in BALANCES and (begin > self.at[when] or end < self.at[when]):
            return Fraction(0)
        return None

    @functools.cache
    def sum(self, key, column, when=NOW):
        """The strict sum of a column over the pairs of a key, missing where there is none; an earlier month counts for
        those pairs alone."""
        pairs = self.members(key)
        figures = [self.figure(pair, column, when) for pair in pairs]
        known = [f for f in figures if f != NEVER]
        return total(known) if known else NEVER if pairs else None

    def area_keys(self):
        """The areas in house order, then the city."""
        return [(area, None) for area in [*self.areas, None]]

    def cube_keys(self, also=()):
        """Every (area, bank), its total after each area, the city's banks and total last. `also`: pairs without accepted row."""
        accepted = set(self.f1[NOW]) | self.departed
        keys = []
        for area in self.areas:
            keys += [(area, bank) for bank in self.banks if (area, bank) in accepted or (area, bank) in also]
            keys += [(area, None)] if self.members((area, None)) else []
        keys += [(None, bank) for bank in self.banks if self.members((None, bank))]
        return keys + [(None, None)]
