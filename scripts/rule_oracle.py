#!/usr/bin/env python3
"""`frisk validate` on thousands of changed copies of Inera's samples, against the official rules themselves.

usage: rule_oracle.py FRISK DATA [--per-type N] [--sweep] [--seed S] [--show N]

The schema is run by lxml, the schematron rules by Saxon (XPath 2), both read from DATA at run time. Each sample of a type
is changed in one to three places: an answer or part taken away, doubled or renamed, a code, date, number, truth value or
text replaced. Frisk must give each copy the verdict that schema and rules give; and where the schema holds, name each rule
that is broken (it may name more: in a pattern, only the first official rule that fits a place is looked at). A rule that
fails with an error, such as one that meets two dates where it expects one, counts as broken.
Prints a table by type; exit status 1 on a difference.

schematron_rules.csv lacks the definitions (`let`) that some tests use: they are written below, from the rule sets that
Inera publishes (github.com/sklintyg/schemas, clinicalprocess-healthcond-certificate-schematron).
"""

import argparse
import collections
import copy
import csv
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

RG = "urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:3"
GN = "urn:riv:clinicalprocess:healthcond:certificate:3"
TP = "urn:riv:clinicalprocess:healthcond:certificate:types:3"
NS = {"gn": GN, "tp": TP}
SVAR, DELSVAR, INSTANS = f"{{{GN}}}svar", f"{{{GN}}}delsvar", f"{{{GN}}}instans"
XSD = "schemas/xsd/rivta/clinicalprocess-healthcond-certificate/schemas/interactions/RegisterCertificateInteraction"

# Which question ids a certificate may hold.
QUESTIONS = {
    "af00213.v1": "^[12345]$",
    "ag7804.v1": "^([16]|1[79]|2[05789]|3[234579]|4[04]|10[03])$",
    "db.v1": "^([1234567])$",
    "doi.v1": "^([123489]|1[01234])$",
    "lisjp.v1": "^([16]|1[79]|2[056789]|3[234579]|4[04]|9[0-9]{3})$",
    "luae_fs.v1": "^([12346]|1[56]|2[56]|9[0-9]{3})$",
    "luae_na.v1": "^([123456789]|1[01234789]|2[0123456]|45|9[0-9]{3})$",
    "luse.v1": "^([123456789]|1[01234789]|2[012356]|45|9[0-9]{3})$",
    "tstrk1007.v6": "^[1-9]$|1[0-9]$|2[0-9]$|3[0-4]$",
    "tstrk1007.v7": "^[1-9]$|1[0-9]$|2[0-9]$|3[0-4]$",
    "tstrk1031.v3": "^[128]$|18$|3[23457]$|4[15]$|10[036789]$|110$|20[78]$",
    "tstrk1031.v4": "^1$|2$|205$|35$|18$|207$|208$|209$|210$|200$|201$|110$|202$|106$|107$|203$|204$|206$|34$|33$|32$",
    "tstrk1062.v1": "^([1]|[2]|5[1-9]|6[01]|3[23])$",
}
# Parts of a question that no rule mentions.
PARTS = {
    ("tstrk1007.v6", "8"): "12345678", ("tstrk1007.v7", "8"): "123456789", ("tstrk1007", "16"): "12",
    ("tstrk1007", "19"): "123", ("tstrk1007", "21"): "12", ("tstrk1007", "25"): "123",
}  # fmt: skip
BIRTH = """xs:date(string-join((substring((//gn:person-id/tp:extension)[1],1,4), substring((//gn:person-id/tp:extension)[1],5,2),
  format-number(number(substring((//gn:person-id/tp:extension)[1],7,2)) mod 60, '00')), '-'))"""
