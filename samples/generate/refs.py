"""The reference tables of the site."""
import os

import inbox
import inputs
import months
import tsv
from city import AREA_ROWS, BANKS, BRANCHES
from ledger import CHAINS, COMPANIES

CODES = [
    ("scope", "all", "本外币", "all currencies"),
    ("scope", "cny", "人民币", "renminbi"),
    ("sector", "industry", "工业", "industry"),
    ("sector", "agriculture", "农业", "agriculture"),
    ("sector", "service", "服务业", "services"),
    ("sector", "infrastructure", "基础设施", "infrastructure"),
    ("status", "recommended", "已推介", "recommended"),
    ("status", "signed", "已签约", "signed"),
    ("status", "credited", "已授信", "credit granted"),
    ("status", "paid", "已放款", "funds in place"),
    ("class", "政策性", "政策性银行", "policy bank"),
    ("class", "国有", "国有银行", "state bank"),
    ("class", "股份", "股份制银行", "joint-stock bank"),
    ("class", "城商", "城商银行", "city commercial bank"),
    ("class", "农商", "农商银行", "rural commercial bank"),
    ("class", "村镇", "村镇银行", "village bank"),
]
# A restated base, so that the comparable figures have something to show; no published figure rests on it.
ADJUSTMENTS = [["GX", "B10", "loan", "2021-12", "3500.00", "承接外地分行划入贷款", "样例〔2022〕3号"]]
COMPANY = "company name_zh area sector size chain tags points state_owned"
SCOPES = [("本外币", "all"), ("本外币合计", "all"), ("全口径", "all"), ("人民币", "cny")]


def aliases():
    out = []
    for r in AREA_ROWS:
        zh = r["name_zh"]
        for name in (r["area"], zh, zh[:-1], "示例市" + zh):
            out.append(("area", name, r["area"]))
    out.extend(("scope", name, code) for name, code in [("all", "all"), ("cny", "cny")])
    out.extend(("scope", name, code) for name, code in SCOPES)
    for b, r in BANKS.items():
        out.extend([("bank", b, b), ("bank", r["name_zh"], b)])
    return out


def roster(module):
    """Who files a return, from the first month of which there are rows."""
    at, first = module.HEAD.index(module.FILER), {}
    for month in sorted([*getattr(module, "ARCHIVE", []), *months.INBOX]):
        for row in module.rows(month):
            first.setdefault(row[at], month)
    return [[module.NAME, filer, month, ""] for filer, month in first.items()]


def write(outdir, events):
    def table(name, head, rows):
        tsv.write(os.path.join(outdir, "refs", name), head.split(), rows)

    table("areas.tsv", "area name_zh name_en order leaf",
          [[r["area"], r["name_zh"], r["name_en"], str(n + 1), "1"]
           for n, r in enumerate(AREA_ROWS)])
    table("institutions.tsv", "bank name_zh name_en class order area active_from active_to",
          [[b, r["name_zh"], r["name_en"], r["class"], str(n + 1), r["area"], r["from"], ""]
           for n, (b, r) in enumerate(BANKS.items())]
          + [[*r[:4], str(len(BANKS) + n + 1), *r[4:]] for n, r in enumerate(inputs.gathered("INSTITUTIONS"))])
    table("branches.tsv", "bank area",
          [[b, r["area"]] for b in BANKS for r in AREA_ROWS if b in BRANCHES[r["area"]]])
    table("roster.tsv", "return institution from to",
          [["F1", b, "2021-01", ""] for b in BANKS] + [x for m in inputs.returns() for x in roster(m)])
    table("calendar.tsv", "return period due",
          [[name, m, inbox.due(m)] for name in ["F1"] + [x.NAME for x in inputs.returns()] for m in months.ALL[1:]])
    chains = [("chain", c, zh, en) for c, zh, en in CHAINS]
    names = [("event", e, zh, en) for e, zh, en in events]
    table("codes.tsv", "table code name_zh name_en", CODES + chains + names + inputs.gathered("CODES"))
    table("aliases.tsv", "table alias code", aliases() + inputs.gathered("ALIASES"))
    table("adjustments.tsv", "area bank item base amount reason document", ADJUSTMENTS)
    table("companies.tsv", COMPANY,
          [[c.get(column, "") for column in COMPANY.split()] for c in inputs.described(COMPANIES) + inputs.gathered("COMPANIES")])
    for module in inputs.MODULES.values():
        for name, (head, rows) in getattr(module, "references", dict)().items():
            table(name, " ".join(head), rows)
