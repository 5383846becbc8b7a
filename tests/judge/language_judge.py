#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""language_judge: the page tongbao-expr(7) against the parser behind derive.

usage: language_judge.py functions               every function of the page's table is called, and there are no others
       language_judge.py grammar SEED COUNT      COUNT random sentences, right and wrong, by the page's grammar
"""
import os
import random
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(os.environ.get("TOP", ".")) / "tools" / "tongbao-expr.7"
# Functions are names of columns too, so that a name without its brackets is nothing wrong.
COLUMNS = {"bank": "07", "loan": "1.5", "2022-11": "3", "coalesce": "1", "min": "2", "concat": "x"}


def lines_of(section):
    """The lines of a subsection."""
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith(".S"):
            inside = line == f".Ss {section}"
        elif inside:
            yield line


def derive(expression, option="-a"):
    """(status, message) of one expression over a row of COLUMNS."""
    table = "\t".join(COLUMNS) + "\n" + "\t".join(COLUMNS.values()) + "\n"
    value = f"z={expression}" if option == "-a" else expression
    done = subprocess.run(["derive", option, value], input=table, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


# --- functions ---

SAMPLE = {"x": "2", "y": "4", "n": "1", "t": "'07'", "u": "'0'", "p": "'x'", "d": "'2022-11-30'", "c": "true", "v": "1",
          "w": "2", "digits": "2", "mode": "half_even", "pattern": "'^0'"}
WRONG = {"x": "'a'", "y": "'a'", "n": "'a'", "t": "(1 + 1)", "u": "(1 + 1)", "p": "(1 + 1)", "d": "(1 + 1)", "c": "'a'",
         "digits": "loan", "mode": "upwards", "pattern": "bank"}


def calls():
    """(name, signature, arguments, result) of each row of the table."""
    text = "\n".join(lines_of("Functions"))
    for name, inner, result in re.findall(r"^\.It ([a-z_]+)\(([^)]*)\) Ta ([a-z ]+?) Ta", text, re.M):
        yield name, f"{name}({inner})", re.findall(r"[a-z]+", inner), result


def check_call(name, signature, letters, result):
    """The problems of one function: it takes what the page says and gives what the page says."""
    def call(samples):
        return f"{name}({', '.join(samples)})"

    samples = [SAMPLE[letter] for letter in letters]
    right = call(samples)
    uses = {"number": (f"round({right} + 0, 1)" if name != "round" else f"{right} + 0", f"length({right})"),
            "text": (f"length({right})", f"{right} + 0"), "truth value": (f"not {right}", f"{right} + 0"),
            "as v": (f"{right} + 0", f"length({right})")}[result]
    if name == "chain" or name in ("pct",):
        uses = (f"{right} + 0", uses[1])
    good, bad = uses
    status, message = derive(good)
    if status != 0:
        yield f"{signature}: {good}: status {status}: {message.strip()}"
    if derive(bad)[0] != 2:
        yield f"{signature}: {bad} is not refused"
    for i, letter in enumerate(letters):
        if letter in WRONG and derive(call(samples[:i] + [WRONG[letter]] + samples[i + 1:]))[0] != 2:
            yield f"{signature}: argument {letter} may be {WRONG[letter]}"
    if derive(call([]))[0] != 2 or ("..." not in signature and derive(call(samples + samples))[0] != 2):
        yield f"{signature}: any number of arguments is taken"


def functions():
    table = list(calls())
    listed = [name for name, *_ in table]
    known = re.search(r"there are: ([a-z_, ]+)", derive("nosuch(1)")[1])[1].split(", ")
    problems = [f"not on the page: {name}" for name in known if name not in listed]
    problems += [f"not in the parser: {name}" for name in listed if name not in known]
    for row in table:
        if row[0] in known:
            problems += check_call(*row)
    for problem in problems:
        print(problem)
    print(f"{len(listed)} functions, {len(problems)} wrong")
    return bool(problems)


# --- grammar ---

TERMINALS = {
    "number": ["12", "0.50"], "text": ["'a'", '"b"'], "name": ["bank", "loan", "`2022-11`", "coalesce", "min", "concat"],
    "constant": ["true", "false", "missing", "na"], "function": ["coalesce", "min", "concat"],
}
SYNTAX = re.compile(r"expected (a value|an operator|in\b|'.')|comparisons do not chain|nested too deeply")
UNDECIDED = re.compile(r"expected \w+\(|not a function|no such function")  # said before the rest is read


class Grammar:
    """The page's EBNF as nested tuples: (seq, ...), (any, ...), (many, x), (maybe, x), (rule, name), (word, text)."""

    def __init__(self):
        text = "\n".join(lines_of("Grammar"))
        text = text.split(".Bd -literal -offset indent\n")[1].split("\n.Ed")[0]
        self.rules = {}
        for name, body in re.findall(r"^(\w+) += (.*)$", text, re.M):
            self.words = re.findall(r'"[^"]+"|\w+|[{}\[\]()|]', body)
            self.rules[name] = self.alternatives()

    def alternatives(self):
        choices = [self.sequence()]
        while self.words and self.words[0] == "|":
            self.words.pop(0)
            choices.append(self.sequence())
        return choices[0] if len(choices) == 1 else ("any", *choices)

    def sequence(self):
        parts = []
        while self.words and self.words[0] not in ("|", "}", "]", ")"):
            word = self.words.pop(0)
            if word in ("{", "[", "("):
                inner = self.alternatives()
                self.words.pop(0)
                parts.append({"{": ("many", inner), "[": ("maybe", inner), "(": inner}[word])
            else:
                parts.append(("word", word[1:-1]) if word.startswith('"') else ("rule", word))
        return ("seq", *parts)

    def make(self, r, part, depth):
        """A random sentence as a list of tokens."""
        kind = part[0]
        if kind == "word":
            return [part[1]]
        if kind == "rule" and part[1] in TERMINALS:
            return [r.choice(TERMINALS[part[1]])]
        if kind == "rule":
            return self.make(r, self.rules[part[1]], depth - 1)
        if kind == "any":
            simple = [c for c in part[1:] if c == ("seq", ("rule", "number")) or c == ("seq", ("rule", "name"))]
            return self.make(r, r.choice(simple if depth <= 0 and simple else [*part[1:], *part[-1:]]), depth)
        if kind == "maybe":
            return self.make(r, part[1], depth) if depth > 0 and r.random() < 0.4 else []
        if kind == "many":
            more = []
            while depth > 0 and r.random() < 0.3:
                more += self.make(r, part[1], depth)
            return more
        return [token for inner in part[1:] for token in self.make(r, inner, depth)]

    def ends(self, part, tokens, at):
        """Where a reading of part from `at` on can end."""
        kind = part[0]
        if kind == "word":
            return {at + 1} if tokens[at:at + 1] == [part[1]] else set()
        if kind == "rule" and part[1] in TERMINALS:
            return {at + 1} if at < len(tokens) and tokens[at] in TERMINALS[part[1]] else set()
        if kind == "rule":
            return self.ends(self.rules[part[1]], tokens, at)
        if kind == "any":
            return set().union(*(self.ends(c, tokens, at) for c in part[1:]))
        if kind in ("maybe", "many"):
            found, new = {at}, {at}
            while new:
                new = set().union(*(self.ends(part[1], tokens, e) for e in new)) - found
                found |= new
                if kind == "maybe":
                    break
            return found
        found = {at}
        for inner in part[1:]:
            found = set().union(*(self.ends(inner, tokens, e) for e in found)) if found else set()
        return found

    def takes(self, tokens):
        return len(tokens) in self.ends(("rule", "expr"), tokens, 0)


