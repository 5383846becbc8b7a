"""Rows of text as the cells of a spreadsheet: what looks like a figure is one, and its format shows what the text
said. A sheet is (name, rows, merged ranges, hidden); a cell "", a text, or a figure as (plain decimal, format)."""
import re

MONTH = 'yyyy"年"m"月"'


def decimals_of(text):
    return len(text.rstrip("%").partition(".")[2])


def cell(text):
    if re.fullmatch(r"(0|[1-9]\d{0,2}(,\d{3})+|[1-9]\d*)(\.\d+)?", text):
        part = "." + "0" * decimals_of(text) if "." in text else ""
        return text.replace(",", ""), ("#,##0" if "," in text else "0") + part
    if re.fullmatch(r"\d+\.\d{2}%", text):
        whole, _, part = text[:-1].partition(".")
        digits = (whole + part).rjust(5, "0")
        return (digits[:-4].lstrip("0") or "0") + "." + digits[-4:], "0.00%"
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return str(serial(int(text[:4]), int(text[5:]))), MONTH
    return text


def serial(year, month):
    """The number of the first day of a month, as spreadsheets count: 1 is 1900-01-01, and 1900 a leap year."""
    days = 1
    for y in range(1900, year):
        days += 366 if y % 4 == 0 and (y % 100 or y % 400 == 0) or y == 1900 else 365
    for m in range(1, month):
        leap = m == 2 and year % 4 == 0 and (year % 100 or year % 400 == 0)
        days += [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] + leap
    return days


def sheet(name, lines, titles, width):
    """The first `titles` rows are each one cell merged over the table."""
    merged = [(row, 0, row, width - 1) for row in range(titles)]
    return name, [[cell(text) for text in line] for line in lines], merged, False


def letters(column):
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def texts_of(book):
    """The texts of all sheets, each once, in the order they come."""
    return list(dict.fromkeys(c for _, rows, _, _ in book for row in rows for c in row if c and isinstance(c, str)))


def formats_of(book):
    return list(dict.fromkeys(c[1] for _, rows, _, _ in book for row in rows for c in row if isinstance(c, tuple)))
