#!/bin/sh
# Debian packages that tests use: a browser, a tracer for fault injection, the sceptic's tools, fonts
# in every script, and the libraries that WeasyPrint draws PDF with.
# Without apt or root nothing is installed; the tests that need a missing tool then say so and skip.
set -u
missing=""
for pair in chromium:chromium strace:strace openssl:openssl xxd:xxd gawk:awk pdftoppm:poppler-utils; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
missing=$(printf '%s\n' $missing | sed 's/^awk$/gawk/' | sort -u | tr '\n' ' ')
fonts="fonts-noto-core fonts-dejavu-core fonts-urw-base35"
drawing="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
dpkg -s $fonts $drawing >/dev/null 2>&1 || missing="$missing $fonts $drawing"
[ -z "$(echo $missing)" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" != 0 ]; then
    echo "not installed, some tests will skip: $missing" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null 2>&1
apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
    echo "could not install, some tests will skip: $missing" >&2
}
exit 0
