export LC_ALL=C
work=$(mktemp -d)
{ cut -c 67- manifest-sha256.txt
  printf '%s\n' disclosures.jsonl edition.json log.vkey manifest-sha256.txt; } | sort > "$work/listed"
find . -type f ! -path './log/*' | sed 's|^\./||' | sort | comm -23 - "$work/listed"
find . ! -type f ! -type d
