"""The published facts, and the interval that a printed figure stands for."""
from fractions import Fraction

import columns
import tsv
from city import AREA_ROWS, BANKS
from money import WAN, YI

IN_UNIT = {"亿元": YI, "万元": WAN}
CODE = {r["name_zh"]: r["area"] for r in AREA_ROWS}
CODE.update({r["name_zh"]: bank for bank, r in BANKS.items()})
OF_RETURN = ("B03c", "B03d", "B12", "B12b", "B12c", "B12d")     # print columns of F1 under their own names


class Fact:
    def __init__(self, row):
        self.__dict__.update(row)
        self.decimals = int(row["decimals"])
        self.number = Fraction(row["value"])
        if self.column == "npl_change":         # printed as a decrease
            self.number = -self.number
        if (self.table, self.column) == ("B04", "ratio_open"):
            self.decimals = 2                   # see its note

    def is_rank(self):
        return self.column.endswith("rank") or self.column.endswith("rank_class")

    def cell(self):
        """The area or bank whose amounts the figure is about."""
        if self.of_return():
            return self.of_return()[0]
        return self.row.rpartition("/")[0] if self.table in ("B03", "B03b") else self.row

    def cell_of_return(self):
        """The area or bank, by its codes, of a row whose keys are names; a total has the code of what it covers."""
        return "/".join(CODE[name] for name in self.row.split("/") if name != "合计")

    def of_return(self):
        """(cell, column) when the figure is a column of F1, else None."""
        if self.table == "F1":
            return self.row, self.column
        if self.table in OF_RETURN and self.column in columns.ALL:
            return self.cell_of_return(), self.column
        return None

    def interval(self):
        """[low, high): the values that print as published."""
        half = Fraction(1, 2 * 10 ** self.decimals)
        if self.qual == ">=":
            return self.number, self.number * 2
        if self.qual == "<=":
            return Fraction(0), self.number + half
        return self.number - half, self.number + half

    def holds(self, x):
        """Whether an exact figure, in the unit of the fact, is what the circular prints."""
        low, high = self.interval()
        return x >= low if self.qual == ">=" else x <= self.number if self.qual == "<=" else low <= x < high

    def base(self):
        """(cell, measure) when the figure is itself a base amount, else None."""
        if self.of_return() and self.unit in IN_UNIT:
            return self.of_return()
        if self.table in ("B01", "B02") and self.column in ("dep", "loan", "corp"):
            return self.row, self.column
        if self.table in ("B03", "B03b") and self.column == "balance":
            return self.cell(), self.row.rpartition("/")[2]
        if self.table == "B04" and self.column == "npl":
            return self.row, "npl"
        if self.table == "B15c" and self.column == "paid":
            return "/".join(CODE[name] for name in self.row.split("/")), "incent_ytd"
        return None

    def is_derived(self):
        """A figure that the choice of base amounts can still bend."""
        return (self.table in ("B01", "B02", "B03", "B03b", "B04") and self.base() is None
                and not self.is_rank()
                and self.column not in ("banks", "corp10", "over100", "drop_rate"))


def load():
    return [Fact(r) for r in tsv.read(tsv.beside("facts.tsv"))]
