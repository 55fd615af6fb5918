# shellcheck shell=bash
# maven ARGS: an installed mvn that is new enough, else the wrapper.

maven() {
    if has_maven; then
        mvn "$@"
    else
        "$CHECKOUT/mvnw" "$@"
    fi
}

has_maven() {
    command -v mvn >/dev/null || return 1
    local version
    version=$(cd / && mvn -v 2>/dev/null | sed -n 's/^.*Apache Maven \([0-9.]*\).*$/\1/p' | head -n 1)
    [ -n "$version" ] && [ "$(printf '3.8.6\n%s\n' "$version" | sort -V | head -n 1)" = 3.8.6 ]
}
