# SPDX-License-Identifier: MIT
"""What tables/exact must hold: the sums in 万元 behind the printed tables, by code."""
from deposits_and_loans import FIELDS, FLAGS, FLOWS, adjustments, flagged
from month import ALL_BANKS, CITY, NOW, OPEN, PREV, SAME
from stream import NEVER, figure, gap, read

WHEN = {"_prev": PREV, "_open": OPEN, "_same": SAME}
BY_BANK = ("B02", "B03b", "B04b", "B05b")


def moment(column):
    """A column's name without its suffix, and the month it speaks of."""
    for suffix, when in WHEN.items():
        if column.endswith(suffix):
            return column[:-len(suffix)], when
    return column, NOW


def return_sum(month, row, column):
    """The sum a column of an exact table stands for, from F1."""
    area, bank = key_of(row)
    if column == "area_loan":
        return month.sum((area, None), "loan")
    if column in FLAGS:
        return flagged(month, (area, bank), column)
    base, when = moment(column)
    if column == "adjustment":
        return adjustments(month)[area, bank, row["item"]][0]
    if base == "amount":
        base = row["field"] if "field" in row else row["item"]
        if base in FLOWS and when == OPEN:
            return NEVER
    return month.sum((area, bank), base, when)


def key_of(row):
    area = None if row.get("area", CITY) == CITY else row["area"]
    bank = None if row.get("bank", ALL_BANKS) == ALL_BANKS else row["bank"]
    return area, bank


def wanted_keys(month, name, columns):
    """The keys that an exact table must have, as the tuples of their fields."""
    if name == "B01c":
        for area, bank, item in adjustments(month):
            if month.members((area, bank)):
                yield CITY if area is None else area, ALL_BANKS if bank is None else bank, item
        return
    keys = [key for key in (month.cube_keys() if name in BY_BANK else month.area_keys()) if month.members(key)]
    for area, bank in keys:
        texts = {"area": CITY if area is None else area, "bank": ALL_BANKS if bank is None else bank}
        for field in FIELDS if "field" in columns else [None]:
            yield tuple({**texts, "field": field}[column] for column in columns)


def judge(month, path):
    """(cells that agree, differences) of one exact table; the order of its rows is not judged."""
    table, where = read(path), f"exact/{path.name}"
    keys = [column for column in table.columns if column in ("area", "bank", "field", "item")]
    found = [tuple(row[column] for column in keys) for row in table.rows]
    wanted = set(wanted_keys(month, path.stem, keys))
    differences = [f"{where}: no row {'/'.join(key)}" for key in sorted(wanted - set(found))]
    differences += [f"{where}: the row {'/'.join(key)} stands {found.count(key)} times"
                    for key in sorted(set(found)) if found.count(key) > 1]
    agree = 0
    for line, (key, row) in enumerate(zip(found, table.rows), 2):
        if key not in wanted:
            differences.append(f"{where}:{line}: a row that should not be: {'/'.join(key)}")
            continue
        for column in [column for column in table.columns if column not in [*keys, "reason"]]:
            try:
                computed = return_sum(month, row, column)
            except KeyError:
                return 0, [f"{where}: column '{column}': no judge knows it"]
            if figure(row[column]) == computed:
                agree += 1
            else:
                differences.append(f"{where}:{line}: {'/'.join(key)}: column '{column}': '{row[column]}', "
                                   f"computed {shown(computed)}")
    return agree, differences


def shown(x):
    if gap(x) is not False:
        return f"'{x or ''}'"
    return str(x.numerator) if x.denominator == 1 else f"{x.numerator}/{x.denominator}"
