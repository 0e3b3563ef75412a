"""Convex quadratic programs by PIQP, ProxQP, OSQP, Clarabel, quadprog and DAQP.

Started with a file of doubles: the number of programs, and of each n, m, then P
and A by columns, q, l, u and the bounds of x. A request is a line of JSON: solver,
program and tolerance. The answer is a line of JSON with the claim, the library's
own word for it and the seconds, and the bytes of x and of the multipliers of rows
and bounds, positive where a lower side pushes.

The seconds are those of set-up and solution, of data that are in the solver's own
form already. Tolerances are absolute where the solver has such.
"""

import importlib
import json
import sys
import time
import warnings

import numpy as np
import scipy.sparse as sp

warnings.simplefilter("ignore")
np.seterr(all="ignore")


def read(path):
    """Where the programs are among the numbers of a file."""
    data = np.fromfile(path)
    programs, place = [], 1
    for _ in range(int(data[0])):
        n, m = int(data[place]), int(data[place + 1])
        length = 2 + n * n + m * n + 2 * m + 3 * n
        programs.append((data, place))
        place += length
    return programs


class Parts:
    """A program in equalities, inequalities and bounds."""

    def __init__(self, data, place):
        def take(count):
            nonlocal place
            part = data[place : place + count].copy()
            place += count
            return part

        self.n, self.m = (int(k) for k in take(2))
        n, m = self.n, self.m
        self.p = np.asfortranarray(take(n * n).reshape(n, n))
        self.a = np.asfortranarray(take(m * n).reshape(n, m).T)
        self.q, self.l, self.u = take(n), take(m), take(m)
        self.lb, self.ub = take(n), take(n)
        self.equal = np.flatnonzero(self.l == self.u)
        # A row without sides says nothing.
        self.unequal = np.flatnonzero(
            (self.l < self.u) & (np.isfinite(self.l) | np.isfinite(self.u))
        )
        self.a_eq = np.asfortranarray(self.a[self.equal])
        self.b = self.l[self.equal]
        self.g = np.asfortranarray(self.a[self.unequal])
        self.gl, self.gu = self.l[self.unequal], self.u[self.unequal]
        self.is_bounded = bool(
            np.isfinite(self.lb).any() or np.isfinite(self.ub).any()
        )

    def rows(self, equal, unequal):
        y = np.zeros(self.m)
        y[self.equal], y[self.unequal] = equal, unequal
        return y


# Each solver is a function of the program that prepares its data, and returns one
# of the tolerance that solves it: claim, word, x, y, z and seconds.


def piqp(t):
    import piqp

    claims = {
        piqp.PIQP_SOLVED: "optimal",
        piqp.PIQP_PRIMAL_INFEASIBLE: "infeasible",
        piqp.PIQP_DUAL_INFEASIBLE: "unbounded",
    }

    def solve(tolerance):
        begin = time.perf_counter()
        solver = piqp.DenseSolver()
        s = solver.settings
        s.eps_abs, s.eps_rel, s.check_duality_gap = tolerance, 0, True
        s.eps_duality_gap_abs, s.eps_duality_gap_rel = tolerance, 0
        solver.setup(t.p, t.q, t.a_eq, t.b, t.g, t.gl, t.gu, t.lb, t.ub)
        status = solver.solve()
        seconds = time.perf_counter() - begin
        r = solver.result
        z_l = np.where(np.isfinite(t.gl), r.z_l, 0)
        z_u = np.where(np.isfinite(t.gu), r.z_u, 0)
        b_l = np.where(np.isfinite(t.lb), r.z_bl, 0)
        b_u = np.where(np.isfinite(t.ub), r.z_bu, 0)
        return (
            claims.get(status),
            str(status).split("_", 1)[-1],
            r.x,
            t.rows(-r.y, z_l - z_u),
            b_l - b_u,
            seconds,
        )

    return solve


