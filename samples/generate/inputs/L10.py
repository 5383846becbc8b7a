"""L10, the ledger of activities: the batches of L10.tsv, a row for each matchmaking event of L1, and a row for each team on
the register (L10teams.tsv)."""
import os
from datetime import date
from fractions import Fraction

import months
import tsv
from city import AREAS, at_place
from ledger import EVENTS
from prng import below
from spread import days_between, parts, uneven

COUNTERS = "sessions firms people made items broadcasts media".split()
HEAD = "period id date area org type topic form team members".split() + COUNTERS
TABLES = ("B19", "B19b", "B19c")
TYPES = [("publicity", "宣传", "publicity"), ("training", "培训", "training"), ("matchmaking", "银企对接", "matchmaking"),
         ("list", "名录推送", "lists pushed"), ("demand", "需求推送", "demands pushed"), ("promotion", "招商", "investment promotion"),
         ("roadshow", "路演", "roadshow"), ("talent", "人才选拔", "selection of talents"), ("visit", "约谈走访", "interviews and visits"),
         ("team", "队伍", "team")]
TOPICS = [("T01", "防范非法集资", "against illegal fundraising"), ("T02", "养老领域防非", "elderly savings"),
          ("T03", "资本市场", "capital market"), ("T04", "惠农金融", "finance for farmers"), ("T05", "普惠金融", "inclusive finance"),
          ("T06", "金融政策", "financial policy"), ("T11", "银企综合对接", "general matchmaking"), ("T12", "银企专场对接", "special matchmaking"),
          ("T21", "重点项目名录", "lists of key projects"), ("T22", "企业融资需求", "financing demands"),
          ("T31", "产业链招商签约", "chain signing events"), ("T32", "市级招商签约", "city signing events"), ("T33", "招商对接", "investment contacts"),
          ("T41", "科创企业路演", "technology roadshows"), ("T51", "“金融之星”选拔", "Finance Star talents"), ("T61", "养老机构走访", "visits to elderly-care firms")]
FORMS = [("F01", "集中宣传", "sessions"), ("F02", "讲座培训", "lectures"), ("F03", "宣传材料", "leaflets"), ("F04", "宣传物品", "articles"),
         ("F05", "横幅", "banners"), ("F06", "宣传教育光盘", "discs"), ("F07", "致家长的一封信", "letters to parents"), ("F08", "学习手册", "handbooks"),
         ("F11", "村居集中播放", "village screenings"), ("F12", "警示教育片", "warning films"), ("F13", "宣传标语", "slogans"),
         ("F14", "网点视频标语", "screens at outlets"), ("F15", "媒体报道", "media reports"), ("F21", "现场咨询", "consultations")]
CODES = [(table,) + row for table, rows in (("activity", TYPES), ("topic", TOPICS), ("form", FORMS)) for row in rows]


def read(name):
    return tsv.read(os.path.join(os.path.dirname(__file__), name))


def team(area, k):
    return "D%s%02d" % (area, k)


def batch(r, n):
    """The activities of a line of L10.tsv."""
    count, out = int(r["n"]), []
    first, last = (int(k) for k in (r["teams"] or "0-0").split("-"))
    shared = {c: parts(int(r[c]), uneven(count, 35, "L10", n, c)) for c in COUNTERS}
    for k, day in enumerate(days_between(r["first"], r["last"], count, "L10", n)):
        out.append({"area": r["area"], "org": r["org"], "type": r["type"], "topic": r["topic"], "form": r["form"], "date": day,
                    "team": team(r["area"], first + k % (last - first + 1)) if first else "", "members": "",
                    **{c: str(shared[c][k]) for c in COUNTERS}})
    return out


def event(area, n, day):
    """A matchmaking event of L1."""
    firms = 18 + below(22, "L10", area, n)
    return {"area": area, "org": "人民银行、金融服务中心", "type": "matchmaking", "topic": "T11", "form": "", "date": date.fromisoformat(day),
            "team": "", "members": "", **dict.fromkeys(COUNTERS, "0"), "sessions": "1", "firms": str(firms),
            "people": str(2 * firms + below(30, "L10", "people", area, n))}


def register():
    out, serial = [], dict.fromkeys(AREAS, 0)
    for r in read("L10teams.tsv"):
        for _ in range(int(r["teams"])):
            serial[r["area"]] += 1
            name = team(r["area"], serial[r["area"]])
            out.append({"area": r["area"], "org": r["org"], "type": "team", "topic": r["topic"], "form": "", "team": name,
                        "date": date.fromisoformat(r["since"]), "members": str(int(r["least"]) + below(int(r["more"]) + 1, "L10", name)),
                        **dict.fromkeys(COUNTERS, "0")})
    return out


def build():
    out = register() + [event(area, n, day) for (area, n), (_, day) in EVENTS.items()]
    for n, r in enumerate(read("L10.tsv")):
        out.extend(batch(r, n))
    out.sort(key=lambda p: (p["date"], AREAS.index(p["area"]), p["type"], p["topic"], p["form"], p["team"]))
    for n, p in enumerate(out, 1):
        p["id"] = "H%04d" % n
    return out


ROWS = build()


def rows(month):
    return [[month, p["id"], p["date"].isoformat()] + [p[c] for c in HEAD[3:]]
            for p in ROWS if p["date"] <= months.last_day(month)]


def figure(fact, at):
    place, *words = fact.row.split("/")
    code = {zh: c for c, zh, _ in (FORMS if fact.table == "B19b" else TOPICS)}[words[-1]]
    column = "form" if fact.table == "B19b" else "topic"
    mine = [r for r in at_place(at["L10"], place) if r[column] == code]
    if fact.column in ("teams", "members"):
        teams = {r["team"] for r in mine if r["team"]}
        strength = [int(r["members"]) for r in at["L10"] if r["type"] == "team" and r["team"] in teams]
        return Fraction(len(teams) if fact.column == "teams" else sum(strength))
    if fact.column == "training":
        mine = [r for r in mine if r["type"] == "training"]
    return Fraction(sum(int(r[{"training": "sessions"}.get(fact.column, fact.column)]) for r in mine))
