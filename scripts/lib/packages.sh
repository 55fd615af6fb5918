# shellcheck shell=bash
# Debian packages that the scripts need: installed where that is possible, otherwise named in one line to type.

# is_there PACKAGE: true where what the package brings is on this machine, however it came there
is_there() {
    case $1 in
        softhsm2) command -v softhsm2-util >/dev/null && softhsm_module >/dev/null ;;
        opensc) command -v pkcs11-tool >/dev/null ;;
        strongswan-pki) command -v pki >/dev/null ;;
        gnutls-bin) command -v certtool >/dev/null ;;
        libmbedtls-dev) compgen -G '/usr/lib/*/libmbedx509.so' >/dev/null || [ -e /usr/lib/libmbedx509.so ] ;;
        libengine-pkcs11-openssl) compgen -G '/usr/lib/*/engines-3/pkcs11.so' >/dev/null || [ -e "$(openssl_engines)/pkcs11.so" ] ;;
        nginx) command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# The folder that OpenSSL loads its engines from.
openssl_engines() {
    openssl version -e | cut -d '"' -f 2
}

# The PKCS#11 module of SoftHSM.
softhsm_module() {
    local module
    for module in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so /usr/local/lib/softhsm/libsofthsm2.so \
        /usr/lib64/pkcs11/libsofthsm2.so /usr/lib64/libsofthsm2.so /opt/homebrew/lib/softhsm/libsofthsm2.so; do
        if [ -r "$module" ]; then
            printf '%s\n' "$module"
            return
        fi
    done
    return 1
}

need_packages() {
    local missing=() package
    for package in "$@"; do
        is_there "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || fail 3 "missing on this machine, please install: ${missing[*]}"
    if [ "$(id -u)" -eq 0 ]; then
        install_packages "${missing[@]}"
    elif sudo -n true 2>/dev/null; then
        install_packages_with_sudo "${missing[@]}"
    else
        say "Type this once, then run $(basename "$0") again:"
        say "sudo apt-get update && sudo apt-get install -y ${missing[*]}"
        exit 3
    fi
    for package in "${missing[@]}"; do
        is_there "$package" || fail 3 "$package was installed, but what it should bring was not found"
    done
}

install_packages() {
    say "installing ${*}"
    local log
    log=$(mktemp)
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        rm -f "$log"
        fail 3 "could not install: $*"
    fi
    rm -f "$log"
}

install_packages_with_sudo() {
    say "installing ${*} (sudo)"
    { sudo -n apt-get update && sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
        >/dev/null || fail 3 "could not install: $*"
}
