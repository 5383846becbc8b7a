"""Amounts are integers of 分 (0.01 元); a bank states them in its own unit and decimals."""

WAN = 10 ** 6               # 分 in a 万元
YI = 10 ** 10               # 分 in a 亿元
CENT = 10 ** 4              # 0.01 万元, as the ledger states amounts

POWER = {"元": 2, "万元": 6, "亿元": 10}      # 分 in a unit, as a power of ten


def quantum(unit, decimals):
    """The smallest step, in 分, of a figure with so many decimals of the unit."""
    return 10 ** (POWER[unit] - decimals)


def text(amount, unit, decimals):
    """The amount as the bank prints it; it must lie on the bank's grid."""
    whole, part = divmod(amount, quantum(unit, decimals))
    if part:
        raise ValueError("%d is off the grid of %s.%d" % (amount, unit, decimals))
    return point(whole, decimals)


def canonical(amount, unit, decimals):
    """The same figure in 万元: the point moved, no digit added or dropped."""
    shift = decimals + 6 - POWER[unit]
    if shift >= 0:
        return point(amount // quantum(unit, decimals), shift)
    return str(amount // WAN)


def point(digits, decimals):
    """An integer of 10^-decimals as a plain decimal."""
    if decimals == 0:
        return str(digits)
    s = str(abs(digits)).rjust(decimals + 1, "0")
    return ("-" if digits < 0 else "") + s[:-decimals] + "." + s[-decimals:]


def half_up(x, decimals):
    """Round a Fraction half away from zero; the result is an integer of 10^-decimals."""
    scaled = abs(x) * 10 ** decimals
    n = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return n if x >= 0 else -n


def printed(x, decimals):
    return point(half_up(x, decimals), decimals)