def disturbed(r, tokens):
    """One token left out, doubled, moved or exchanged for another."""
    tokens, i = list(tokens), r.randrange(len(tokens))
    change = r.randrange(4)
    if change == 0:
        del tokens[i]
    elif change == 1:
        tokens.insert(i, tokens[i])
    elif change == 2:
        tokens.insert(r.randrange(len(tokens)), tokens.pop(i))
    else:
        signs = ["and", "or", "not", "in", "==", "<", "+", "-", "*", "(", ")", ","]
        tokens[i] = r.choice(signs + [t for some in TERMINALS.values() for t in some])
    return tokens


def grammar(seed, count):
    r, g, wrong, right, undecided = random.Random(seed), Grammar(), 0, 0, 0
    for k in range(count):
        tokens = []
        while not 0 < len(tokens) < 40:
            tokens = g.make(r, ("rule", "expr"), r.randrange(8, 30))
        if k % 2:
            tokens = disturbed(r, tokens)
        sentence = " ".join(tokens)
        status, message = derive(sentence)
        taken = status == 0 or not SYNTAX.search(message)
        if UNDECIDED.search(message):
            undecided += 1
            continue
        right += taken
        if taken != g.takes(tokens):
            wrong += 1
            print(f"{sentence}: the page {'takes' if g.takes(tokens) else 'refuses'} it, derive says: {message.strip()}")
    print(f"{count} sentences, {wrong} wrong")
    return wrong > 0 or undecided > count / 5 or not count / 3 < right < count * 3 / 4


if __name__ == "__main__":
    sys.exit(functions() if sys.argv[1] == "functions" else grammar(int(sys.argv[2]), int(sys.argv[3])))
