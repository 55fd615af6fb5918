# shellcheck shell=bash
# What every script here shares. Source it first; it sets CHECKOUT.
CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export CHECKOUT

say() { printf '%s\n' "$*" >&2; }

# fail CODE MESSAGE: 1 refused or broken, 2 wrong usage, 3 something is missing on this machine
fail() {
    local code=$1
    shift
    say "$(basename "$0"): $*"
    exit "$code"
}

# help_if_asked ARGUMENTS...: prints what the script says of itself at its top, and ends, where the first argument asks for it
help_if_asked() {
    case ${1:-} in
        -h | --help)
            sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$0"
            exit 0
            ;;
    esac
}
