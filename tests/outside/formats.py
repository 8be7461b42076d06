"""Frisk's files read by the programs that statisticians use: the same numbers must come out of each.

formats.py BASE: the address of a running `frisk serve`. Exit status 1 and a line each for what does not agree.
"""

import csv
import io
import json
import math
import sys
import tempfile
import urllib.request
from pathlib import Path

REPORTS = ["sjukfall-totalt", "aldersgrupp", "sjukskrivningsgrad"]
wrong = []


def fetch(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def expect(name, found, wanted):
    """Two lists of numbers (None = withheld or missing) must be the same."""
    same = len(found) == len(wanted) and all(
        (a is None and b is None) or (a is not None and b is not None and math.isclose(a, b, abs_tol=1e-9))
        for a, b in zip(found, wanted)
    )
    if not same:
        wrong.append(f"{name}: {found[:8]} … is not {wanted[:8]} …")
    print(f"{'ok' if same else 'WRONG':6} {name}: {len(wanted)} cells")


def blank(value):
    """A pandas or spreadsheet cell as a number or None."""
    if value is None or value in ("", ".", ".."):
        return None
    value = float(value)
    return None if math.isnan(value) else value


def files(base, report):
    """Every file format of one report against our own JSON."""
    import openpyxl
    import polars
    import pyarrow.ipc
    import pyarrow.parquet
    from jsonstat_validator import validate_jsonstat
    from pyaxis import pyaxis

    def get(name):
        return fetch(f"{base}/v1/statistics/{report}?format={name}")

    wanted = json.loads(get("json"))["values"]
    dataset = json.loads(get("json-stat"))
    validate_jsonstat(dataset)
    expect(f"{report} json-stat (jsonstat-validator)", dataset["value"], wanted)

    text = get("csv").decode()
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    expect(f"{report} csv (csv)", [blank(row["value"]) for row in rows], wanted)
    text = get("csv-semicolon").decode("utf-8-sig")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    frame = polars.read_csv(io.StringIO(lines), separator=";", decimal_comma=True, schema_overrides={"value": polars.Float64})
    expect(f"{report} csv-semicolon (polars)", frame["value"].to_list(), wanted)

    frame = pyarrow.parquet.read_table(io.BytesIO(get("parquet")))
    expect(f"{report} parquet (pyarrow)", frame["value"].to_pylist(), wanted)
    expect(f"{report} parquet (polars)", polars.read_parquet(io.BytesIO(get("parquet")))["value"].to_list(), wanted)
    frame = pyarrow.ipc.open_file(get("arrow")).read_all()
    expect(f"{report} arrow (pyarrow)", frame["value"].to_pylist(), wanted)

    book = openpyxl.load_workbook(io.BytesIO(get("xlsx")))
    header, *rows = book["Data"].iter_rows(values_only=True)
    column = header.index("value")
    expect(f"{report} xlsx (openpyxl)", [blank(row[column]) for row in rows], wanted)
    numbers = [c for row in book["Tabell"].iter_rows(min_row=5, values_only=True) for c in row if not isinstance(c, str)]
    expect(f"{report} xlsx table sheet", [blank(n) for n in numbers if n is not None], [n for n in wanted if n is not None])

    px = get("px")
    with tempfile.NamedTemporaryFile(suffix=".px") as file:
        Path(file.name).write_bytes(px)
        frame = pyaxis.parse(uri=file.name, encoding="utf-8", null_values=r'^"\."$', sd_values=r'^"\.\."$')["DATA"]
    expect(f"{report} px (pyaxis)", [blank(v) for v in frame["DATA"]], wanted)

    rows = list(csv.DictReader(io.StringIO(get("sdmx-csv").decode())))
    expect(f"{report} sdmx-csv (csv)", [blank(row["OBS_VALUE"]) for row in rows], wanted)
    return wanted


def sdmx(base, report, wanted):
    """SDMX-CSV by the library of the SDMX community."""
    from pysdmx.io import read_sdmx

    text = fetch(f"{base}/v1/statistics/{report}?format=sdmx-csv").decode()
    message = read_sdmx(text)
    frame = message.data[0].data
    expect(f"{report} sdmx-csv (pysdmx)", [blank(v) for v in frame["OBS_VALUE"]], wanted)


def clients(base, report):
    """SCB's interface by its two Python clients."""
    from pxstatspy import PxAPI, PxAPIConfig
    from pxweb import PxApi

    root = f"{base}/pxwebapi/v2"
    metadata = json.loads(fetch(f"{root}/tables/{report}/metadata"))
    # Codes, not `top(6)`: pxstatspy expands that by itself, to the oldest months.
    months = list(metadata["dimension"]["Tid"]["category"]["index"])[-6:]
    dataset = json.loads(fetch(f"{root}/tables/{report}/data?valuecodes[Tid]={','.join(months)}&valuecodes[sex]=*&valuecodes[Region]=*"
                               + "".join(f"&valuecodes[{v}]=*" for v in groups(root, report))))
    wanted = dataset["value"]

    api = PxApi(url=root, language="en", disable_cache=True)
    choice = {"Tid": months, "sex": ["*"], "Region": ["*"], "ContentsCode": ["*"]} | {v: ["*"] for v in groups(root, report)}
    rows = api.get_table_data(report, value_codes=choice)
    found = [blank(row["value"]) for row in rows]
    expect(f"{report} PxWebApi (pxwebpy)", found, wanted)

    api = PxAPI(PxAPIConfig(base_url=root, language="en"))
    frame = api.get_data_as_dataframe(table_id=report, value_codes=choice)
    numbers = [c for c in frame.columns if frame[c].dtype.kind in "fi"]
    expect(f"{report} PxWebApi (pxstatspy)", sorted(float(v) for v in frame[numbers[-1]]), sorted(wanted))


def groups(root, report):
    metadata = json.loads(fetch(f"{root}/tables/{report}/metadata"))
    return [v for v in metadata["id"] if v not in ("Tid", "sex", "Region", "ContentsCode")]


def main():
    base = sys.argv[1]
    for report in REPORTS:
        wanted = files(base, report)
        sdmx(base, report, wanted)
        clients(base, report)
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
