"""L3, the ledger of listings: one row a firm and board, a day for every list it stands on and every step it has taken."""
import os
from datetime import date, timedelta
from fractions import Fraction

import ledger
import months
import tsv
from facts import CODE
from spread import parts

HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = ["reserve", "successive", "seed"]
STEPS = ["intent", "start", "contract", "tutoring", "accepted", "listed"]        # the ladder; share reform comes when it comes
DAYS = LISTS + STEPS + ["reform"]
HEAD = ("period company board area town sector grade reserve_date successive_date seed_date intent_date start_date reform_date "
        "contract_date tutoring_date tutored_by accepted_date listed_date venue request_n solved_n open_since").split()
BOARDS = ["ipo", "neeq", "regional"]
CODES = [("board", "ipo", "上市", "stock exchange"), ("board", "neeq", "新三板", "NEEQ"), ("board", "regional", "区域股权市场", "regional equity market"),
         ("stage", "contract", "签约", "contract signed"), ("stage", "tutoring", "辅导备案", "tutoring filed"),
         ("stage", "accepted", "申请受理", "application accepted"), ("stage", "listed", "上市挂牌", "listed"),
         ("venue", "sse", "上海证券交易所", "Shanghai Stock Exchange"), ("venue", "szse", "深圳证券交易所", "Shenzhen Stock Exchange"),
         ("venue", "bse", "北京证券交易所", "Beijing Stock Exchange"), ("venue", "overseas", "境外", "abroad"),
         ("venue", "neeq", "全国股转系统", "NEEQ"), ("venue", "qilu", "齐鲁股权交易中心", "Qilu equity exchange"),
         ("venue", "lanhai", "青岛蓝海股权交易中心", "Qingdao Lanhai equity exchange")]
TABLES = ["B13", "B13b", "B13c", "B13d"]
FIRST_CODE = 2001


def table(name):
    """Rows of a table beside this module."""
    return tsv.read(os.path.join(HERE, name + ".tsv"))


def weekday(day):
    return day + timedelta(days=max(0, 7 - day.isoweekday()) if day.isoweekday() > 5 else 0)


def spread(cell, n):
    """n days of a cell: one day for all, or a span over which they follow one another."""
    ends = [date.fromisoformat(x) for x in cell.split("..")]
    length = (ends[-1] - ends[0]).days
    return [min(weekday(ends[0] + timedelta(days=length * k // max(n - 1, 1))), ends[-1]) for k in range(n)]


def new_company(number, area, sector):
    return {"company": "Q%d" % number, "area": area, "sector": sector, "name_zh": "%s%d" % (ledger.SECTORS[sector], number)}


def requests(cell, n, month):
    """(received, solved) by firm of a group; the open ones are those of the last."""
    if not cell:
        return [(0, 0)] * n
    received, solved = (int(x) for x in cell.split(" ")[months.INBOX.index(month)].split("/"))
    out = []
    for mine in parts(received, [1] * n):
        done = min(mine, solved)
        solved -= done
        out.append((mine, done))
    return out


def build():
    """({group: firms}, companies): a firm has its company, the days of the group that are its own, and its group's row."""
    groups, companies, known = {}, [], {}
    for c in ledger.COMPANIES:
        known.setdefault((c["area"], c["sector"]), []).append(c["company"])
    for r in table("L3"):
        n, pool = int(r["firms"]), known.get((r["area"], r["sector"]), [])
        days = {d: spread(r[d], n) if r[d] else [None] * n for d in DAYS}
        group, _, count = r["known"].rpartition(":")
        names = [f["company"] for f in groups[group][:int(count)]] if group else [pool.pop(0) for _ in range(int(count or 0))]
        for _ in range(n - len(names)):
            companies.append(new_company(FIRST_CODE + len(companies), r["area"], r["sector"]))
            names.append(companies[-1]["company"])
        groups[r["group"]] = [{"company": name, "row": r, "at": k, **{d: days[d][k] for d in DAYS}} for k, name in enumerate(names)]
    return groups, companies


GROUPS, COMPANIES = build()


def in_turn(cell, k):
    words = cell.split(" ")
    return words[k % len(words)]


def snapshot(firm, month, asked):
    """The row of a firm at the month's end, or None before anything of it happened."""
    end, r = months.last_day(month), firm["row"]
    day = {d: firm[d].isoformat() if firm[d] and firm[d] <= end else "" for d in DAYS}
    if not any(day.values()):
        return None
    received, solved = asked
    return [month, firm["company"], r["board"], r["area"], r["town"], r["sector"], in_turn(r["grade"], firm["at"]), day["reserve"],
            day["successive"], day["seed"], day["intent"], day["start"], day["reform"], day["contract"], day["tutoring"],
            r["tutored_by"] if day["tutoring"] else "", day["accepted"], day["listed"],
            in_turn(r["venue"], firm["at"]) if day["listed"] else "", str(received), str(solved),
            r["open"].split(" ")[months.INBOX.index(month)] if received > solved else ""]


def rows(month):
    out = []
    for firms in GROUPS.values():
        asked = requests(firms[0]["row"]["requests"], len(firms), month)
        out.extend(snapshot(f, month, a) for f, a in zip(firms, asked))
    return sorted((r for r in out if r), key=lambda r: (r[1], r[2]))


# --- the published figures of B13 ---


def standing(r):
    """The highest step that a row shows."""
    return ([s for s in STEPS if r[s + "_date"]] or ["pool"])[-1]


def figure(fact, at):
    """A column of B13 (area), B13b or B13c (area/board), or B13d (area/town)."""
    keys, year = fact.row.split("/"), fact.month[:4]
    mine = [r for r in at["L3"] if r["area"] == CODE[keys[0]] and (len(keys) == 1 or keys[1] in (r["board"], r["town"]))]
    if fact.column in ("requests", "solved"):
        return Fraction(sum(int(r[{"requests": "request_n", "solved": "solved_n"}[fact.column]]) for r in mine))
    if fact.column == "solved_rate":
        return Fraction(100 * sum(int(r["solved_n"]) for r in mine), sum(int(r["request_n"]) for r in mine))
    test = {"csrc": lambda r: standing(r) == "tutoring" and r["tutored_by"] == "csrc",
            "bureau": lambda r: standing(r) == "tutoring" and r["tutored_by"] == "bureau",
            "qilu": lambda r: r["venue"] == "qilu", "lanhai": lambda r: r["venue"] == "lanhai",
            "listed_year": lambda r: r["listed_date"][:4] == year,
            "agri": lambda r: r["listed_date"] and r["sector"] == "agriculture",
            "agri_year": lambda r: r["listed_date"][:4] == year and r["sector"] == "agriculture",
            "reserve_year": lambda r: r["reserve_date"][:4] == year}
    column = fact.column
    if column in LISTS:
        test[column] = lambda r: r[column + "_date"]
    elif column in STEPS:
        test[column] = lambda r: standing(r) == column
    return Fraction(len({r["company"] for r in mine if test[column](r)}))
