# shellcheck shell=bash
# What the test runs of Maven reported, over all modules.

report_files() {
    find "$CHECKOUT" -path '*/target/*-reports/TEST-*.xml' -not -path '*/.git/*' "$@"
}

# So that only what ran now is counted.
remove_reports() {
    report_files -delete
}

# Prints: tests, failures and errors, skipped, tests of integration test classes.
count_reports() {
    report_files -print0 | xargs -0 -r grep -hoE -m 1 '<testsuite [^>]*' /dev/null | awk '
        function attribute(name,    found) {
            if (!match($0, " " name "=\"[^\"]*\"")) return ""
            found = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
            return found
        }
        {
            tests += attribute("tests")
            failed += attribute("failures") + attribute("errors")
            skipped += attribute("skipped")
            if (attribute("name") ~ /IT$/) its += attribute("tests")
        }
        END { print tests + 0, failed + 0, skipped + 0, its + 0 }'
}
