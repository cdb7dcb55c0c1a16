work=$(mktemp -d)
vkey=${VKEY:-$(cat log.vkey)}
name=${vkey%%+*}
{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'
  printf '%s\n' "$vkey" | cut -d+ -f3- | base64 -d | tail -c 32; } > "$work/log.der"
sed '/^$/,$d' log/checkpoint > "$work/body"
awk -v name="$name" '$1 == "—" && $2 == name { print $3; exit }' log/checkpoint \
  | base64 -d | tail -c 64 > "$work/sig"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/log.der" \
  -rawin -in "$work/body" -sigfile "$work/sig"
