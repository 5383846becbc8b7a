# SPDX-License-Identifier: MIT
"""One published month beside its site: references, accepted rows with their earlier values, projects."""
import calendar
import datetime
import functools
from pathlib import Path

from stream import figure, read, total

CITY = "全市"
ALL_BANKS = "合计"
NOW, OPEN, SAME = "now", "open", "same"


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
        for when, earlier in (OPEN, f"{year - 1}-12"), (SAME, f"{year - 1}-{self.month}"):
            path = self.site / "archive" / "F1" / f"{earlier}.tsv"
            self.f1[when] = keyed(path) if path.exists() else {}
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
        """The accepted (area, bank) pairs that a key covers."""
        area, bank = key
        return [pair for pair in self.f1[NOW] if area in (None, pair[0]) and bank in (None, pair[1])]

    @functools.cache
    def sum(self, key, column, when=NOW):
        """The strict sum of a column over the accepted pairs of a key, missing where there is none; an earlier month
        counts for those pairs alone."""
        rows = [self.f1[when].get(pair) for pair in self.members(key)]
        return total(figure(row[column]) if row else None for row in rows) if rows else None

    def area_keys(self):
        """The areas in house order, then the city."""
        return [(area, None) for area in [*self.areas, None]]

    def cube_keys(self, also=()):
        """Every (area, bank), its total after each area, the city's banks and total last. `also`: pairs without accepted row."""
        accepted = set(self.f1[NOW])
        keys = []
        for area in self.areas:
            keys += [(area, bank) for bank in self.banks if (area, bank) in accepted or (area, bank) in also]
            keys += [(area, None)] if self.members((area, None)) else []
        keys += [(None, bank) for bank in self.banks if self.members((None, bank))]
        return keys + [(None, None)]