def proxqp(t):
    from proxsuite import proxqp

    output = proxqp.QPSolverOutput
    claims = {
        output.PROXQP_SOLVED: "optimal",
        output.PROXQP_PRIMAL_INFEASIBLE: "infeasible",
        output.PROXQP_DUAL_INFEASIBLE: "unbounded",
    }
    # Infinite sides are 1e20 to it.
    gl, gu = np.maximum(t.gl, -1e20), np.minimum(t.gu, 1e20)
    lb, ub = np.maximum(t.lb, -1e20), np.minimum(t.ub, 1e20)

    def solve(tolerance):
        begin = time.perf_counter()
        qp = proxqp.dense.QP(t.n, len(t.b), len(gl), t.is_bounded)
        s = qp.settings
        s.eps_abs, s.eps_rel, s.check_duality_gap = tolerance, 0, True
        s.eps_duality_gap_abs, s.eps_duality_gap_rel = tolerance, 0
        if t.is_bounded:
            qp.init(t.p, t.q, t.a_eq, t.b, t.g, gl, gu, lb, ub)
        else:
            qp.init(t.p, t.q, t.a_eq, t.b, t.g, gl, gu)
        qp.solve()
        seconds = time.perf_counter() - begin
        r = qp.results
        z = r.z[len(gl) :] if t.is_bounded else np.zeros(t.n)
        return (
            claims.get(r.info.status),
            str(r.info.status).split("PROXQP_")[-1],
            r.x,
            t.rows(-r.y, -r.z[: len(gl)]),
            -z,
            seconds,
        )

    return solve


def osqp(t):
    import osqp

    claims = {1: "optimal", 3: "infeasible", 5: "unbounded"}
    held = np.flatnonzero(np.isfinite(t.lb) | np.isfinite(t.ub))
    p = sp.csc_matrix(np.triu(t.p))
    a = sp.csc_matrix(
        sp.vstack([sp.csc_matrix(t.a), sp.eye(t.n, format="csr")[held]])
    )
    l = np.concatenate([t.l, t.lb[held]])
    u = np.concatenate([t.u, t.ub[held]])

    def solve(tolerance):
        begin = time.perf_counter()
        solver = osqp.OSQP()
        solver.setup(
            p,
            t.q,
            a,
            l,
            u,
            eps_abs=tolerance,
            eps_rel=0,
            polishing=True,
            max_iter=20000,
            verbose=False,
        )
        r = solver.solve(raise_error=False)
        seconds = time.perf_counter() - begin
        z = np.zeros(t.n)
        y = np.zeros(t.m + len(held)) if r.y is None else -r.y
        z[held] = y[t.m :]
        x = np.full(t.n, np.nan) if r.x is None else r.x
        return (
            claims.get(r.info.status_val),
            r.info.status,
            x,
            y[: t.m],
            z,
            seconds,
        )

    return solve


def clarabel(t):
    import clarabel

    claims = {
        "Solved": "optimal",
        "PrimalInfeasible": "infeasible",
        "DualInfeasible": "unbounded",
    }
    n = t.n
    eye = sp.eye(n, format="csr")
    upper, lower = np.isfinite(t.gu), np.isfinite(t.gl)
    ubound, lbound = np.isfinite(t.ub), np.isfinite(t.lb)
    blocks = [
        (sp.csr_matrix(t.a_eq), t.b),
        (sp.csr_matrix(t.g[upper]), t.gu[upper]),
        (sp.csr_matrix(-t.g[lower]), -t.gl[lower]),
        (eye[ubound], t.ub[ubound]),
        (-eye[lbound], -t.lb[lbound]),
    ]
    a = sp.csc_matrix(sp.vstack([block for block, _ in blocks]))
    b = np.concatenate([side for _, side in blocks])
    p = sp.csc_matrix(np.triu(t.p))
    cones = [
        clarabel.ZeroConeT(len(t.b)),
        clarabel.NonnegativeConeT(len(b) - len(t.b)),
    ]

    def solve(tolerance):
        begin = time.perf_counter()
        s = clarabel.DefaultSettings()
        s.verbose = False
        s.tol_gap_abs = s.tol_gap_rel = s.tol_feas = tolerance
        r = clarabel.DefaultSolver(p, t.q, a, b, cones, s).solve()
        seconds = time.perf_counter() - begin
        z = np.array(r.z)
        ends = np.cumsum([len(side) for _, side in blocks])
        equal, zu, zl, bu, bl = np.split(z, ends[:-1])
        unequal, bounds = np.zeros(len(t.gl)), np.zeros(n)
        unequal[upper] -= zu
        unequal[lower] += zl
        bounds[ubound] -= bu
        bounds[lbound] += bl
        word = str(r.status)
        return (
            claims.get(word),
            word,
            np.array(r.x),
            t.rows(-equal, unequal),
            bounds,
            seconds,
        )

    return solve


