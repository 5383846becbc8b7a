#!/usr/bin/env python3
"""examples.py PAGE: runs every example of a manual page. An example is a line `$ command` in a literal block of the
section EXAMPLES, followed by exactly what the command prints, standard error included."""
import os
import re
import subprocess
import sys
import tempfile


def unroff(line):
    line = re.sub(r"\\\(aq|\\\[aq\]", "'", line)
    line = re.sub(r"\\\(dq|\\\[dq\]", '"', line)
    line = re.sub(r"\\\(ti|\\\[ti\]", "~", line)
    line = re.sub(r"\\\(ha|\\\[ha\]", "^", line)
    line = re.sub(r"\\\(ga|\\\[ga\]", "`", line)
    line = line.replace("\\-", "-").replace("\\&", "").replace("\\(bs", "\\e").replace("\\[rs]", "\\e")
    return line.replace("\\e", "\\")


def examples(page):
    section, literal, found = "", False, []
    for line in open(page, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith(".Sh"):
            section = line[4:]
        elif line.startswith(".Bd") and "-literal" in line:
            literal = True
        elif line.startswith(".Ed"):
            literal = False
        elif literal and section == "EXAMPLES":
            line = unroff(line)
            if line.startswith("$ "):
                found.append([line[2:], []])
            elif line.startswith("> ") and found and not found[-1][1]:
                found[-1][0] += "\n" + line[2:]
            elif found:
                found[-1][1].append(line)
    return found


bad = 0
todo = examples(sys.argv[1])
with tempfile.TemporaryDirectory() as place:
    os.chdir(place)
    for command, want in todo:
        done = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        got = done.stdout.decode("utf-8", "replace").rstrip("\n").split("\n") if done.stdout else []
        while want and want[-1] == "":
            want.pop()
        while got and got[-1] == "":
            got.pop()
        if got != want:
            bad += 1
            print(f"{sys.argv[1]}: $ {command}\n  wanted:", *want, "  got:", *got, sep="\n    ")
print(f"{sys.argv[1]}: {len(todo)} examples, {bad} wrong")
sys.exit(1 if bad else 0)
