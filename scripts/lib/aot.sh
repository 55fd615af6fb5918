# shellcheck shell=bash
# Makes the AOT cache beside the jar (JEP 514) by a training run of init, serve and one enrolment. The cache is a matter
# of speed alone: a JVM that cannot use it runs as if it were not there.

# train_aot: writes AOT_CACHE for the JAR as it is now
train_aot() {
    local scratch fresh=$AOT_CACHE.new
    scratch=$(mktemp -d)
    rm -f "$fresh"
    if NAMEPLATE_SERVE_OPTS="-XX:AOTCacheOutput=$fresh" "$CHECKOUT/scripts/quickstart" --once --home "$scratch/home" \
        --port-offset "${1:-20000}" >"$scratch/log" 2>&1 && [ -s "$fresh" ]; then
        mv "$fresh" "$AOT_CACHE"
    else
        tail -n 20 "$scratch/log" >&2
        rm -rf "$scratch"
        fail 1 "the training run for the AOT cache did not come to its end"
    fi
    rm -rf "$scratch"
}
