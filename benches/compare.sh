#!/usr/bin/env bash
# Times policy-lint beside the tools one would run otherwise, in one run on one machine, over the same text:
#
#     benches/compare.sh FOLDER [MEGABYTES]
#
# FOLDER holds policies as .txt or .md; they are repeated until there are so many megabytes (10). Needs hyperfine and
# ripgrep (apt, brew), npm and python3; the tools themselves are installed into a scratch folder. They don't do the
# same work: autocorrect mends spacing, textlint with prh looks up a word list, typos spells English, and ripgrep
# counts the words of the lexicon, which is the least that any linter of these texts has to do.
set -euo pipefail
folder=$(realpath "${1:?usage: compare.sh FOLDER [MEGABYTES]}")
megabytes=${2:-10}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

for tool in hyperfine rg npm python3 cargo; do
    command -v "$tool" >/dev/null || { echo "compare.sh: $tool is missing" >&2; exit 2; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cargo build --quiet --release --manifest-path "$repository/Cargo.toml"
linter="${CARGO_TARGET_DIR:-$repository/target}/release/policy-lint"

mkdir -p "$scratch/policies" "$scratch/tools"
python3 - "$folder" "$scratch/policies" "$megabytes" <<'PY'
import sys
from pathlib import Path

source, target, megabytes = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
files = sorted(path for path in source.rglob("*") if path.suffix in {".txt", ".md"})
if not files:
    sys.exit(f"compare.sh: no .txt or .md in {source}")
size = number = 0
while size < megabytes * 1e6:
    path = files[number % len(files)]
    text = path.read_bytes()
    (target / f"{number:05}{path.suffix}").write_bytes(text)
    size += len(text)
    number += 1
print(f"{number} files, {size / 1e6:.1f} MB", file=sys.stderr)
PY

(cd "$scratch/tools" && npm install --silent --no-fund --no-audit autocorrect-node textlint textlint-rule-prh >/dev/null)
python3 -m venv "$scratch/venv"
"$scratch/venv/bin/pip" install --quiet typos

# The words of the lexicon, as literals a line, for ripgrep; the commonest for prh.
"$linter" practices --no-config --explain-marks --format json "$folder" 2>/dev/null |
    python3 -c '
import json, sys
words = set()
def walk(value):
    if isinstance(value, dict):
        if isinstance(value.get("form"), str): words.add(value["form"])
        for inner in value.values(): walk(inner)
    elif isinstance(value, list):
        for inner in value: walk(inner)
walk(json.load(sys.stdin))
print("\n".join(sorted(words)))' >"$scratch/words.txt"
{
    echo 'version: 1'
    echo 'rules:'
    head -n 200 "$scratch/words.txt" | sed 's/.*/  - expected: "&。"\n    pattern: "&"/'
} >"$scratch/tools/prh.yml"
echo '{ "rules": { "prh": { "rulePaths": ["prh.yml"] } } }' >"$scratch/tools/.textlintrc.json"

cd "$scratch/tools"
hyperfine --warmup 1 --runs 5 --ignore-failure --export-markdown "$scratch/table.md" \
    --command-name 'policy-lint, all rules' "$linter check --no-config --format json $scratch/policies" \
    --command-name 'policy-lint, one thread' "RAYON_NUM_THREADS=1 $linter check --no-config --format json $scratch/policies" \
    --command-name 'autocorrect --lint' "npx autocorrect --lint $scratch/policies" \
    --command-name 'textlint, prh of 200 words' "npx textlint --rulesdir . $scratch/policies" \
    --command-name 'typos' "$scratch/venv/bin/typos $scratch/policies" \
    --command-name 'ripgrep, words of the lexicon' "rg --count-matches --fixed-strings --file $scratch/words.txt $scratch/policies"
cat "$scratch/table.md"