# Definitions inside a rule, evaluated at its node.
LOCAL = {
    "cstart": {"q32": "normalize-space(gn:delsvar[@id='32.2']/tp:datePeriod/tp:start)",
               "q6": "normalize-space(gn:delsvar[@id='6.2']/tp:datePeriod/tp:start)"},
    "cend": {"q32": "normalize-space(gn:delsvar[@id='32.2']/tp:datePeriod/tp:end)",
             "q6": "normalize-space(gn:delsvar[@id='6.2']/tp:datePeriod/tp:end)"},
    "countValue": {"q1": "count(gn:svar[@id='1'])", "q51-6": "count(../../gn:svar[@id='6'])",
                   "q8.2-81": "count(../../../gn:delsvar[@id='8.2'])"},
    "onskarformedlaDiagnos": {"intyg": "normalize-space(gn:svar[@id='100']/gn:delsvar[@id='100.1'])"},
    "instansNr": {"q9.2": "number(../gn:instans)", "q9-instans": "number(gn:instans)"},
    "dateValue": {"": "xs:date(tp:partialDate/tp:value)"},
    "currYear": {"": "year-from-date(current-date())"},
    "currDate": {"": "xs:date(current-date())"},
    "birthYear": {"": "substring((//gn:person-id/tp:extension)[1],1,4)"},
    "birthDate": {"": BIRTH},
    "iavExpr": {"": "'^IAV([1-9]$|10$)'"},
    "varExpr": {"q33.1": "'^VAR([1-9]$|1[01]$)'", "q1.1": "'^VAR([1-9]$|1[1-8]$)'"},
}  # fmt: skip
GLOBAL = {"dodsdatum": "xs:string((//gn:delsvar[@id='2.2'])[1])", "antraffadDod": "xs:string((//gn:delsvar[@id='2.3'])[1])"}


