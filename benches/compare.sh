#!/usr/bin/env bash
# Times policy-lint beside the tools one would run otherwise, in one run on one machine, over the same text:
#
#     benches/compare.sh FOLDER [MEGABYTES]
#
# FOLDER holds policies as .txt or .md; they are repeated until there are so many megabytes (10). Needs hyperfine and
# ripgrep (apt, brew), npm and python3; the tools themselves are installed into a scratch folder. LINTER names a binary
# to take instead of building one. They don't do the
# same work: autocorrect mends spacing, textlint with prh looks up a word list, typos spells English, and ripgrep
# counts the words of the lexicon, which is the least that any linter of these texts has to do.
set -euo pipefail
folder=$(realpath "${1:?usage: compare.sh FOLDER [MEGABYTES]}")
megabytes=${2:-10}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

for tool in hyperfine rg npm python3; do
    command -v "$tool" >/dev/null || { echo "compare.sh: $tool is missing" >&2; exit 2; }
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [[ -z ${LINTER:-} ]]; then
    cargo build --quiet --release --manifest-path "$repository/Cargo.toml"
    LINTER=${CARGO_TARGET_DIR:-$repository/target}/release/policy-lint
fi
linter=$(realpath "$LINTER")

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

# The words of the lexicon, as literals a line, for ripgrep; the 200 commonest Chinese ones for prh, which finds each
# as it should be, so that textlint need not report them, and one that it has to.
"$linter" practices --no-config --explain-marks --format json "$folder" 2>/dev/null >"$scratch/marks.json"
python3 - "$scratch" <<'PY'
import json, sys
from collections import Counter
from pathlib import Path

scratch = Path(sys.argv[1])
words = Counter()

def walk(value):
    if isinstance(value, dict):
        if isinstance(value.get("form"), str):
            words[value["form"]] += 1
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            walk(inner)

walk(json.loads((scratch / "marks.json").read_text()))
(scratch / "words.txt").write_text("\n".join(sorted(words)) + "\n")
chinese = [word for word, _ in words.most_common() if all("\u4e00" <= c <= "\u9fff" for c in word)]
rules = [f"  - expected: {word}\n    pattern: {word}\n" for word in chinese[:200]]
rules.append("  - expected: found\n    pattern: lookedfor\n")
(scratch / "tools/prh.yml").write_text("version: 1\nrules:\n" + "".join(rules))
(scratch / "tools/.textlintrc.json").write_text('{ "rules": { "prh": { "rulePaths": ["prh.yml"] } } }')
PY

cd "$scratch/tools"
bin=node_modules/.bin
echo 'lookedfor' >probe.txt
"$bin/textlint" probe.txt >probe.log 2>&1 || true
grep -q 'lookedfor => found' probe.log || { echo 'compare.sh: textlint does not lint' >&2; exit 2; }

# time_of RUNS NAME COMMAND: adds to the table.
number=0
time_of() {
    number=$((number + 1))
    hyperfine --style basic --warmup 1 --runs "$1" --ignore-failure --export-json "$scratch/times-$number.json" \
        --command-name "$2" "$3" >/dev/null 2>&1
}
time_of 5 'policy-lint, every rule' "$linter check --no-config --format json $scratch/policies"
time_of 5 'policy-lint, one thread' "RAYON_NUM_THREADS=1 $linter check --no-config --format json $scratch/policies"
time_of 3 'autocorrect --lint' "$bin/autocorrect --lint $scratch/policies"
time_of 1 'textlint, prh of 200 words' "$bin/textlint $scratch/policies"
time_of 5 'typos' "$scratch/venv/bin/typos $scratch/policies"
time_of 5 'ripgrep, words of the lexicon' "rg --count-matches --fixed-strings --file $scratch/words.txt $scratch/policies"

python3 - "$scratch" <<'PY'
import json, sys
from pathlib import Path

scratch = Path(sys.argv[1])
megabytes = sum(path.stat().st_size for path in (scratch / "policies").iterdir()) / 1e6
results = [json.loads(path.read_text())["results"][0] for path in sorted(scratch.glob("times-*.json"))]
cost = [result["user"] + result["system"] for result in results]
print("| | by the clock | processor time | MB/s a core | against policy-lint |")
print("|---|---|---|---|---|")
for result, seconds in zip(results, cost):
    clock = f"{result['mean']:.2f} s ± {result['stddev'] or 0:.2f}"
    print(f"| {result['command']} | {clock} | {seconds:.2f} s | {megabytes / seconds:.1f} | {seconds / cost[0]:.2f} |")
PY
