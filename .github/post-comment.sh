#!/usr/bin/env bash
# Makes a comment on a pull request, or updates the one that it made before: the one that begins with the same line.
# usage: post-comment.sh OWNER/REPOSITORY NUMBER FILE      (gh is logged in, or GH_TOKEN is set)
set -euo pipefail
repository=$1 number=$2 file=$3

MARKER=$(head -n 1 "$file")
export MARKER
comment=$(gh api --paginate "repos/$repository/issues/$number/comments" \
  --jq '.[] | select(.body | startswith(env.MARKER)) | .id' | head -n 1)
if [ -n "$comment" ]; then
  gh api --silent --method PATCH "repos/$repository/issues/comments/$comment" --field "body=@$file"
else
  gh api --silent --method POST "repos/$repository/issues/$number/comments" --field "body=@$file"
fi
