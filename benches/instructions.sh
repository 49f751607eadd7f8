#!/usr/bin/env bash
# Counts the instructions of whole runs, which are the same on a busy machine as on an idle one:
#
#     benches/instructions.sh            fails when a run takes more than benches/instructions.tsv allows,
#                                        or when twice the text takes more than about twice the work
#     benches/instructions.sh --update   writes the figures of this build into benches/instructions.tsv
#
# Needs valgrind (Linux); without it nothing is checked, which is said. LINTER names a binary to take instead of
# building one. A change that means to cost more updates the figures in the same commit, and says why.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# How much more than stored is let through, and what growth by the double may cost, in percent.
tolerance=10
doubled=220

if ! command -v valgrind >/dev/null; then
    echo 'skipped: valgrind is not here'
    exit 0
fi
if [[ -z ${LINTER:-} ]]; then
    cargo build --quiet --release
    LINTER=${CARGO_TARGET_DIR:-target}/release/policy-lint
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# instructions ARGUMENT...: how many the linter takes, by one thread.
instructions() {
    RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null "$LINTER" "$@" \
        >/dev/null 2>"$scratch/said" || true
    awk '/Collected/ { print $NF; found = 1 } END { exit !found }' "$scratch/said" ||
        { cat "$scratch/said" >&2; exit 2; }
}

# repeated BYTES BEFORE EACH: so much text: something, and something over and over.
repeated() {
    awk -v bytes="$1" -v before="$2" -v each="$3" 'BEGIN {
        printf "%s", before
        for (length_ = 0; length_ < bytes; length_ += length(each)) printf "%s", each
    }'
}

# The figures: what is run, and how many instructions it takes.
cp examples/flawed/app-privacy.txt "$scratch/short.txt"
while [[ $(stat --format=%s "$scratch/long.md" 2>/dev/null || echo 0) -lt 47000 ]]; do
    cat examples/clean/privacy.md examples/flawed/app-privacy.txt >>"$scratch/long.md"
done
declare -A measured=(
    [version]=$(instructions --version)
    [short]=$(instructions check --no-config "$scratch/short.txt")
    [long]=$(instructions check --no-config "$scratch/long.md")
    [practices]=$(instructions practices --no-config "$scratch/long.md")
)

if [[ ${1:-} == --update ]]; then
    {
        printf '# Instructions of a run, by one thread; benches/instructions.sh --update writes them.\n'
        for run in version short long practices; do
            printf '%s\t%s\n' "$run" "${measured[$run]}"
        done
    } >benches/instructions.tsv
    cat benches/instructions.tsv
    exit 0
fi

failed=0
while IFS=$'\t' read -r run stored; do
    [[ $run == \#* ]] && continue
    now=${measured[$run]}
    change=$(awk -v now="$now" -v stored="$stored" 'BEGIN { printf "%+.1f", 100 * (now / stored - 1) }')
    printf '%-10s %12d instructions, %s %% of the stored %d\n' "$run" "$now" "$change" "$stored"
    if awk -v change="$change" -v tolerance="$tolerance" 'BEGIN { exit !(change > tolerance) }'; then
        echo "FAILED: $run takes $change % more instructions than benches/instructions.tsv says ($tolerance % are let through)"
        failed=1
    fi
done <benches/instructions.tsv

# Growth: texts that once took time by the square of their length. LC_ALL=C makes lengths bytes.
export LC_ALL=C
echo '我们' >"$scratch/idle.txt"
idle=$(instructions check --no-config "$scratch/idle.txt")
grows() {
    local name=$1 suffix=$2 before=$3 each=$4 small large percent
    repeated 16000 "$before" "$each" >"$scratch/$name.$suffix"
    small=$(instructions check --no-config "$scratch/$name.$suffix")
    repeated 32000 "$before" "$each" >"$scratch/$name.$suffix"
    large=$(instructions check --no-config "$scratch/$name.$suffix")
    percent=$((100 * (large - idle) / (small - idle)))
    printf '%-10s twice the text takes %d %% of the work\n' "$name" "$percent"
    if ((percent > doubled)); then
        echo "FAILED: $name grows faster than its text: $small and $large instructions for 16 and 32 KB"
        failed=1
    fi
}
grows sentences txt '' '我们会收集您的人脸信息。'
grows lines txt '' $'我们会收集您的人脸信息。\n'
grows clauses txt '' '我们会收集您的人脸信息，'
grows parts txt '' '为了改善我们的服务，向您提供更优质的产品，我们会收集您的手机号码，用于提升您的用户体验及其他合法用途。'
grows list txt '我们会收集您的' '人脸信息、指纹、'
grows headings md '' $'# 账号注册\n我们会收集手机号。\n'
grows brackets md '' '[手机号]('
grows elements html '<html>' '<div>手机号'
exit $failed
