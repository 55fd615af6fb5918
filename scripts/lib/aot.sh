# shellcheck shell=bash
# Makes the AOT cache beside the jar (JEP 514) by a training run of init, serve and the quickstart's demonstration. The
# cache is a matter of speed alone: a JVM that cannot use it runs as if it were not there.

is_aot_current() { [ -f "$AOT_CACHE" ] && [ "$AOT_CACHE" -nt "$JAR" ]; }

# Once per build, where there is a token to train with.
train_aot_if_due() {
    if [ -n "${NAMEPLATE_TRAINING:-}" ] || is_aot_current || ! command -v softhsm2-util >/dev/null; then
        return
    fi
    (
        # Two commands at once train once.
        if command -v flock >/dev/null; then
            flock 8
        fi
        if ! is_aot_current; then
            say "training a cache for a quick start (once per build)"
            train_aot 8>&- || say "there is no cache for a quick start, so the server starts in seconds instead of one"
        fi
    ) 8>"$AOT_CACHE.training"
}

# train_aot: writes AOT_CACHE for the JAR as it is now
train_aot() {
    local scratch fresh=$AOT_CACHE.new done=1
    scratch=$(mktemp -d)
    rm -f "$fresh"
    if env -u SOFTHSM2_CONF -u NAMEPLATE_HOME NAMEPLATE_TRAINING=yes NAMEPLATE_SERVE_OPTS="-XX:AOTCacheOutput=$fresh" \
        "$CHECKOUT/scripts/quickstart" --once --home "$scratch/home" \
        --port-offset $((20000 + RANDOM % 20000)) >"$scratch/log" 2>&1 && [ -s "$fresh" ]; then
        mv "$fresh" "$AOT_CACHE" && done=0
    else
        tail -n 5 "$scratch/log" >&2
    fi
    rm -rf "$scratch"
    return $done
}
