# shellcheck shell=bash
# Finds a JDK 25 and exports JAVA_HOME.

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

use_jdk_25() {
    local found candidate
    found=$(command -v javac || true)
    [ -z "$found" ] || found=$(dirname "$(dirname "$(readlink -f "$found")")")
    for candidate in "${JAVA_HOME:-}" "$found" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/* \
        /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
            export JAVA_HOME=$candidate
            return
        fi
    done
    fail 3 "no JDK 25 found: install one (Temurin 25, for instance) under /usr/lib/jvm or /opt, or set JAVA_HOME to it"
}
