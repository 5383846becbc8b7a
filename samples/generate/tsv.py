"""Reading and writing plain TSV: UTF-8, LF, one header line, '#' comment lines."""
import os


def read(path):
    """Rows of a table as dicts."""
    with open(path, encoding="utf-8", newline="") as f:
        lines = [x for x in f.read().split("\n") if x and not x.startswith("#")]
    head = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        fields = line.split("\t")
        if len(fields) != len(head):
            raise ValueError("%s: %d fields, %d expected: %s"
                             % (path, len(fields), len(head), line))
        rows.append(dict(zip(head, fields)))
    return rows


def beside(name):
    """Path of an input table that stands beside the generator."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), name)


def write(path, head, rows, comments=()):
    """rows are sequences in the order of head."""
    out = ["# " + c for c in comments]
    out.append("\t".join(head))
    out.extend("\t".join(row) for row in rows)
    put(path, ("\n".join(out) + "\n").encode("utf-8"))


def put(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
