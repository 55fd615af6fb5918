# shellcheck shell=bash
# The built product: makes it where it is missing or older than its sources.

JAR=$CHECKOUT/ca-server/target/nameplate.jar
AOT_CACHE=$CHECKOUT/ca-server/target/nameplate.aot
export JAR AOT_CACHE
# shellcheck source-path=SCRIPTDIR source=aot.sh
. "$CHECKOUT/scripts/lib/aot.sh"

is_product_current() {
    [ -f "$JAR" ] || return 1
    local parts=("$CHECKOUT/pom.xml") module
    for module in est-protocol hsm schema ca-server; do
        parts+=("$CHECKOUT/$module/pom.xml" "$CHECKOUT/$module/src/main")
    done
    [ -z "$(find "${parts[@]}" -newer "$JAR" -print -quit 2>/dev/null)" ]
}

build_product() {
    build_jar
    train_aot_if_due
}

build_jar() {
    is_product_current && return
    say "building the product (the first time also fetches its libraries)"
    mkdir -p "$CHECKOUT/ca-server/target"
    (
        # Two commands at once build once.
        if command -v flock >/dev/null; then
            flock 9
        fi
        is_product_current && exit
        cd "$CHECKOUT" || exit 1
        if ! maven -q -B -pl ca-server -am package -DskipTests -Dspotless.check.skip=true 9>&- \
            >ca-server/target/build.log 2>&1; then
            grep -E '^\[ERROR\]' ca-server/target/build.log | head -n 20 >&2
            fail 3 "the build failed; all of its output is in ca-server/target/build.log"
        fi
        touch "$JAR"
    ) 9>"$CHECKOUT/ca-server/target/.building"
}

# Flags of the JVM for one command of the product: "serve" runs for months, the others for a second.
jvm_flags() {
    # The collector must be the one the AOT cache was made with. A burst of compiling needs no more code cache than this.
    printf '%s\n' -XX:+UseSerialGC -Xmx112m -XX:ReservedCodeCacheSize=96m
    if [ "$1" = serve ] && [ -n "${NAMEPLATE_SERVE_OPTS:-}" ]; then
        printf '%s\n' "$NAMEPLATE_SERVE_OPTS"
        return
    fi
    if [ "$1" != serve ]; then
        printf '%s\n' -XX:TieredStopAtLevel=1
    fi
    if is_aot_current; then
        printf '%s\n' "-XX:AOTCache=$AOT_CACHE" -Xlog:aot=off -Xlog:cds=off
    fi
}
