#!/usr/bin/env python3
"""`frisk survival` against R's `survival` on R's own data sets, to the digits that R printed.

The expected numbers are from R 4.2.2 with survival 3.x (REFERENCE_survival_R.txt beside the data). A number is right when
it differs by at most 1e-6, or by half of the last digit that R printed where R printed fewer.

usage: survival_reference.py FRISK DIR
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

frisk, folder = sys.argv[1], sys.argv[2]
checked = wrong = 0


def run(name, *options):
    path = name if os.path.isabs(name) else os.path.join(folder, name)
    lines = subprocess.run([frisk, "survival", path, *options], check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def near(what, found, printed):
    """`printed` is R's text."""
    global checked, wrong
    digits = printed.lower().split("e")
    decimals = len(digits[0].partition(".")[2]) - (int(digits[1]) if len(digits) > 1 else 0)
    checked += 1
    if abs(found - float(printed)) > max(1e-6, 0.5000001 * 10.0 ** -decimals) or abs(found - float(printed)) > 0.06:
        wrong += 1
        print(f"differs: {what}: {found!r}, R prints {printed}")


def with_column(name, columns):
    """The table with columns computed from the others."""
    with open(os.path.join(folder, name), newline="") as file:
        rows = [dict(row, **{column: value(row) for column, value in columns.items()}) for row in csv.DictReader(file)]
    path = os.path.join(work.name, name)
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def cox(what, answer, names, coefficients, errors):
    fit = next(line for line in answer if line["what"] == "cox")
    assert fit["covariates"] == names
    for name, found, printed in zip(names, fit["coefficients"], coefficients):
        near(f"{what}, {name}", found, printed)
    for name, found, printed in zip(names, fit["se"], errors):
        near(f"{what}, se of {name}", found, printed)
    return fit


work = tempfile.TemporaryDirectory()
# lung: status 1 = censored, 2 = dead.
lung = ["--time", "time", "--event", "status", "--censored", "1"]
curves = run("surv_R_lung.csv", *lung, "--at", "90,180,365", "--group", "sex", "--covariates", "sex")
everybody = curves[0]
for at, survival, error, lower, upper in zip(
    everybody["at"], ("0.882", "0.722", "0.409"), ("0.0214", "0.0298", "0.0358"), ("0.841", "0.666", "0.345"), ("0.925", "0.783", "0.486")
):
    for name, printed in (("survival", survival), ("se", error), ("lower_log", lower), ("upper_log", upper)):
        near(f"lung, {name} at {at['time']}", at[name], printed)
for found, printed in zip(everybody["median_log"], ("310", "285", "363")):
    near("lung, median", found, printed)
near("lung, restricted mean", everybody["restricted_mean"], "263.221866")
near("lung, its error", everybody["restricted_mean_se"], "7.798859")
for line, mean, error, median in zip(curves[1:3], ("241.4951", "297.4654"), ("10.35823", "10.79132"), (("270", "212", "310"), ("426", "348", "550"))):
    near(f"lung, sex {line['group']}, restricted mean", line["restricted_mean"], mean)
    near(f"lung, sex {line['group']}, its error", line["restricted_mean_se"], error)
    for found, printed in zip(line["median_log"], median):
        near(f"lung, sex {line['group']}, median", found, printed)
test = curves[3]
for found, printed in zip([*test["observed"], *test["expected"], test["chi_square"], test["p"]], ("112", "53", "91.6", "73.4", "10.3", "0.001")):
    near("lung, log-rank", found, printed)
cox("lung, sex alone", curves, ["sex"], ["-0.53102354"], ["0.16717858"])
three = ["age", "sex", "ph.ecog"]
fit = cox(
    "lung", run("surv_R_lung.csv", *lung, "--at", "365", "--covariates", ",".join(three)), three,
    ["0.011066765", "-0.552612396", "0.463728475"], ["0.009267411", "0.167739054", "0.113577266"],
)
for found, printed in zip([*fit["log_likelihood"], fit["concordance"]], ("-744.4804558", "-729.2301214", "0.63713549")):
    near("lung, log-likelihood and C", found, printed)
