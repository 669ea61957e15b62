// Prints what the npm package junit2json reads in a JUnit file, as read_junit.py does with another parser.
import { readFileSync } from "node:fs";
import { parse } from "junit2json";

const shown = (value) => console.log(JSON.stringify(value));
const list = (value) => value ?? [];

for (const suite of list((await parse(readFileSync(process.argv[2], "utf8"))).testsuite)) {
  shown([suite.name, suite.tests, suite.failures, suite.errors, suite.skipped, Math.round(suite.time * 1e6)]);
  for (const property of list(suite.properties)) shown(["property", property.name, String(property.value)]);
  for (const one of list(suite.testcase)) {
    const results = [];
    for (const kind of ["skipped", "error", "failure"])
      for (const r of list(one[kind])) results.push([kind, r.type ?? null, r.message ?? null, r.inner]);
    shown([one.classname, one.name, Math.round(one.time * 1e6), results, one["system-out"][0]]);
  }
}