def quadprog(t):
    import quadprog

    n = t.n
    eye = np.eye(n)
    upper, lower = np.isfinite(t.gu), np.isfinite(t.gl)
    ubound, lbound = np.isfinite(t.ub), np.isfinite(t.lb)
    c = np.vstack(
        [t.a_eq, t.g[lower], -t.g[upper], eye[lbound], -eye[ubound]]
    ).T.copy()
    b = np.concatenate(
        [t.b, t.gl[lower], -t.gu[upper], t.lb[lbound], -t.ub[ubound]]
    )
    a, meq = -t.q, len(t.b)
    counts = [meq, lower.sum(), upper.sum(), lbound.sum(), ubound.sum()]

    def solve(tolerance):
        begin = time.perf_counter()
        try:
            if len(b):
                r = quadprog.solve_qp(t.p, a, c, b, meq)
            else:
                r = quadprog.solve_qp(t.p, a)
        except ValueError as error:
            seconds = time.perf_counter() - begin
            word = str(error)
            claim = "infeasible" if "inconsistent" in word else None
            nothing = np.full(n, np.nan)
            return claim, word, nothing, np.zeros(t.m), np.zeros(n), seconds
        seconds = time.perf_counter() - begin
        x, multipliers = r[0], r[4]
        if not len(b):
            multipliers = np.zeros(0)
        parts = np.split(multipliers, np.cumsum(counts)[:-1])
        unequal, bounds = np.zeros(len(t.gl)), np.zeros(n)
        unequal[lower] += parts[1]
        unequal[upper] -= parts[2]
        bounds[lbound] += parts[3]
        bounds[ubound] -= parts[4]
        equal = parts[0]
        if meq:
            # It does not tell their signs: the gradient does.
            rest = t.p @ x + t.q - t.g.T @ unequal - bounds
            equal = np.linalg.lstsq(t.a_eq.T, rest, rcond=None)[0]
        return "optimal", "", x, t.rows(equal, unequal), bounds, seconds

    return solve


def daqp(t):
    import daqp

    claims = {1: "optimal", 2: "optimal", -1: "infeasible", -3: "unbounded"}
    words = {
        1: "optimal",
        2: "soft optimal",
        -1: "infeasible",
        -2: "cycling",
        -3: "unbounded",
        -4: "iteration limit",
        -5: "nonconvex",
        -6: "overdetermined",
    }
    # Simple bounds come first.
    bounds = t.n if t.is_bounded else 0
    upper = np.concatenate([t.ub[:bounds], t.u])
    lower = np.concatenate([t.lb[:bounds], t.l])
    upper, lower = np.minimum(upper, 1e30), np.maximum(lower, -1e30)
    sense = np.where(lower == upper, 5, 0).astype(np.int32)
    p, a = np.ascontiguousarray(t.p), np.ascontiguousarray(t.a)

    def solve(tolerance):
        begin = time.perf_counter()
        x, _, flag, info = daqp.solve(
            p,
            t.q,
            a,
            upper,
            lower,
            sense,
            primal_tol=tolerance,
            dual_tol=tolerance,
        )
        seconds = time.perf_counter() - begin
        y = -np.array(info["lam"])
        z = np.zeros(t.n)
        z[:bounds] = y[:bounds]
        return (
            claims.get(flag),
            words.get(flag, str(flag)),
            np.array(x),
            y[bounds:],
            z,
            seconds,
        )

    return solve


solvers = {
    "PIQP": ("piqp", piqp),
    "ProxQP": ("proxsuite", proxqp),
    "OSQP": ("osqp", osqp),
    "Clarabel": ("clarabel", clarabel),
    "quadprog": ("quadprog", quadprog),
    "DAQP": ("daqp", daqp),
}


def version(module):
    from importlib.metadata import version

    return version(module)


def present():
    for name, (module, _) in solvers.items():
        try:
            importlib.import_module(module)
            yield f"{name} {version(module)}"
        except ImportError:
            pass


def main():
    programs = read(sys.argv[1])
    print(json.dumps({"versions": list(present())}), flush=True)
    prepared = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = request["solver"], request["program"]
        if key not in prepared:
            # One program at a time, whatever the number of them.
            if len(prepared) > 16:
                prepared.clear()
            prepared[key] = solvers[key[0]][1](Parts(*programs[key[1]]))
        n, m = (int(k) for k in programs[key[1]][0][programs[key[1]][1] :][:2])
        try:
            claim, word, x, y, z, seconds = prepared[key](request["tolerance"])
        except Exception as error:  # what a library throws is its answer
            claim, word, seconds = None, f"{error}", 0
            x, y, z = np.full(n, np.nan), np.zeros(m), np.zeros(n)
        answer = {"claim": claim, "word": word, "seconds": seconds}
        numbers = np.concatenate([x, y, z]).astype(float)
        sys.stdout.buffer.write((json.dumps(answer) + "\n").encode())
        sys.stdout.buffer.write(numbers.tobytes())
        sys.stdout.buffer.flush()


main()
