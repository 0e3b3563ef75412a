#!/usr/bin/env bash
# Installs what the benchmarks compare with: liblbfgs and dlib (lbfgs,
# unconstrained), ADOL-C (derivatives), GSL (leastsquares), Ceres (leastsquares,
# unconstrained), NLopt (unconstrained, nlp) and Ipopt (nlp) with a C++ compiler's
# library, and in a Python environment of its own inside the build folder
# scikit-learn (logistic), CasADi and JAX (derivatives), SciPy (leastsquares,
# unconstrained, nlp), SymPy (leastsquares), PIQP, ProxQP, OSQP, Clarabel, quadprog
# and DAQP (qp), PyTorch and Optax (Scripts/golden). Does nothing where they are
# present; a peer that cannot be installed is named, and the benchmarks then report
# it as missing.
set -euo pipefail

cd "$(dirname "$0")/../.."
environment=.build/benchmarks/peers/python
packages="liblbfgs-dev libdlib-dev libadolc-dev libgsl-dev libceres-dev
  libnlopt-dev coinor-libipopt-dev g++ python3-venv"

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

make_environment() {
  has python3 || {
    warn "there is no python3: the peers in Python are left out."
    return 1
  }
  [ -x "$environment/bin/python" ] ||
    python3 -m venv "$environment" || {
    warn "python3 could not make an environment: the peers in Python are left \
out."
    return 1
  }
}

# Looked for, not imported, which takes seconds.
has_module() {
  "$environment/bin/python" -c \
    "import importlib.util as u; exit(u.find_spec('$1') is None)"
}

# One at a time, so that what cannot be had takes no other with it. More
# arguments are pip's.
install_with_pip() {
  local module=$1 package=$2
  shift 2
  has_module "$module" ||
    "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
      "$@" "$package" ||
    warn "pip could not install $package; its own messages say why."
}

if has apt-get && has dpkg-query; then
  install_with_apt
else
  warn "there is no apt-get: install liblbfgs, dlib, ADOL-C, GSL, Ceres, \
NLopt and Ipopt, headers included, by other means."
fi
if make_environment; then
  install_with_pip numpy numpy
  install_with_pip scipy scipy
  install_with_pip sklearn scikit-learn
  install_with_pip sympy sympy
  install_with_pip casadi casadi
  install_with_pip jax jax
  install_with_pip optax optax
  for package in piqp proxsuite osqp clarabel quadprog daqp; do
    install_with_pip "$package" "$package"
  done
  # On Linux the wheel of the default index comes with gigabytes of CUDA; wheels
  # for the CPU alone are in an index of PyTorch's, which TORCH_INDEX names.
  if [ -n "${TORCH_INDEX:-}" ]; then
    install_with_pip torch torch --index-url "$TORCH_INDEX"
  elif [ "$(uname -s)" != Linux ]; then
    install_with_pip torch torch
  elif ! has_module torch; then
    warn "PyTorch is left out: set TORCH_INDEX to its index of CPU wheels."
  fi
fi
