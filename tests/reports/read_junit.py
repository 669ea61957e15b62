#!/usr/bin/python3
"""Prints what Debian's junitparser reads in a JUnit file, one JSON line per suite and case; read_junit.mjs prints the same."""
import json
import sys

import junitparser


def shown(value):
    print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


for suite in junitparser.JUnitXml.fromfile(sys.argv[1]):
    shown([suite.name, suite.tests, suite.failures, suite.errors, suite.skipped, round(suite.time * 1e6)])
    for prop in suite.properties():
        shown(["property", prop.name, prop.value])
    for case in suite:
        results = [[type(r).__name__.lower(), r.type, r.message, r.text] for r in case.result]
        shown([case.classname, case.name, round(case.time * 1e6), results, case.system_out])
