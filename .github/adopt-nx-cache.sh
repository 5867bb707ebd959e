#!/usr/bin/env bash
# Makes the Nx cache of another machine this one's: Nx names its index of the cache after the machine.
# usage: adopt-nx-cache.sh FOLDER      (the workspace's .nx)
set -eu

machine=$( (cat /var/lib/dbus/machine-id /etc/machine-id 2> /dev/null || hostname) | head -n 1)
for index in "$1"/workspace-data/*.db; do
  own=$1/workspace-data/$machine-${index##*-}
  if [ -e "$index" ] && [ ! -e "$own" ]; then mv "$index" "$own"; fi
done
