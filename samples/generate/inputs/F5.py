"""F5, the monthly return of a local financial organisation: capital, business and overdue, and how often it was checked this year. So many
of each class in each area as F5.tsv says; guarantee companies file F3 too."""
import functools
import os
from fractions import Fraction

import months
import tsv
from city import AREAS, AREA_ROWS
from prng import below, noise
from spread import amount

NAME, TITLE, FILER = "F5", "地方金融组织月报", "institution"
ARCHIVE = ["2021-12", "2022-08", "2022-10"]
HEAD = "period area institution capital balance overdue cust_n issued_ytd onsite_n offsite_n found_n fixed_n".split()
KINDS = tsv.read(os.path.join(os.path.dirname(os.path.abspath(__file__)), "F5.tsv"))
ENGLISH = {"小贷": "Micro-credit Company", "担保": "Guarantee Company", "典当": "Pawn Shop", "民间融资": "Private Financing Registry",
           "融资租赁": "Leasing Company", "基金": "Investment Fund"}
COUNT_ZH = "一二三四五六七八九十"


def organisations():
    """[(code, kind, area)] in the order of classes and areas."""
    out = []
    for r in KINDS:
        areas = [a for a in AREAS for _ in range(int(r[a]))]
        out += [("%s%02d" % (r["letter"], n), r, area) for n, area in enumerate(areas, 1)]
    return out


ORGANISATIONS = organisations()
SPECIAL = {"K06": ("农业担保公司一", "Agricultural Guarantor 1"), "K08": ("科技担保公司一", "Technology Guarantor 1")}
INSTITUTIONS = [[code, *SPECIAL.get(code, (r["name"] + COUNT_ZH[int(code[1:]) - 1], "%s %d" % (ENGLISH[r["class"]], int(code[1:])))), r["class"], area,
                 "%d-%02d-01" % (2009 + below(10, "F5", code, "year"), 1 + below(12, "F5", code, "month")), ""]
                for code, r, area in ORGANISATIONS]


def so_far(month, monthly):
    """What a number by month of the year comes to, from January to the month."""
    return sum(monthly("%s-%02d" % (month[:4], m)) for m in range(1, int(month[5:]) + 1))


def row(code, r, area, month):
    key = ("F5", code)
    capital = int(r["capital"]) * (80 + below(61, *key)) // 100 // 100 * 100 * 100
    drift = Fraction(months.index(month) - months.index("2021-12"), 12) * (below(23, *key, "drift") - 6)
    balance = int(capital * (int(r["balance"]) + 8 * noise(*key, "level")) * (100 + drift + noise(*key, month)) / 10000)
    overdue = int(balance * (5 + below(60, *key, "overdue") + 4 * noise(*key, month, "overdue")) / 1000)
    customers = max(3, int(int(r["customers"]) * (100 + 30 * noise(*key, "customers") + drift) / 100))

    def issued(m):
        return int(capital * int(r["balance"]) * int(r["turnover"]) * (100 + 25 * noise(*key, m, "issued")) / 12000000)

    def onsite(m):
        return int(below(7, *key, m, "onsite") == 0)

    def offsite(m):
        return int(int(m[5:]) % 3 == 0)

    def found(m):
        return onsite(m) * (1 + below(3, *key, m, "found")) + offsite(m) * int(below(4, *key, m, "offsite") == 0)
    year, fixed_by = month[:4], months.step(month, -1)          # what is found is put right in the month after
    fixed = so_far(fixed_by, found) if fixed_by[:4] == year else 0
    return [month, area, code, amount(capital), amount(balance), amount(max(0, overdue)), str(customers),
            amount(so_far(month, issued)), str(so_far(month, onsite)), str(so_far(month, offsite)), str(so_far(month, found)), str(fixed)]


@functools.cache
def rows(month):
    return [row(code, r, area, month) for code, r, area in ORGANISATIONS]
