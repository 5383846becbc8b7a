"""One bank's month as the bank writes it: its headings, unit, digits, charset."""
import columns
import tsv
from city import AREA_ROWS, BANKS
from gz import pack
from money import point, text
from prng import below

STYLE = {r["bank"]: r for r in tsv.read(tsv.beside("styles.tsv"))}
HEADINGS = {r["column"]: r["headings"].split("|") for r in tsv.read(tsv.beside("headings.tsv"))}
AREA_ZH = {r["area"]: r["name_zh"] for r in AREA_ROWS}
SCOPE = {"all": "本外币", "cny": "人民币"}
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
PEOPLE = ["王某", "李某", "张某", "刘某", "陈某", "赵某"]
ROLES = ["填表人：", "审核人：", "负责人："]


def column_order(style):
    amounts = columns.ALL[4:]
    if style["order"] == "swap":
        tail = ["npl"] + columns.ROLL
        first = ["loan", "dep"]
        amounts = first + [c for c in amounts if c not in first + tail] + tail
    own = ["period", "bank"] if style["own"] == "1" else []
    return own + ["area", "scope"] + amounts


def heading(column, bank):
    style = STYLE[bank]
    names = HEADINGS[column]
    which = below(3, bank, column) if style["heads"] == "m" else int(style["heads"]) - 1
    name = names[which]
    if style["heads"] == "m" and below(4, bank, column, "blank") == 0:
        name = " " + name + " "                 # typed with blanks around
    left, right = ("（", "）") if style["units"] == "full" else ("(", ")")
    if column in columns.RATES:
        return name + left + "%" + right
    if column in columns.AMOUNTS and style["units"] in ("half", "full"):
        return name + left + BANKS[bank]["unit"] + right
    return name


def area_name(area, style):
    if style["area"] == "code":
        return area
    name = AREA_ZH[area]
    return name[:-1] if style["area"] == "short" else name


def digits(s, style):
    if style["digits"] == "wide":
        return s.translate(WIDE)
    if style["digits"] == "comma":
        whole, dot, part = s.partition(".")
        return "{:,}".format(int(whole)) + dot + part
    return s


def cell(column, value, bank):
    style = STYLE[bank]
    if column in columns.RATES:
        if value is None:
            return style["none"]
        s = digits(point(value, 2), style)
        return s + ("%" if style["percent"] == "sign" else "")
    if column in columns.COUNTS:
        return digits(str(value), style)
    return digits(text(value, BANKS[bank]["unit"], int(BANKS[bank]["decimals"])), style)


def body(bank, month, rows, order):
    """rows: [((area, bank, scope), {column: value})] in the bank's own order."""
    out = []
    for (area, _, scope), row in rows:
        keys = {"period": month, "bank": bank, "scope": SCOPE[scope],
                "area": area_name(area, STYLE[bank])}
        out.append([keys[c] if c in keys else cell(c, row[c], bank) for c in order])
    if STYLE[bank]["total"] == "1":
        out.append(total_row(bank, rows, order))
    return out


def total_row(bank, rows, order):
    """合计 of the 本外币 rows; a rate has no sum."""
    whole = [r for (_, _, scope), r in rows if scope == "all"]
    out = []
    for c in order:
        if c == "area":
            out.append("合计")
        elif c in columns.KEYS or c in columns.RATES:
            out.append("")
        else:
            out.append(cell(c, sum(r[c] for r in whole), bank))
    out[0] = "合计"
    if order[0] != "area":
        out[order.index("area")] = ""
    return out


def lines(bank, month, rows):
    style, name = STYLE[bank], BANKS[bank]["name_zh"]
    order = column_order(style)
    out = []
    if style["title"] == "1":
        out.append(["%s%s年%d月机构月报表" % (name, month[:4], int(month[5:]))])
    if style["units"] == "row":
        out.append(["单位：" + BANKS[bank]["unit"]])
    out.append([heading(c, bank) for c in order])
    out.extend(body(bank, month, rows, order))
    if style["sign"] == "1":
        k = below(len(PEOPLE), bank, "people")
        out.append([role + PEOPLE[(k + n) % len(PEOPLE)] for n, role in enumerate(ROLES)])
    if style["pad"] == "1":
        out = [x + [""] * (len(order) - len(x)) for x in out]
    return out


def quote(s):
    return '"' + s.replace('"', '""') + '"' if "," in s or '"' in s else s


def encode(bank, month, rows):
    """The bytes of the file."""
    style = STYLE[bank]
    eol = "\n" if style["charset"] == "utf8" else "\r\n"
    data = "".join(",".join(quote(s) for s in x) + eol for x in lines(bank, month, rows))
    codec = {"utf8": "utf-8", "utf8bom": "utf-8-sig", "gb18030": "gb18030"}[style["charset"]]
    raw = data.encode(codec)
    return pack(raw) if style["gz"] == "1" else raw


def original_name(bank, month):
    """What the bank called its file."""
    name, ym = BANKS[bank]["name_zh"], month.replace("-", "")
    zh = "%s年%d月" % (month[:4], int(month[5:]))
    form = ["{n}_{z}_机构月报.csv", "机构月报({n}){y}.csv", "{y}机构月报-{n}.csv",
            "{n}{z}机构月报表.csv"][below(4, bank, "name")]
    return form.format(n=name, z=zh, y=ym) + (".gz" if STYLE[bank]["gz"] == "1" else "")
