#!/usr/bin/env bash
# Installs what `benchmarks lbfgs` and `benchmarks logistic` compare with:
# liblbfgs and dlib with a C++ compiler's library, and scikit-learn in a Python
# environment of its own inside the build folder. Does nothing where they are
# present; a peer that cannot be installed is named, and the benchmarks then
# report it as missing.
set -euo pipefail

cd "$(dirname "$0")/../.."
environment=.build/benchmarks/peers/python
packages="liblbfgs-dev libdlib-dev g++ python3-venv"

has() {
  command -v "$1" >/dev/null 2>&1
}

warn() {
  echo "warning: $1" >&2
}

is_installed() {
  local status
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$1" \
    2>/dev/null) && [ "$status" = installed ]
}

install_with_apt() {
  local missing=()
  for package in $packages; do
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || {
      warn "installing ${missing[*]} takes root's rights and there is no sudo."
      return 0
    }
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]} with apt-get."
  "${as_root[@]}" apt-get update --quiet &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install --yes --quiet --no-install-recommends "${missing[@]}" ||
    warn "apt-get could not install ${missing[*]}; its own messages say why."
}

install_scikit_learn() {
  has python3 || {
    warn "there is no python3: scikit-learn is left out."
    return 0
  }
  [ -x "$environment/bin/python" ] ||
    python3 -m venv "$environment" || {
    warn "python3 could not make an environment: scikit-learn is left out."
    return 0
  }
  "$environment/bin/python" -c 'import sklearn, scipy, numpy' 2>/dev/null ||
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
      numpy scipy scikit-learn ||
    warn "pip could not install scikit-learn; its own messages say why."
}

if has apt-get && has dpkg-query; then
  install_with_apt
else
  warn "there is no apt-get: install liblbfgs and dlib, headers included, by \
other means."
fi
install_scikit_learn
