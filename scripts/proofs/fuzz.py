"""One line of figures from libFuzzer's log: fuzz.py TARGET LOG CORPUS."""
import json
import pathlib
import re
import sys

name, log, corpus = sys.argv[1:]
text = pathlib.Path(log).read_text(errors="replace")
runs = re.findall(r"^Done (\d+) runs in (\d+) second", text, re.M)
cover = re.findall(r"cov: (\d+) ft: (\d+)", text)
stat = dict(re.findall(r"^stat::(\w+):\s+(\d+)", text, re.M))
print(json.dumps({
    "target": name,
    "finished": bool(runs),
    "runs": int(runs[-1][0]) if runs else int(stat.get("number_of_executed_units", 0)),
    "seconds": int(runs[-1][1]) if runs else None,
    "edges": int(cover[-1][0]) if cover else None,
    "features": int(cover[-1][1]) if cover else None,
    "corpus": sum(1 for _ in pathlib.Path(corpus).iterdir()),
    "slowest_unit_s": int(stat.get("slowest_unit_time_sec", 0)),
    "peak_rss_mb": int(stat.get("peak_rss_mb", 0)),
    "crashes": len(re.findall(r"^==\d+== ?ERROR|libFuzzer: (?:deadly signal|timeout|out-of-memory)", text, re.M)),
}))
