#!/usr/bin/env bash
# Fills fuzz/corpus with what fuzzing starts from: the examples and rules of this repository, in pieces that are
# quick to lint, and the policies of further folders:
#
#     fuzz/seed.sh [FOLDER]...
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# pieces TARGET LINES FILE...: cuts files into pieces of so many lines.
pieces() {
    local target=$1 lines=$2 file
    shift 2
    mkdir -p "corpus/$target"
    for file in "$@"; do
        split --lines="$lines" "$file" "corpus/$target/$(basename "$file")-"
    done
}

pieces annotated 12 ../examples/flawed/annotated.txt ../tests/gold/*.txt
pieces text 12 ../examples/*/*.txt
pieces decode 8 ../examples/*/*.{txt,md,html}
pieces markdown 20 ../examples/*/*.md
pieces html 30 ../examples/flawed/*.html
pieces rules 40 ../rules/zh/packs/*.yaml ../rules/zh/grammar/*.yaml ../examples/custom-rules/*.yaml
pieces config 40 ../examples/*/policy-lint.yaml ../src/cli/template.yaml
pieces docx 100 seeds/docx-*
for file in ../examples/flawed/*.txt; do
    iconv -f UTF-8 -t GB18030 "$file" | head -c 2000 >"corpus/decode/$(basename "$file").gb18030"
    iconv -f UTF-8 -t UTF-16 "$file" | head -c 2000 >"corpus/decode/$(basename "$file").utf-16"
done

for folder in "$@"; do
    find "$folder" -type f \( -name '*.txt' -o -name '*.md' \) -print0 |
        while IFS= read -r -d '' file; do
            pieces text 12 "$file"
            pieces markdown 20 "$file"
            pieces annotated 12 "$file"
        done
done
# A text on one line is too long for a piece.
find corpus -type f -size +16k -delete
