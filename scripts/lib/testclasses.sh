# shellcheck shell=bash
# The tests of ca-server as programs: fuzz targets and benches that need its test classes. Needs the JDK and maven.sh.

TEST_CLASSPATH=
export TEST_CLASSPATH

# Compiles the tests and sets TEST_CLASSPATH.
use_test_classes() {
    local list=$CHECKOUT/ca-server/target/test.classpath
    if [ -n "$(find "$CHECKOUT"/pom.xml "$CHECKOUT"/{est-protocol,hsm,schema,ca-server}/{pom.xml,src} \
        -newer "$list" -print -quit 2>&1)" ]; then
        say "compiling the tests"
        mkdir -p "$CHECKOUT/ca-server/target"
        if ! (cd "$CHECKOUT" && maven -q -B -pl ca-server -am test-compile dependency:build-classpath \
            -Dspotless.check.skip=true -Dmdep.outputFile="$list" -Dmdep.includeScope=test) \
            >"$CHECKOUT/ca-server/target/tests.log" 2>&1; then
            rm -f "$list"
            grep -E '^\[ERROR\]' "$CHECKOUT/ca-server/target/tests.log" | head -n 20 >&2
            fail 3 "the tests do not compile; all of the output is in ca-server/target/tests.log"
        fi
    fi
    TEST_CLASSPATH=$CHECKOUT/ca-server/target/test-classes:$CHECKOUT/ca-server/target/classes:$(cat "$list")
}