cox("lung, Breslow", run("surv_R_lung.csv", *lung, "--at", "365", "--breslow", "--covariates", ",".join(three)), three,
    ["0.011041136", "-0.551889570", "0.462947041"], [])

cells = {f"cell_{kind}": (lambda kind: lambda row: int(row["celltype"] == kind))(kind) for kind in ("smallcell", "adeno", "large")}
names = ["trt", *cells, "karno", "diagtime", "age", "prior"]
veteran = with_column("surv_R_veteran.csv", cells)
cox("veteran", run(veteran, "--time", "time", "--event", "status", "--at", "365", "--covariates", ",".join(names)), names,
    ["2.94603e-01", "8.61560e-01", "1.19607e+00", "4.01292e-01", "-3.28153e-02", "8.13205e-05", "-8.70647e-03", "7.15936e-03"],
    ["0.20754960", "0.27528447", "0.30091699", "0.28268864", "0.00550776", "0.00913606", "0.00930030", "0.02323054"])

aml = run("surv_R_aml.csv", "--time", "time", "--event", "status", "--group", "x", "--at", "20")
near("aml, log-rank", aml[3]["chi_square"], "3.39639")
for line, median in zip(aml[1:3], (("31", "18"), ("23", "8"))):
    for found, printed in zip(line["median_log"], median):
        near(f"aml, {line['group']}", found, printed)

# mgus2: progression (1) or death without it (2).
mgus2 = with_column("surv_R_mgus2.csv", {
    "etime": lambda row: row["ptime"] if row["pstat"] == "1" else row["futime"],
    "cause": lambda row: 1 if row["pstat"] == "1" else 2 * int(row["death"]),
    "pcm": lambda row: row["pstat"],
    "male": lambda row: int(row["sex"] == "M"),
})
competing = run(mgus2, "--time", "etime", "--event", "cause", "--group", "sex", "--at", "60,120,240")
for line, values in zip(competing[1:3], ((("0.0341037", "0.0637222", "0.0998137"), ("0.00488926", "0.00679685", "0.00978485")),
                                         (("0.320367", "0.531818", "0.724028"), ("0.0125674", "0.0140596", "0.0156063")))):
    for at, incidence, error in zip(line["at"], *values):
        near(f"mgus2, cause {line['cause']} at {at['time']}", at["incidence"], incidence)
        near(f"mgus2, its error at {at['time']}", at["se"], error)
for at, printed, error in zip(competing[0]["at"], ("0.645529", "0.404460", "0.176158"), ("0.0128851", "0.0139023", "0.0145405")):
    near(f"mgus2, free at {at['time']}", at["survival"], printed)
    near(f"mgus2, its error at {at['time']}", at["se"], error)
means = {(line["group"], line.get("cause")): line.get("restricted_time", line.get("restricted_mean")) for line in competing[3:] if "group" in line}
for key, printed in {("F", None): "118.24330", ("M", None): "104.10015", ("F", 1): "15.87940", ("M", 1): "12.77632",
                     ("F", 2): "105.87730", ("M", 2): "123.12353"}.items():
    near(f"mgus2, mean time {key}", means[key], printed)
cox("mgus2, cause-specific", run(mgus2, "--time", "etime", "--event", "pcm", "--at", "60", "--covariates", "age,male"), ["age", "male"],
    ["0.0130386", "-0.0251378"], ["0.00825869", "0.18845585"])

names = ["fin", "age", "race", "wexp", "mar", "paro", "prio"]
cox("rossi", run("surv_rossi.csv", "--time", "week", "--event", "arrest", "--at", "52", "--covariates", ",".join(names)), names,
    ["-0.3794222", "-0.0574377", "0.3138998", "-0.1497957", "-0.4337039", "-0.0848711", "0.0914971"],
    ["0.1913795", "0.0219995", "0.3079928", "0.2122243", "0.3818681", "0.1957567", "0.0286485"])
print(f"survival against R: {checked} numbers, {wrong} differ")
sys.exit(wrong > 0)