def rule_sets(data):
    """The rows of each rule set, in order."""
    sets = collections.defaultdict(list)
    with open(data / "schemas/schematron_rules.csv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            sets[row["schema"]].append(row)
    return sets


def part_pattern(name, rows, question):
    """Which part ids an answer to a question may hold."""
    known = PARTS.get((name, question)) or PARTS.get((name.partition(".")[0], question))
    if known:
        return rf"^{question}\.[{known}]$"
    ids = set()
    for row in rows:
        ids |= set(re.findall(rf"@id='?({question}\.\d+)'?", row["context"] + " " + row["test_or_abstract_rule"]))
    return "^(" + "|".join(sorted(re.escape(part) for part in ids)) + ")$"


def definitions(name, rows, row, test):
    """Variables that a test uses."""
    lines = []
    if "$svarsIdExpr" in test:
        lines.append(("svarsIdExpr", f"'{QUESTIONS[name]}'"))
    if "$delsvarsIdExpr" in test:
        question = re.search(r"@id='?(\d+)'?", row["context"])[1]
        lines.append(("delsvarsIdExpr", f"'{part_pattern(name, rows, question)}'"))
    for variable, by_pattern in LOCAL.items():
        if re.search(rf"\${variable}\b", test):
            lines.append((variable, by_pattern.get(row["pattern"]) or by_pattern[""]))
    return "".join(f'<xsl:variable name="{v}" select={quoteattr(e)}/>' for v, e in lines)


def stylesheet(name, rows):
    """A rule set as XSLT: one mode a pattern; of the rules of a pattern the first that fits a node counts."""
    abstract = collections.defaultdict(list)
    patterns = collections.OrderedDict()
    for row in rows:
        if row["context"].startswith("abstract:"):
            abstract[row["context"].partition(":")[2]].append(row["test_or_abstract_rule"])
        else:
            rules = patterns.setdefault(row["pattern"], collections.OrderedDict())
            rules.setdefault(row["context"], []).append(row)
    out = [
        f'<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:rg="{RG}" xmlns:gn="{GN}"'
        f' xmlns:tp="{TP}" xmlns:xs="http://www.w3.org/2001/XMLSchema"><xsl:output method="text"/>'
    ]
    used = " ".join(row["context"] + row["test_or_abstract_rule"] for row in rows)
    for variable, expression in GLOBAL.items():
        if "$" + variable in used:
            out.append(f'<xsl:variable name="{variable}" select={quoteattr(expression)}/>')
    calls = []
    for number, (pattern, rules) in enumerate(patterns.items()):
        calls.append(f'<xsl:apply-templates select="/" mode="m{number}"/>')
        out.append(f'<xsl:template match="*|/" mode="m{number}" priority="-1"><xsl:apply-templates select="*" mode="m{number}"/></xsl:template>')
        for place, (context, tests) in enumerate(rules.items()):
            body = []
            for row in tests:
                extends = row["kind"] == "extends"
                for test in abstract[row["test_or_abstract_rule"]] if extends else [row["test_or_abstract_rule"]]:
                    body.append(
                        f"{definitions(name, rows, row, test)}"
                        f"<xsl:if test={quoteattr('not(' + test + ')')}><xsl:text>{escape(pattern)}&#10;</xsl:text></xsl:if>"
                    )
            scoped = "".join(f"<xsl:for-each select='.'>{part}</xsl:for-each>" for part in body)
            out.append(
                f'<xsl:template match={quoteattr(context)} mode="m{number}" priority="{1000 - place}">{scoped}'
                f'<xsl:apply-templates select="*" mode="m{number}"/></xsl:template>'
            )
    out.append(f'<xsl:template match="/" priority="9999">{"".join(calls)}</xsl:template></xsl:stylesheet>')
    return "".join(out)


class Official:
    """Schema and rules."""

    def __init__(self, data):
        folder = data / XSD
        # lxml resolves the schema's includes beside it.
        self.schema = etree.XMLSchema(etree.parse(str(folder / "RegisterCertificateResponder_3.1.xsd")))
        # Saxon writes each error to descriptor 2, besides raising it; Python keeps one of its own.
        sys.stderr = os.fdopen(os.dup(2), "w")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        self.saxon = PySaxonProcessor(license=False)
        self.compiler = self.saxon.new_xslt30_processor()
        self.sets = rule_sets(data)
        self.compiled = {}

    def broken(self, name, text):
        """Patterns that a document breaks."""
        if name not in self.compiled:
            self.compiled[name] = self.compiler.compile_stylesheet(stylesheet_text=stylesheet(name, self.sets[name]))
        node = self.saxon.parse_xml(xml_text=text)
        sheet = self.compiled[name]
        sheet.set_global_context_item(xdm_item=node)
        try:
            found = sheet.transform_to_string(xdm_node=node) or ""
        except PySaxonApiError as error:
            return {"error: " + str(error).split("\n")[0][:80]}
        return set(found.split())


def rule_set(kind, version):
    """The rule set of a type."""
    kind = {"AG1-14": "AG114", "TS-BAS": "TSTRK1007", "TSTRK1031-002": "TSTRK1031"}.get(kind, kind)
    main = int(version.partition(".")[0] or 0)
    if kind == "TSTRK1007":
        return "tstrk1007.v6" if main < 7 else "tstrk1007.v7"
    if kind == "TSTRK1031":
        return "tstrk1031.v3" if main < 4 else "tstrk1031.v4"
    return "fk7263sit" if kind == "FK7263" else kind.lower() + ".v1"


VALUES = {
    "code": ["XXX", "", "ANNAT", "EJ_AKTUELLT", "F32", "Z73", "M545", "VAR11", "VAR9", "IAV10", "IAV3", "NI", "HALFTEN", "E11", "NUVARANDE_ARBETE", "UNDERSOKNING_SKA_GORAS", "ATER_X_ANTAL_DGR", "DELTID"],
    "codeSystem": ["", "KV_FKMU_0003", "1.2.752.116.1.1.1.1.3", "1.2.752.116.1.3.1.4.1", "1x2.752.116.1.1.1.1.3"],
    "start": ["2001-01-01", "2100-01-01", "2019-02-30", "2019-1-1", "2018-05-01Z"],
    "end": ["2001-01-01", "2100-01-01", "2019-02-30", " 2030-01-01"],
    "value": ["0", "0.0", "7.0", "39", "40", "100.0", "101", "1800", "2200", "2015", "2015-13-01", "2015-05", "2999-01-01", "1850-01-01", "75"],
    "unit": ["", "h", "%", "kg"],
    "format": ["YYYY", "YYYY-MM", "YYYY-MM-DD"],
    "text": ["", "  ", "true", "false", "1", "0", " true ", "ja", "2015-01-01", "2999-12-31", "1850-01-01", "2015-02-30", "2015-01-00",
             "0.05", "0.3", "0.79", "1.9", "2.1", "-1", "abc", "+1.", "1e0", "x" * 41, "x" * 54, "y" * 72, "z" * 190, "2017-01-01Z", "\n2017-01-01", "TRUE"],
    "instans": ["0", "1", "2", "3", "99", "-1"],
    "version": [],
    "extension": ["191212121212", "201501012399", "195001612381"],
}  # fmt: skip


class Changer:
    """Changes of a document, by chance but from a seed."""

    def __init__(self, dice, pool):
        self.dice = dice
        self.pool = pool

    def change(self, root):
        """Changes one place; says what."""
        answers = list(root.iter(SVAR))
        if not answers:
            return None
        answer = self.dice.choice(answers)
        parts = list(answer.iter(DELSVAR))
        part = self.dice.choice(parts) if parts else None
        what = self.dice.choice(["drop", "drop part", "double", "double part", "rename", "rename part", "value", "value", "value", "value", "value", "borrow", "borrow part", "wrap", "person", "move", "header"])
        if what == "header":
            return self.header(root)
        parent = answer.getparent()
        if what == "drop":
            parent.remove(answer)
        elif what == "double":
            twin = copy.deepcopy(answer)
            for number in twin.iter(INSTANS):
                if self.dice.random() < 0.7:
                    number.text = str(int(number.text or 0) + 1) if (number.text or "").strip().isdigit() else number.text
            answer.addnext(twin)
        elif what == "rename":
            answer.set("id", self.dice.choice([a.get("id") for a in answers] + ["99", "9000", "9001", "9002", "10005", "110", "3"]))
        elif what == "borrow":
            other = copy.deepcopy(self.dice.choice(self.pool))
            answer.addnext(other)
            what = f"borrow {other.get('id')}"
        elif what == "move":
            parent.remove(answer)
            others = list(parent.iterchildren(SVAR))
            (others[0].addprevious if others else parent.append)(answer)
        elif what == "person":
            for number in root.iterfind(".//gn:person-id/tp:extension", NS):
                number.text = self.dice.choice(VALUES["extension"])
        elif part is None:
            return None
        elif what == "drop part":
            answer.remove(part)
        elif what == "double part":
            part.addnext(copy.deepcopy(part))
        elif what == "rename part":
            part.set("id", self.dice.choice([p.get("id") for p in parts] + [answer.get("id") + "." + str(self.dice.randint(1, 9))]))
        elif what == "borrow part":
            donors = [p for a in self.pool if a.get("id") == answer.get("id") for p in a.iter(DELSVAR)]
            if not donors:
                return None
            part.addnext(copy.deepcopy(self.dice.choice(donors)))
        elif what == "wrap":
            etree.SubElement(part, "{urn:x}y").text = self.dice.choice([None, "true", "text"])
        else:
            leaves = [e for e in answer.iter() if not len(e) and isinstance(e.tag, str) and e.tag != SVAR]
            leaf = self.dice.choice(leaves)
            name = etree.QName(leaf).localname
            choices = VALUES.get("text" if name == "delsvar" else name, [""])
            if name == "code":
                choices = choices + [e.text for e in root.iter(f"{{{TP}}}code")] + [f" {leaf.text} "]
            leaf.text = self.dice.choice(choices or [leaf.text])
            what = f"{leaf.getparent().get('id') or ''} {name}={leaf.text!r}"
        where = part.get("id") if part is not None else ""
        return f"{what} [{answer.get('id')} {where}]"


    def header(self, root):
        """Changes a place outside the answers."""
        places = [e for e in root.iter() if e.getparent() is not None and not any(a.tag == SVAR for a in [e, *e.iterancestors()])]
        place = self.dice.choice(places[1:] or places)
        what = self.dice.choice(["drop", "double", "text", "text", "attribute", "rename", "swap", "namespace", "new"])
        if what == "text" and etree.QName(place).localname in ("code", "version"):
            return None  # The rule set is chosen by type and version.
        if what == "drop":
            place.getparent().remove(place)
        elif what == "double":
            place.addnext(copy.deepcopy(place))
        elif what == "text":
            place.text = self.dice.choice(["", " ", "x", "2025-01-01", "2025-01-01T10:00:00", "2025-01-01T10:00:00Z", "2025-13-01T10:00:00", "19121212-1212", "191212121212", "0", "-1", "true"])
        elif what == "attribute":
            place.set(self.dice.choice(["id", "nil", "{http://www.w3.org/2001/XMLSchema-instance}nil", "{urn:x}a"]), "true")
        elif what == "rename":
            place.tag = name(etree.QName(place).namespace, self.dice.choice(["fornamn", "efternamn", "extension", "enhetsnamn", "epost", "relation", "x"]))
        elif what == "namespace":
            place.tag = name(self.dice.choice([GN, TP, RG, "urn:x"]), etree.QName(place).localname)
        elif what == "swap":
            after = place.getnext()
            if after is None:
                return None
            after.addnext(place)
        else:
            etree.SubElement(place, name(self.dice.choice([GN, TP, "urn:x", None]), self.dice.choice(["x", "mellannamn", "displayName", "typ"])))
        return f"header {what} {etree.QName(place).localname}"


def name(namespace, local):
    """A tag as lxml has it."""
    return f"{{{namespace}}}{local}" if namespace else local


def sweep(name, file, root):
    """Every answer and part of a document taken away and doubled, every value replaced: one change a copy."""
    def copies(elements, changes):
        for place, _ in enumerate(elements):
            for label, change in changes:
                other = copy.deepcopy(root)
                element = list(e for e in other.iter() if e.tag in (SVAR, DELSVAR))[place] if changes is not VALUE_CHANGES else leaves(other)[place]
                change(element)
                yield name, f"{file}: sweep {label} {element.tag.rpartition('}')[2]} {element.get('id') or ''} {place}", etree.tostring(other, encoding="unicode")

    yield from copies([e for e in root.iter() if e.tag in (SVAR, DELSVAR)], [
        ("drop", lambda e: e.getparent().remove(e)),
        ("double", lambda e: e.addnext(copy.deepcopy(e))),
        ("rename", lambda e: e.set("id", e.get("id") + "7")),
    ])  # fmt: skip
    yield from copies(leaves(root), VALUE_CHANGES)


def leaves(root):
    """Elements inside answers that hold text only."""
    inside = (e for answer in root.iter(SVAR) for e in answer.iter())
    return [e for e in inside if not len(e)]


def setter(value):
    return lambda element: setattr(element, "text", value)


VALUE_CHANGES = [(repr(value), setter(value)) for value in ("", "XXX", "true", "false", "0", "2999-01-01", "x" * 200)]


def samples(data):
    """Root elements of all RegisterCertificate v3 samples, by rule set."""
    found = collections.defaultdict(list)
    with open(data / "certificates/VERDICTS.csv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["root"].endswith("RegisterCertificateResponder:3}RegisterCertificate"):
                root = etree.parse(str(data / row["file"]), etree.XMLParser(remove_comments=True)).getroot()
                kind = root.findtext(".//gn:typ/tp:code", "", NS).strip().upper()
                name = rule_set(kind, root.findtext(".//gn:version", "", NS).strip())
                found[name].append((row["file"], root))
    return found


def changed(found, per_set, seed, swept):
    """Changed copies: name of the rule set, what was changed, the text."""
    for name, originals in sorted(found.items()):
        dice = random.Random(f"{seed} {name}")
        pool = [answer for _, root in originals for answer in root.iter(SVAR)]
        if swept and name in swept:
            yield from sweep(name, *swept[name])
        changer = Changer(dice, pool)
        for number in range(per_set):
            file, root = originals[number % len(originals)] if number < len(originals) else dice.choice(originals)
            root = copy.deepcopy(root)
            done = [] if number < len(originals) else [changer.change(root) for _ in range(dice.choice([1, 1, 1, 2, 3]))]
            yield name, f"{file}: {', '.join(filter(None, done))}", etree.tostring(root, encoding="unicode")


def fullest(official, name, originals):
    """The valid sample that has the most different parts."""
    def parts(root):
        return len({part.get("id") for part in root.iter(DELSVAR)})

    valid = [(file, root) for file, root in originals if not official.broken(name, etree.tostring(root, encoding="unicode"))]
    return max(valid or originals, key=lambda pair: parts(pair[1]))


def validate(frisk, folder):
    """What frisk says of each file of a folder."""
    run = subprocess.run([frisk, "validate", "--json", str(folder)], capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"frisk validate: exit status {run.returncode}: {run.stderr.strip()[-500:]}")
    answers = (json.loads(line) for line in run.stdout.splitlines() if line.strip())
    return {pathlib.Path(answer["path"]).name: answer for answer in answers}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("frisk")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--per-type", type=int, default=150)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--sweep", action="store_true", help="also change every place of one valid sample a type, one by one")
    parser.add_argument("--show", type=int, default=10)
    given = parser.parse_args()
    data, official = given.data.resolve(), Official(given.data.resolve())
    table, wrong = collections.defaultdict(collections.Counter), []
    with tempfile.TemporaryDirectory() as folder:
        found = samples(data)
        swept = {name: fullest(official, name, originals) for name, originals in found.items()} if given.sweep else {}
        documents = list(changed(found, given.per_type, given.seed, swept))
        for number, (_, _, text) in enumerate(documents):
            (pathlib.Path(folder) / f"{number:06}.xml").write_text(text, encoding="utf-8")
        answers = validate(given.frisk, folder)
    for number, (name, what, text) in enumerate(documents):
        answer = answers[f"{number:06}.xml"]
        schema = official.schema.validate(etree.fromstring(text))
        broken = official.broken(name, text)
        verdict = "accepted" if schema and not broken else "rejected"
        errors = {reason["rule"] for reason in answer["reasons"] if reason.get("severity") != "warning"}
        ours = {rule.partition("/")[2] for rule in errors if not rule.startswith("xsd/")}
        counts = table[name]
        counts["documents"] += 1
        counts[verdict] += 1
        if answer["verdict"] != verdict:
            counts["other verdict"] += 1
            wrong.append(f"{name} {what}: frisk {answer['verdict']} {sorted(errors)}, official {'' if schema else 'schema '}{sorted(broken)}")
        elif schema and broken - ours and not any(rule.startswith("error") for rule in broken):
            counts["rules missed"] += 1
            wrong.append(f"{name} {what}: frisk {sorted(ours)}, official {sorted(broken)}")
        for rule in broken:
            counts["rule " + rule] += 1
    columns = ["documents", "accepted", "rejected", "other verdict", "rules missed"]
    print(f"{datetime.date.today()}  {'rule set':14}" + "".join(f"{c:>15}" for c in columns) + f"{'patterns broken':>18}")
    for name, counts in sorted(table.items()):
        patterns = {row["pattern"] for row in official.sets[name] if not row["context"].startswith("abstract:")}
        seen = sum(1 for pattern in patterns if counts["rule " + pattern])
        print(f"            {name:14}" + "".join(f"{counts[c]:15}" for c in columns) + f"{seen:>10} of {len(patterns)}")
    for line in wrong[: given.show]:
        print(f"  DIFFERENT {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
