# Sourced by `deploy/try` and `deploy/test`: checks the Swift toolchain and installs the Debian packages that are
# missing. As root it installs them; otherwise it prints the one apt line and exits 2.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
needed=(libpq-dev libxml2-dev libcurl4-openssl-dev libssl-dev pkg-config tzdata "$@")

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 2; }

require_swift() {
    command -v swift >/dev/null 2>&1 ||
        refuse "No Swift toolchain found. Install Swift 6.2 or newer (https://www.swift.org/install/linux) and put it on PATH."
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    local major=${version%%.*} minor=${version#*.}
    if [ -z "$version" ] || [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 2 ]; }; then
        refuse "Swift 6.2 or newer is needed; found ${version:-an unknown version} ($(command -v swift))."
    fi
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# A Postgres server of any version will do.
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }

install_packages() {
    command -v dpkg-query >/dev/null 2>&1 ||
        refuse "This script knows Debian and its relatives only. Elsewhere install: ${needed[*]} and a Postgres server, then 'swift run -c release sluis demo'."
    local missing=() package
    for package in "${needed[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    has_postgres || missing+=(postgresql)
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then
        say "These Debian packages are missing. Install them and run this again:"
        say ""
        say "    sudo apt-get install --no-install-recommends ${missing[*]}"
        exit 2
    fi
    say "Installing: ${missing[*]}"
    # Sluis runs a private cluster of its own; Debian's default cluster on port 5432 is not needed.
    if ! is_installed postgresql-common && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >&2 || refuse "apt-get update failed; see above."
    apt-get install -q -y --no-install-recommends -o Dpkg::Options::=--force-confold "${missing[@]}" >&2 ||
        refuse "apt-get install failed; see above."
}

require_swift
install_packages
cd "$root" || exit 2
