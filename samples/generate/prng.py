"""Deterministic small noise: the same words always give the same number."""
import hashlib
from fractions import Fraction


def number(*words):
    """A 64-bit integer that depends on the words alone."""
    text = "\x1f".join(str(w) for w in words)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def below(n, *words):
    """An integer in 0 .. n-1."""
    return number(*words) % n


def noise(*words):
    """A fraction in -1 .. 1, in steps of 0.001."""
    return Fraction(below(2001, *words) - 1000, 1000)


def choose(items, *words):
    return items[below(len(items), *words)]
