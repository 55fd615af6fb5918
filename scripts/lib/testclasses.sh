# shellcheck shell=bash
# The tests of ca-server as programs: fuzz targets and benches that need its test classes. Needs the JDK and maven.sh.

TEST_CLASSPATH=
export TEST_CLASSPATH

# Sets TEST_CLASSPATH, having compiled the tests where a build has not done so already.
use_test_classes() {
    local list=$CHECKOUT/ca-server/target/test.classpath
    if [ -n "$(find "$CHECKOUT"/pom.xml "$CHECKOUT"/{est-protocol,hsm,schema,ca-server}/{pom.xml,src} \
        -newer "$list" -print -quit 2>&1)" ]; then
        say "compiling the tests"
        mkdir -p "$CHECKOUT/ca-server/target"
        if ! (cd "$CHECKOUT" && maven -q -B -pl ca-server -am process-test-classes -Dspotless.check.skip=true) \
            >"$CHECKOUT/ca-server/target/tests.log" 2>&1; then
            rm -f "$list"
            grep -E '^\[ERROR\]' "$CHECKOUT/ca-server/target/tests.log" | head -n 20 >&2
            fail 3 "the tests do not compile; all of the output is in ca-server/target/tests.log"
        fi
        touch "$list"
    fi
    TEST_CLASSPATH=$CHECKOUT/ca-server/target/test-classes:$CHECKOUT/ca-server/target/classes:$(cat "$list")
}
