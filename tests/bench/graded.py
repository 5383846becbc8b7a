#!/usr/bin/env python3
"""graded.py BIN DIR: what credit by grade (L11) of 200,000 subjects takes, CPU seconds and memory, beside their marks: its cards, and
its tables, in a month of the sample that receives nothing else. One subject in eight has credit of two banks, one credit in
a thousand is beyond its limit. The site is made once, in DIR."""
import os
import random
import resource
import shutil
import subprocess
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
SUBJECTS, MONTH = 200_000, "2022-12"
# What it took when it was made, 0.4 and 4 seconds of CPU and 65 MB in the largest process, with room.
MARKS = {"the cards of L11": 1.0, "the month": 7.0}
MEGABYTES = 100
# bank, area, (grade, points, limit in 万元, rate %), base rate; as in refs/grade_rules.tsv
BANKS = [("B17", "DY", [("AAA", 90, 10, "4.40"), ("AA", 80, 8, "4.95"), ("A+", 70, 6, "5.55"), ("A", 60, 3, "6.15")], "6.15"),
         ("B16", "TS", [("AAA", 90, 15, "5.00"), ("AA", 80, 10, "5.30"), ("A+", 70, 6, "5.90")], "6.20"),
         ("B19", "FC", [("AAA", 90, 30, "4.60"), ("AA", 80, 20, "5.20"), ("A+", 70, 15, "5.50"), ("A", 60, 10, "6.10")], "6.10"),
         ("B23", "FC", [("AAA", 90, 10, "5.30"), ("AA", 80, 8, "5.95"), ("A+", 70, 5, "6.30")], "6.60")]


def credits(r):
    """The rows of L11 in the order of its key, a subject after the other."""
    for n in range(SUBJECTS):
        bank, area, grades, base = BANKS[r.randrange(3)]
        mine = [(bank, grades, base)]
        if area == "FC" and n % 8 < 3:                          # of a third: one in eight
            mine.append((BANKS[3][0], BANKS[3][2], BANKS[3][3]))
        for bank, grades, base in mine:
            grade, points, limit, rate = r.choice(grades)
            credit = limit * 100 + 50 if r.randrange(1000) == 0 else r.randrange(50, limit * 100 + 1)
            used = r.randrange(credit + 1) if r.randrange(2) else 0
            yield (f"{MONTH}\tN{n:07d}\tfarmer\t{area}\t{bank}\t{points + r.randrange(10)}\t{grade}\t{credit / 100:.2f}\t{used / 100:.2f}\t"
                   f"{base}\t{rate}\tcredit\n")


def make(site):
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(os.path.join(TOP, "samples"), site)
    os.makedirs(os.path.join(site, "spec"), exist_ok=True)
    with open(os.path.join(TOP, "pipelines/inputs.tsv"), encoding="utf-8") as f, open(os.path.join(site, "spec/inputs.tsv"), "w", encoding="utf-8") as out:
        out.writelines(x for x in f if x.startswith(("#", "input\t", "L11\t")) or "\treference\t" in x)
    for month in os.listdir(os.path.join(site, "ledgers")):
        head = open(os.path.join(site, "ledgers", month, "L11.tsv"), encoding="utf-8").readline()
        with open(os.path.join(site, "ledgers", month, "L11.tsv"), "w", encoding="utf-8") as f:
            f.write(head)
            if month == MONTH:
                f.writelines(credits(random.Random(11)))
    receipts = os.path.join(site, "inbox", MONTH, "receipts.tsv")
    head = open(receipts, encoding="utf-8").readline()
    with open(receipts, "w", encoding="utf-8") as f:
        f.write(head)
    for name in ("roster.tsv", "calendar.tsv"):
        head = open(os.path.join(site, "refs", name), encoding="utf-8").readline()
        with open(os.path.join(site, "refs", name), "w", encoding="utf-8") as f:
            f.write(head)


def cost(*command):
    """CPU seconds of a command and what it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(binaries, folder):
    site, build = os.path.join(folder, "graded"), os.path.join(folder, "graded.build")
    if not os.path.exists(os.path.join(site, "spec/inputs.tsv")):
        make(site)
    shutil.rmtree(build, ignore_errors=True)
    run = ["make", "-s", "-f", "pipelines/report.mk", f"SITE={site}", f"MONTH={MONTH}", f"OUT={folder}/graded.out", f"BUILD={build}", f"TB={binaries}/"]
    month = cost(*run, "checked", "tables")
    work = subprocess.run([*run, "where"], cwd=TOP, check=True, capture_output=True, text=True).stdout.strip()
    tables = ["-x", f"grade_rules_now={work}/views/grade_rules_now.tsv"]
    for name in ("areas", "institutions", "companies"):
        tables += ["-x", f"{name}={site}/refs/{name}.tsv"]
    cards = cost(f"{binaries}/validate", "-s", "pipelines/schema/L11.tsv", "-r", "pipelines/rules/L11.tsv", *tables, "-x", f"prior={work}/past/PRIOR_L11",
                 "-D", f"period={MONTH}", "-f", f"{folder}/graded.failures", "--max-errors", "0", "-o", "/dev/null", f"{site}/ledgers/{MONTH}/L11.tsv")
    with open(os.path.join(site, "ledgers", MONTH, "L11.tsv"), encoding="utf-8") as f:
        rows = sum(1 for _ in f) - 1
    print(f"credit by grade, {SUBJECTS} subjects, {rows} rows")
    for name, seconds in ("the cards of L11", cards), ("the month", month):
        print(f"  {name:20} {seconds:6.2f} CPU s (mark {MARKS[name]})" + ("  OVER" if seconds > MARKS[name] else ""))
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"  {'largest process':20} {megabytes:6.0f} MB    (mark {MEGABYTES})" + ("  OVER" if megabytes > MEGABYTES else ""))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: graded.py BIN DIR")
    main(*(os.path.abspath(x) for x in sys.argv[1:]))
