"""A further return as an institution writes it: the look of its F1 (styles.tsv) as far as it fits a list of rows; one
that files no F1 has the look of a bank."""
import os

import tsv
from bankfile import STYLE, area_name, signatures, text_file, workbook
from gz import pack
from prng import below

PLAIN = {"format": "csv", "layout": "list", "breaks": "0", "order": "std"}      # what only the mapping of F1 knows


def style_of(institution):
    like = institution if institution in STYLE else sorted(STYLE)[below(len(STYLE), institution, "style")]
    style = dict(STYLE[like])
    if style["format"] == "semicolon" or style["layout"] == "form":
        style.update(PLAIN)
    return style


def headings(name):
    """{column: (kind, headings)}; kind: amount, rate, count, or any other word for what is written as it stands."""
    return {r["column"]: (r["kind"], r["headings"].split("|"))
            for r in tsv.read(tsv.beside(os.path.join("inputs", name + ".headings.tsv")))}


def heading(kind, names, style, institution, column):
    name = names[below(len(names), institution, column)] if style["heads"] == "m" else names[(int(style["heads"]) - 1) % len(names)]
    left, right = ("（", "）") if style["units"] == "full" else ("(", ")")
    if kind == "rate":
        return name + left + "%" + right
    return name + left + "万元" + right if kind == "amount" and style["units"] in ("half", "full") else name


def cell(kind, text, style):
    if text == "\\-":
        return style["none"]
    if kind not in ("amount", "rate", "count"):
        return text
    if style["digits"] == "comma" and text:
        sign, plain = ("-", text[1:]) if text.startswith("-") else ("", text)
        whole, dot, part = plain.partition(".")
        text = sign + "{:,}".format(int(whole)) + dot + part
    return text + ("%" if kind == "rate" and style["percent"] == "sign" and text else "")


def said(module, column, text, style):
    """A code as the institution writes it: an area as in its F1, another one by the word that the module has for it."""
    if column == "area":
        return area_name(text, style)
    return text if style["area"] == "code" else getattr(module, "WORDS", {}).get(column, {}).get(text, text)


def encode(module, institution, month, rows):
    """The bytes of the file; rows: those of the institution, in the order of module.HEAD."""
    style, known = style_of(institution), headings(module.NAME)
    shown = [i for i, c in enumerate(module.HEAD) if style["own"] == "1" or c not in ("period", module.FILER)]
    kinds = [known[module.HEAD[i]][0] for i in shown]
    out = [["%s年%d月%s" % (month[:4], int(month[5:]), module.TITLE)]] if style["title"] == "1" else []
    if style["units"] == "row":
        out.append(["单位：万元"])
    titles = len(out)
    out.append([heading(*known[module.HEAD[i]], style, institution, module.HEAD[i]) for i in shown])
    out += [[cell(k, said(module, module.HEAD[i], row[i], style), style) for k, i in zip(kinds, shown)] for row in rows]
    if style["sign"] == "1":
        out.append(signatures(institution))
    if style["pad"] == "1":
        out = [x + [""] * (len(shown) - len(x)) for x in out]
    if style["format"] in ("xlsx", "xls"):
        return workbook(style, out, titles, len(shown))
    raw = text_file(style, out)
    return pack(raw) if style["gz"] == "1" else raw


def original_name(module, institution, name_zh, month):
    style = style_of(institution)
    suffix = {"xlsx": ".xlsx", "xls": ".xls"}.get(style["format"], ".csv")
    return "%s%s%s%s" % (name_zh, month.replace("-", ""), module.TITLE, suffix) + (".gz" if style["gz"] == "1" else "")
