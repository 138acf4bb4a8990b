"""Run every measure, print one JSON object a line and write the same to bench/latest.jsonl.

Exit 1 when a measure passes its limit; a measure whose program is missing is named on stderr and left out.
"""

import importlib
import json
import sys
from pathlib import Path

COLUMNS = ("logbook", "chart", "sending", "inbox", "replies")


def main(names: list[str]) -> int:
    lines: list[str] = []
    over = 0
    for name in names or COLUMNS:
        for row in importlib.import_module(f"bench.{name}").measure():
            line = json.dumps(row, ensure_ascii=False)
            print(line, flush=True)
            lines.append(line)
            if row["limit"] is not None and row["value"] > row["limit"]:
                print(f"over its limit: {row['name']}", file=sys.stderr)
                over += 1
    Path(__file__).with_name("latest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
