"""Leaves a column out of a CSV: `without.py COLUMN < in.csv > out.csv`.

akey reads who came in one party and weighs it as no peer can; both are therefore also compared on a
file that does not say it.
"""

import csv
import sys


def main() -> None:
    rows = csv.reader(sys.stdin)
    header = next(rows)
    place = header.index(sys.argv[1])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(header[:place] + header[place + 1 :])
    out.writerows(row[:place] + row[place + 1 :] for row in rows)


if __name__ == "__main__":
    main()
