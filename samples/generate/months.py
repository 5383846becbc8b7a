"""Months as text (2022-11) and their arithmetic."""
from datetime import date, timedelta


def step(month, n):
    """The month n months later (earlier when n is negative)."""
    k = int(month[:4]) * 12 + int(month[5:]) - 1 + n
    return "%04d-%02d" % (k // 12, k % 12 + 1)


def span(first, last):
    out = [first]
    while out[-1] < last:
        out.append(step(out[-1], 1))
    return out


def index(month):
    return int(month[:4]) * 12 + int(month[5:]) - 1


def opening(month):
    """The December before: what 年初 means."""
    return "%04d-12" % (int(month[:4]) - 1)


def same_last_year(month):
    return step(month, -12)


def last_day(month):
    return date.fromisoformat(step(month, 1) + "-01") - timedelta(days=1)


ALL = span("2020-12", "2022-12")        # 2020-12 is only a start, never written
INBOX = ["2022-09", "2022-11", "2022-12"]
ARCHIVE = [m for m in span("2021-01", "2022-10") if m not in INBOX]
