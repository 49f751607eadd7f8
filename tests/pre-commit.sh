#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml in a real pre-commit, from PyPI, in a repository of their own.
#
#   tests/pre-commit.sh BINARY          the hook that runs an installed policy-lint
#   tests/pre-commit.sh BINARY --build  and the one that builds it, which takes minutes
#
# Needs git, python3 with venv, and a package index. Without python3 it says that it did nothing.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
binary=$(realpath "${1:?expected the path of a policy-lint}")
build=${2:-}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! python3 -m venv "$scratch/venv" 2>/dev/null; then
    echo 'skipped: python3 with venv is not here'
    exit 0
fi
"$scratch/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit

# Nothing of the user's counts but the toolchain that the hook builds with.
export RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup} CARGO_HOME=${CARGO_HOME:-$HOME/.cargo}
export HOME=$scratch/home PRE_COMMIT_HOME=$scratch/cache GIT_CONFIG_NOSYSTEM=1 NO_COLOR=1
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE XDG_CONFIG_HOME
mkdir -p "$HOME" "$scratch/bin"
cp "$binary" "$scratch/bin/policy-lint"
export PATH=$scratch/venv/bin:$scratch/bin:$PATH
git config --global user.name A
git config --global user.email a@example.com
git config --global init.defaultBranch main
git config --global advice.defaultBranchName false
git config --global protocol.file.allow always

fail() {
    printf 'FAILED: %s\n' "$*" >&2
    cat "$scratch/said" >&2
    exit 1
}

# commits STATUS: commits what is staged, wants that it succeeds (0) or is refused (1).
commits() {
    local status=0
    git commit --message 'Change the policy' >"$scratch/said" 2>&1 || status=$?
    [[ $status -eq $1 ]] || fail "git commit: status $status, expected $1"
}

says() {
    grep -qF -- "$1" "$scratch/said" || fail "expected: $1"
}

silent_about() {
    if grep -qF -- "$1" "$scratch/said"; then fail "not expected: $1"; fi
}

# The repository that offers the hooks: this one, as it stands.
git init --quiet "$scratch/hooks"
if [[ $build == --build ]]; then
    (cd "$root" && git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$scratch/hooks")
else
    cp "$root/.pre-commit-hooks.yaml" "$scratch/hooks"
fi
git -C "$scratch/hooks" add --all
git -C "$scratch/hooks" commit --quiet --message 'Offer hooks'
revision=$(git -C "$scratch/hooks" rev-parse HEAD)

# repository HOOK: a new repository that uses it, with a policy that has a flaw already.
repository() {
    rm -rf "$scratch/project"
    git init --quiet "$scratch/project"
    cd "$scratch/project"
    cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $scratch/hooks
    rev: $revision
    hooks:
      - id: $1
CONFIG
    printf 'exclude: [archive/]\n' >policy-lint.yaml
    mkdir legal archive
    printf '云岚健身隐私政策\n\n我们会收集您的指纹信息。\n' >'legal/privacy 隐私.md'
    git add --all
    git commit --quiet --message 'Begin'
    pre-commit install >/dev/null
}

printf '==> pre-commit: the hook that runs what is installed\n'
repository policy-lint-system

printf '\n为了完成实名认证，我们会收集您的手机号码。\n' >>'legal/privacy 隐私.md'
git add --all
commits 0

printf '\n我们会收集您的人脸信息。\n' >>'legal/privacy 隐私.md'
git add --all
commits 1
says 'error[sensitive-purpose-missing]'
says 'legal/privacy 隐私.md:7:'
says '我们会收集您的人脸信息。'
says '建议'
silent_about '我们会收集您的指纹信息'

sed -i.bak 's/^我们会收集您的人脸信息。$/我们重视您的隐私。/' 'legal/privacy 隐私.md'
rm 'legal/privacy 隐私.md.bak'
git add --all
commits 0

printf '云岚健身隐私政策\n\n我们会收集您的人脸信息。\n' >archive/privacy.md
printf '我们会收集您的人脸信息。\n' >notes.md
git add --all
commits 0

printf '==> pre-commit: args replace the comparison\n'
cat >>.pre-commit-config.yaml <<'CONFIG'
        args: [--select, sensitive-purpose-missing]
CONFIG
git add --all
if pre-commit run --all-files >"$scratch/said" 2>&1; then fail 'the old flaw is not reported'; fi
says '我们会收集您的指纹信息'
silent_about 'archive/privacy.md'

if [[ $build == --build ]]; then
    printf '==> pre-commit: the hook that builds policy-lint\n'
    rm "$scratch/bin/policy-lint"
    repository policy-lint
    printf '\n我们会收集您的人脸信息。\n' >>'legal/privacy 隐私.md'
    git add --all
    commits 1
    says 'error[sensitive-purpose-missing]'
fi

printf '==> pre-commit: all as expected\n'
