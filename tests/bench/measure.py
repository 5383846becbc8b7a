"""measure: takes the works and peers that `run` wrote, prints what each cost and writes it to results.tsv.

    measure.py WORK DATA PAIRS

Every pair is one `wc -l` (or another program that a work names) and one run of the command, on the same cached file
right after each other, so that what else the machine does meets both. The ratio of their CPU times is taken pair by pair; the median counts.
"""

import itertools
import os
import re
import shlex
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

BASE_MB = 300  # a short `wc` is repeated until it has read this much: one run is too short to be measured


def cost(work, command, stdout=subprocess.DEVNULL):
    """Runs a command line; returns CPU seconds, wall seconds, peak RSS in MB."""
    report = os.path.join(work, "cost.report")
    words = shlex.split(command)
    if any(word.startswith(("|", "<")) for word in words):  # what needs no shell is not charged with one
        words = ["bash", "-c", "set -o pipefail; " + command]
    done = subprocess.run(
        [os.path.join(work, "cost"), report] + words,
        stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, check=False,
    )
    if done.returncode != 0:
        sys.exit(f"bench: status {done.returncode}: {command}\n{done.stderr.decode(errors='replace')}")
    with open(report, encoding="ascii") as f:
        cpu, wall, rss, _ = map(int, f.read().split())
    return cpu / 1e6, wall / 1e6, rss / 1024


class Baseline:
    """`wc -l` on one file, or a program of `work` on it."""

    def __init__(self, work, path, program=""):
        self.work = work
        self.command = (shlex.quote(os.path.join(work, program)) if program else "wc -l") + " " + shlex.quote(path)
        self.mb = os.path.getsize(path) / 1e6
        self.times = max(1, round(BASE_MB / self.mb))
        self.run()  # brings the file into the cache

    def run(self):
        return sum(cost(self.work, self.command)[0] for _ in range(self.times)) / self.times


def read_cases(path, only=""):
    with open(path, encoding="utf-8") as f:
        for line in f:
            work, mark, stretch, file, command = line.rstrip("\n").split("|", 4)
            if re.search(only, work):
                yield work, mark, stretch, file, command


def measure(base, command, pairs, stdout=subprocess.DEVNULL):
    ratios, cpus, walls, peak = [], [], [], 0
    for _ in range(pairs):
        wc = base.run()
        cpu, wall, rss = cost(base.work, command, stdout)
        ratios.append(cpu / wc)
        cpus.append(cpu)
        walls.append(wall)
        peak = max(peak, rss)
    cpu = median(cpus)
    return {
        "MB": f"{base.mb:.0f}",
        "x wc": f"{median(ratios):.2f}",
        "least": f"{min(ratios):.2f}",
        "most": f"{max(ratios):.2f}",
        "CPU s": f"{cpu:.2f}",
        "MB/CPU s": f"{base.mb / cpu:.0f}",
        "wall s": f"{median(walls):.2f}",
        "peak MB": f"{peak:.0f}",
    }


def sums_of(path):
    """District and bank to their sum: the last column of three, rounded to 0.01; a heading is passed over."""
    sums = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            fields = re.split(r"[\t|]", line.rstrip("\n"))
            if re.fullmatch(r"-?[0-9.]+(e[+-]?[0-9]+)?", fields[-1]):
                value = Decimal(fields[-1]).quantize(Decimal("0.01"), ROUND_HALF_UP)
                sums[fields[0], fields[1]] = value
    return sums


def judge(found, exact):
    wrong = sum(found.get(key) != value for key, value in exact.items())
    return {"groups off": f"{wrong} of {len(exact)}", "total off by": f"{sum(found.values()) - sum(exact.values())}"}


def computed_rows(path):
    """The last three columns of every row."""
    with open(path, encoding="utf-8") as f:
        next(f)
        for line in f:
            yield line.rstrip("\n").split("\t")[-3:]


def judge_rows(path, exact_path):
    """How many rows have a figure that is not the exact one, however it is written."""
    rows = off = 0
    for found, exact in itertools.zip_longest(computed_rows(path), computed_rows(exact_path), fillvalue=[]):
        rows += 1
        off += found != exact and list(map(Decimal, found)) != list(map(Decimal, exact))
    return {"rows off": f"{off} of {rows}"}


def show(title, rows):
    if not rows:
        return
    heads = list(rows[0])
    widths = [max(len(head), *(len(row[head]) for row in rows)) for head in heads]
    print(f"\n{title}")
    for row in [dict(zip(heads, heads))] + rows:
        cells = [row[head].rjust(width) for head, width in zip(heads, widths)]
        cells[0] = row[heads[0]].ljust(widths[0])
        print("  ".join(cells).rstrip())


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        model = re.search(r"^model name\s*: (.*)$", f.read(), re.M)
    return f"{model.group(1) if model else os.uname().machine}, {os.cpu_count()} processors"


def main():
    work, data, pairs = sys.argv[1], sys.argv[2], int(sys.argv[3])
    only = os.environ.get("BENCH_ONLY", "")
    bases = {}

    def base(file):
        if file not in bases:
            name, _, program = file.partition(":")
            bases[file] = Baseline(work, os.path.join(data, name), program)
        return bases[file]

    rows, over = [], []
    for name, mark, stretch, file, command in read_cases(os.path.join(work, "works"), only):
        print(f"bench: {name}", file=sys.stderr)
        row = {"work": name, **measure(base(file), command, pairs), "mark": mark, "stretch": stretch}
        row["met"] = "yes" if float(row["x wc"]) <= float(mark) else "no"
        if row["met"] == "no":
            over.append(name)
        rows.append(row)

    def run_peers(list_name, judge_output):
        """Runs each peer of a list once and judges what it wrote; the outputs stay until all are judged."""
        table, outputs = [], []
        for name, _, _, file, command in read_cases(os.path.join(work, list_name), only):
            print(f"bench: {name}", file=sys.stderr)
            outputs.append(os.path.join(work, f"{list_name}.{name}"))
            with open(outputs[-1], "wb") as f:
                figures = measure(base(file), command, 1, f)
            del figures["least"], figures["most"]
            table.append({"peer": name, **figures, **judge_output(outputs[-1], outputs[0])})
        for output in outputs:
            os.remove(output)
        return table

    exact = sums_of(os.path.join(data, "totals.tsv"))
    peers = run_peers("peers", lambda output, first: judge(sums_of(output), exact))
    derivers = run_peers("derivers", judge_rows)

    rivals = []
    for name, _, _, file, command in read_cases(os.path.join(work, "rivals"), only):
        print(f"bench: {name}", file=sys.stderr)
        figures = measure(base(file), command, 1)
        del figures["least"], figures["most"]
        rivals.append({"work: tool": name, **figures})

    print(machine())
    show(f"CPU of the filters as a ratio to `wc -l`: median of {pairs} pairs, least, most; mark and stretch are ratios",
         rows)
    show("The same sums by others: sum of balance by district and bank, once each", peers)
    show("The same columns by others: a sum, a product, a ratio, one condition, once each", derivers)
    show("Orders, joins and differences by others, once each", rivals)
    with open(os.path.join(work, "results.tsv"), "w", encoding="utf-8") as f:
        for table in (rows, peers, derivers, rivals):
            for row in [dict(zip(table[0], table[0]))] + table if table else []:
                f.write("\t".join(row.values()) + "\n")
    if over and os.environ.get("BENCH_GATE") == "1":
        sys.exit(f"bench: over the mark: {'; '.join(over)}")


if __name__ == "__main__":
    main()
