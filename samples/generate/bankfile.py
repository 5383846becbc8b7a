"""One bank's month as the bank writes it: its headings, unit, digits, charset, format."""
import columns
import sheets
import tsv
import xls
import xlsx
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
CODEC = {"utf8": "utf-8", "utf8bom": "utf-8-sig", "gb18030": "gb18030", "utf16": "utf-16-le"}
SUFFIX = {"csv": ".csv", "semicolon": ".csv", "xlsx": ".xlsx", "xls": ".xls"}


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
    if style["breaks"] == "1" and len(name) > 4:
        name = name[:4] + "\n" + name[4:]       # broken in its cell, as narrow columns have it
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
    return s.replace(".", ",") if style["format"] == "semicolon" else s


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


def title(bank, month):
    return "%s%s年%d月机构月报表" % (BANKS[bank]["name_zh"], month[:4], int(month[5:]))


def signatures(bank):
    k = below(len(PEOPLE), bank, "people")
    return [role + PEOPLE[(k + n) % len(PEOPLE)] for n, role in enumerate(ROLES)]


def listed(bank, month, rows):
    """A row for each area and scope; the rows above the heading are titles."""
    style = STYLE[bank]
    order = column_order(style)
    out = []
    if style["title"] == "1":
        out.append([title(bank, month)])
    if style["units"] == "row":
        out.append(["单位：" + BANKS[bank]["unit"]])
    titles = len(out)
    out.append([heading(c, bank) for c in order])
    out.extend(body(bank, month, rows, order))
    return out, titles, len(order)


def form(bank, month, rows):
    """A row for each item, the areas side by side, then their total; only 本外币."""
    areas = [area for (area, _, _), _ in rows]
    width = len(areas) + 2
    out = [[title(bank, month)],
           ["报告期：%s年%d月" % (month[:4], int(month[5:]))] + [""] * (width - 2) + ["单位：" + BANKS[bank]["unit"]],
           ["项目"] + [area_name(area, STYLE[bank]) for area in areas] + ["合计"]]
    for c in columns.ALL[4:]:
        total = "" if c in columns.RATES else cell(c, sum(row[c] for _, row in rows), bank)
        out.append([heading(c, bank)] + [cell(c, row[c], bank) for _, row in rows] + [total])
    return out, 1, width


def lines(bank, month, rows):
    """The rows of the file, how many titles stand above all, and its width."""
    style = STYLE[bank]
    out, titles, width = (form if style["layout"] == "form" else listed)(bank, month, rows)
    if style["sign"] == "1":
        out.append(signatures(bank))
    if style["pad"] == "1":
        out = [x + [""] * (width - len(x)) for x in out]
    return out, titles, width


def quote(s, delimiter):
    return '"' + s.replace('"', '""') + '"' if delimiter in s or '"' in s or "\n" in s else s


def text_file(style, rows):
    eol = "\n" if style["charset"] == "utf8" else "\r\n"
    delimiter = ";" if style["format"] == "semicolon" else ","
    data = "".join(delimiter.join(quote(s, delimiter) for s in x) + eol for x in rows)
    mark = "\ufeff" if style["charset"] == "utf16" else ""
    return (mark + data).encode(CODEC[style["charset"]])


def workbook(style, rows, titles, width):
    """The return, the sheet that spreadsheet programs put beside it, and one that is hidden."""
    book = [sheets.sheet("机构月报", rows, titles, width), ("Sheet2", [], [], False),
            ("参数", [["各项存款", ("1", "0")]], [], True)]
    return (xlsx if style["format"] == "xlsx" else xls).pack(book)


def encode(bank, month, rows):
    """The bytes of the file."""
    style = STYLE[bank]
    made = lines(bank, month, rows)
    if style["format"] in ("xlsx", "xls"):
        return workbook(style, *made)
    raw = text_file(style, made[0])
    return pack(raw) if style["gz"] == "1" else raw


def original_name(bank, month):
    """What the bank called its file."""
    name, ym = BANKS[bank]["name_zh"], month.replace("-", "")
    zh = "%s年%d月" % (month[:4], int(month[5:]))
    stem = ["{n}_{z}_机构月报", "机构月报({n}){y}", "{y}机构月报-{n}", "{n}{z}机构月报表"][below(4, bank, "name")]
    style = STYLE[bank]
    return stem.format(n=name, z=zh, y=ym) + SUFFIX[style["format"]] + (".gz" if style["gz"] == "1" else "")
