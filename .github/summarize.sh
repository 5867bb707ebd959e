#!/usr/bin/env bash
# Runs a command, puts what it prints into the summary of the job as well, and ends as it ends.
# usage: summarize.sh COMMAND...      (outside of GitHub Actions it just runs it)
set -uo pipefail
summary=${GITHUB_STEP_SUMMARY:-/dev/null}

printf '```text\n' >> "$summary"
NO_COLOR=1 "$@" 2>&1 | tee -a "$summary"
code=${PIPESTATUS[0]}
printf '```\n' >> "$summary"
exit "$code"
