// The history of a limited-memory quasi-Newton method: its pairs (s, y) as the
// columns 2p and 2p + 1 of a panel W, p the pair's slot, and their products.
#ifndef SWIFT_OPTIMIZATION_LIMITED_MEMORY_H
#define SWIFT_OPTIMIZATION_LIMITED_MEMORY_H

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "kernels.h"

// Asks for huge pages under a large block of memory that has yet to be touched.
//
// Twenty columns are read side by side, more streams than the first-level TLB
// has room for at 4 KiB a page, and each page costs a fault when it is first
// written. It is advice: where the system has no such pages, nothing happens.
static inline void kernel_advise_huge_pages(void *start, size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  const uintptr_t page = 4096;
  if (bytes < (size_t)1 << 24) return;
  uintptr_t from = ((uintptr_t)start + page - 1) & ~(page - 1);
  uintptr_t to = ((uintptr_t)start + bytes) & ~(page - 1);
  if (to > from) madvise((void *)from, to - from, MADV_HUGEPAGE);
#endif
}

// The products of the pairs, one block of numbers. `order` is the number of
// slots, padded to a multiple of four. Everything is indexed by slot, in no
// order of age, and what belongs to an empty slot is zero.
struct kernel_pairs {
  double *products;      // s'g, s'y, y'g, y'y for the gradient and the newest y
  double *sums;          // s'y, s's, y'y of the newest pair
  double *curvature;     // s'y of the slot's own pair
  double *coefficients;  // of the columns of W in the direction
  double *inverse;       // R^-1, R the triangle of S'Y: newer y, older s
  double *yy;            // Y'Y
};
static inline size_t kernel_pairs_count(size_t order) {
  return 4 + 7 * order + 2 * order * order;
}
static inline struct kernel_pairs kernel_pairs_at(size_t order,
                                                  double *numbers) {
  double *after = numbers + 4 * order + 4;
  return (struct kernel_pairs){numbers,           numbers + 4 * order,
                               after,             after + order,
                               after + 3 * order, after + (3 + order) * order};
}

// s = a - b, y = e - f, and sums += s'y, s's, y'y.
KERNEL_BODY void kernel_differences(const double *a, const double *b,
                                         const double *e, const double *f,
                                         size_t n, double *s, double *y,
                                         double *sums) {
#pragma clang fp contract(on)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 sy4 = zero, ss4 = zero, yy4 = zero;
  kernel_v4 sy5 = zero, ss5 = zero, yy5 = zero;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    kernel_v4 s4 = *(const kernel_v4 *)(a + i) - *(const kernel_v4 *)(b + i);
    kernel_v4 y4 = *(const kernel_v4 *)(e + i) - *(const kernel_v4 *)(f + i);
    kernel_v4 s5 =
        *(const kernel_v4 *)(a + i + 4) - *(const kernel_v4 *)(b + i + 4);
    kernel_v4 y5 =
        *(const kernel_v4 *)(e + i + 4) - *(const kernel_v4 *)(f + i + 4);
    sy4 += s4 * y4, ss4 += s4 * s4, yy4 += y4 * y4;
    sy5 += s5 * y5, ss5 += s5 * s5, yy5 += y5 * y5;
    *(kernel_v4 *)(s + i) = s4, *(kernel_v4 *)(y + i) = y4;
    *(kernel_v4 *)(s + i + 4) = s5, *(kernel_v4 *)(y + i + 4) = y5;
  }
  double sy = kernel_sum4(sy4 + sy5), ss = kernel_sum4(ss4 + ss5),
         yy = kernel_sum4(yy4 + yy5);
  for (; i < n; i++) {
    double p = a[i] - b[i], q = e[i] - f[i];
    sy += p * q, ss += p * p, yy += q * q;
    s[i] = p, y[i] = q;
  }
  sums[0] += sy, sums[1] += ss, sums[2] += yy;
}
// products[2j] += W_j'u and products[2j + 1] += W_j'v for the columns W_j, ld
// apart, of a panel of n rows.
//
// The columns are taken four at a time, so that eight sums are under way and
// each load feeds a multiplication and more.
KERNEL_BODY void kernel_panel_products(const double *w, size_t ld, size_t n,
                                       size_t k, const double *u,
                                       const double *v, double *products) {
#pragma clang fp contract(on)
  const kernel_v4 zero = {0, 0, 0, 0};
  if (n < 4) {
    for (size_t j = 0; j < k; j++, w += ld) {
      double wu = 0, wv = 0;
      for (size_t i = 0; i < n; i++) wu += w[i] * u[i], wv += w[i] * v[i];
      products[2 * j] += wu, products[2 * j + 1] += wv;
    }
    return;
  }
  size_t j = 0;
  for (; j + 4 <= k; j += 4) {
    const double *p = w + j * ld, *q = p + ld, *r = q + ld, *s = r + ld;
    kernel_v4 pu = zero, qu = zero, ru = zero, su = zero;
    kernel_v4 pv = zero, qv = zero, rv = zero, sv = zero;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
      kernel_v4 a = *(const kernel_v4 *)(u + i);
      kernel_v4 b = *(const kernel_v4 *)(v + i);
      kernel_v4 c = *(const kernel_v4 *)(p + i);
      pu += c * a, pv += c * b;
      c = *(const kernel_v4 *)(q + i);
      qu += c * a, qv += c * b;
      c = *(const kernel_v4 *)(r + i);
      ru += c * a, rv += c * b;
      c = *(const kernel_v4 *)(s + i);
      su += c * a, sv += c * b;
    }
    for (; i < n; i++) {
      pu[0] += p[i] * u[i], pv[0] += p[i] * v[i];
      qu[0] += q[i] * u[i], qv[0] += q[i] * v[i];
      ru[0] += r[i] * u[i], rv[0] += r[i] * v[i];
      su[0] += s[i] * u[i], sv[0] += s[i] * v[i];
    }
    double *t = products + 2 * j;
    t[0] += kernel_sum4(pu), t[1] += kernel_sum4(pv);
    t[2] += kernel_sum4(qu), t[3] += kernel_sum4(qv);
    t[4] += kernel_sum4(ru), t[5] += kernel_sum4(rv);
    t[6] += kernel_sum4(su), t[7] += kernel_sum4(sv);
  }
  for (; j < k; j++) {
    const double *p = w + j * ld;
    kernel_v4 pu = zero, pv = zero;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
      kernel_v4 c = *(const kernel_v4 *)(p + i);
      pu += c * *(const kernel_v4 *)(u + i);
      pv += c * *(const kernel_v4 *)(v + i);
    }
    for (; i < n; i++) pu[0] += p[i] * u[i], pv[0] += p[i] * v[i];
    products[2 * j] += kernel_sum4(pu);
    products[2 * j + 1] += kernel_sum4(pv);
  }
}

// Zeros n numbers, n a multiple of 4, with no call for so few.
KERNEL_BODY void kernel_zero(double *x, size_t n) {
  const kernel_v4 zero = {0, 0, 0, 0};
  for (size_t i = 0; i < n; i += 4) *(volatile kernel_v4 *)(x + i) = zero;
}

// Empties the slot p: its curvature and its rows and columns become zero.
KERNEL_BODY void kernel_pairs_clear_body(size_t order, size_t p,
                                         double *numbers) {
  struct kernel_pairs at = kernel_pairs_at(order, numbers);
  at.curvature[p] = 0;
  for (size_t i = 0; i < order; i++) at.inverse[p + i * order] = 0;
  for (size_t i = 0; i < order; i++) at.yy[p + i * order] = 0;
  kernel_zero(at.inverse + p * order, order);
  kernel_zero(at.yy + p * order, order);
}
KERNEL_DISPATCH(void, kernel_pairs_clear,
                (size_t order, size_t p, double *numbers), (order, p, numbers))

// Some rows of a new pair for a panel W of k columns, ld apart: s = a - b and
// y = e - f become columns 2p and 2p + 1. Written are the products of every
// column with e and with the new y, and behind room for those of `order` slots
// the sums s'y, s's, y'y.
//
// The rows are taken in chunks that stay in the second-level cache from one loop
// to the next, so that all of it is one sweep over memory; in shorter ones the
// processor's prefetching starts anew too often (13 % slower with 1024).
KERNEL_BODY void kernel_pairs_append_body(double *w, size_t ld, size_t rows,
                                          size_t k, size_t p, const double *a,
                                          const double *b, const double *e,
                                          const double *f, size_t order,
                                          double *products) {
  double *s = w + 2 * p * ld, *y = s + ld, *sums = products + 4 * order;
  kernel_zero(products, 4 * order + 4);
  for (size_t i = 0; i < rows; i += 4096) {
    size_t m = rows - i < 4096 ? rows - i : 4096;
    kernel_differences(a + i, b + i, e + i, f + i, m, s + i, y + i, sums);
    kernel_panel_products(w + i, ld, m, k, e + i, y + i, products);
  }
}
KERNEL_DISPATCH(void, kernel_pairs_append,
                (double *w, size_t ld, size_t rows, size_t k, size_t p,
                 const double *a, const double *b, const double *e,
                 const double *f, size_t order, double *products),
                (w, ld, rows, k, p, a, b, e, f, order, products))

// Some rows of d = alpha g + W c for a panel W of k columns, ld apart, and
// sums[0] = g'd, sums[1] = d'd.
//
// Each element of d is finished in a register and written once.
KERNEL_BODY void kernel_panel_combine_body(const double *w, size_t ld, size_t n,
                                           size_t k, const double *c,
                                           const double *g, double alpha,
                                           double *d, double *sums) {
#pragma clang fp contract(on)
  const kernel_v4 zero = {0, 0, 0, 0};
  kernel_v4 gd0 = zero, gd1 = zero, dd0 = zero, dd1 = zero;
  size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    kernel_v4 g0 = *(const kernel_v4 *)(g + i);
    kernel_v4 g1 = *(const kernel_v4 *)(g + i + 4);
    kernel_v4 g2 = *(const kernel_v4 *)(g + i + 8);
    kernel_v4 g3 = *(const kernel_v4 *)(g + i + 12);
    kernel_v4 d0 = alpha * g0, d1 = alpha * g1;
    kernel_v4 d2 = alpha * g2, d3 = alpha * g3;
    const double *p = w + i;
    for (size_t j = 0; j < k; j++, p += ld) {
      d0 += c[j] * *(const kernel_v4 *)(p);
      d1 += c[j] * *(const kernel_v4 *)(p + 4);
      d2 += c[j] * *(const kernel_v4 *)(p + 8);
      d3 += c[j] * *(const kernel_v4 *)(p + 12);
    }
    gd0 += g0 * d0, dd0 += d0 * d0;
    gd1 += g1 * d1, dd1 += d1 * d1;
    gd0 += g2 * d2, dd0 += d2 * d2;
    gd1 += g3 * d3, dd1 += d3 * d3;
    *(kernel_v4 *)(d + i) = d0;
    *(kernel_v4 *)(d + i + 4) = d1;
    *(kernel_v4 *)(d + i + 8) = d2;
    *(kernel_v4 *)(d + i + 12) = d3;
  }
  double gd = kernel_sum4(gd0 + gd1), dd = kernel_sum4(dd0 + dd1);
  for (; i < n; i++) {
    double e = alpha * g[i], h = 0;
    size_t j = 0;
    for (; j + 2 <= k; j += 2)
      e += c[j] * w[i + j * ld], h += c[j + 1] * w[i + (j + 1) * ld];
    if (j < k) e += c[j] * w[i + j * ld];
    e += h;
    gd += g[i] * e, dd += e * e;
    d[i] = e;
  }
  sums[0] = gd, sums[1] = dd;
}
KERNEL_DISPATCH(void, kernel_panel_combine,
                (const double *w, size_t ld, size_t n, size_t k,
                 const double *c, const double *g, double alpha, double *d,
                 double *sums),
                (w, ld, n, k, c, g, alpha, d, sums))

// The coefficients c of d = -gamma g + W c, the L-BFGS direction in its compact
// form, from the products of the columns of W with the gradient and the newest
// y (see LimitedMemory.swift for the algebra). No loop has a remainder, since
// all is padded with zeros to `order` slots, at most 52.
//
// With newest >= 0 that pair's column (and row, of yy) joins the matrices: a
// column r, rho appended to R appends -R^-1 r / rho, 1 / rho to R^-1. It is
// written last and its part in each product is added by hand, since a vector
// load that overlaps narrower stores in flight stalls until they retire.
//
// Only the first `active` slots, a multiple of 4, are looked at; the others have
// never held a pair.
KERNEL_BODY void kernel_pairs_coefficients_body(size_t order, size_t active,
                                                ptrdiff_t newest, double gamma,
                                                double *numbers) {
#pragma clang fp contract(on)
  struct kernel_pairs at = kernel_pairs_at(order, numbers);
  const double *products = at.products, *curvature = at.curvature;
  double *c = at.coefficients, *inverse = at.inverse, *yy = at.yy;
  const kernel_v4 zero = {0, 0, 0, 0};
  const size_t p = newest >= 0 ? (size_t)newest : 0;
  const double scale = newest >= 0 ? -1 / curvature[p] : 0;
  const double isNew = newest >= 0;
  double u[52], w[52], column[52], row[52];

  // column = that of R^-1; u = R^-1 S'g; row = that of Y'Y
  kernel_v4 rowTimesU4 = zero;
  for (size_t i = 0; i < active; i += 4) {
    const kernel_v4 *q = (const kernel_v4 *)(products + 4 * i);
    kernel_v4 x = zero, y = zero, x1 = zero, y1 = zero;
    for (size_t j = 0; j < active; j += 2) {
      kernel_v4 e = *(const kernel_v4 *)(inverse + i + j * order);
      x += products[4 * j + 1] * e;
      y += products[4 * j] * e;
      e = *(const kernel_v4 *)(inverse + i + (j + 1) * order);
      x1 += products[4 * j + 5] * e;
      y1 += products[4 * j + 4] * e;
    }
    x += x1, y += y1;
    kernel_v4 one = {(double)(p == i), (double)(p == i + 1),
                     (double)(p == i + 2), (double)(p == i + 3)};
    x = scale * (x - one);
    y += products[4 * p] * x;
    kernel_v4 z = {q[0][3], q[1][3], q[2][3], q[3][3]};
    z *= isNew;
    *(kernel_v4 *)(column + i) = x;
    *(kernel_v4 *)(u + i) = y;
    *(kernel_v4 *)(row + i) = z;
    rowTimesU4 += z * y;
  }
  const double rowTimesU = kernel_sum4(rowTimesU4) - row[p] * u[p];

  // w = D u + gamma (Y'Y u - Y'g)
  kernel_v4 last = zero;
  for (size_t i = 0; i < active; i += 4) {
    const kernel_v4 *q = (const kernel_v4 *)(products + 4 * i);
    kernel_v4 x = u[p] * *(const kernel_v4 *)(row + i), x1 = zero;
    for (size_t j = 0; j < active; j += 2) {
      x += u[j] * *(const kernel_v4 *)(yy + i + j * order);
      x1 += u[j + 1] * *(const kernel_v4 *)(yy + i + (j + 1) * order);
    }
    x += x1;
    kernel_v4 one = {(double)(p == i), (double)(p == i + 1),
                     (double)(p == i + 2), (double)(p == i + 3)};
    kernel_v4 yg = {q[0][2], q[1][2], q[2][2], q[3][2]};
    x = *(const kernel_v4 *)(curvature + i) * *(const kernel_v4 *)(u + i) +
        gamma * (x + one * rowTimesU - yg);
    *(kernel_v4 *)(w + i) = x;
    last += x * *(const kernel_v4 *)(column + i);
  }

  // c = -R^-T w for S, gamma u for Y, four slots at a time: the sums of four
  // vectors are those of their transpose.
  for (size_t j = 0; j < active; j += 4) {
    const double *a = inverse + j * order;
    kernel_v4 x0 = zero, x1 = zero, x2 = zero, x3 = zero;
    for (size_t i = 0; i < active; i += 4) {
      kernel_v4 v = *(const kernel_v4 *)(w + i);
      x0 += v * *(const kernel_v4 *)(a + i);
      x1 += v * *(const kernel_v4 *)(a + i + order);
      x2 += v * *(const kernel_v4 *)(a + i + 2 * order);
      x3 += v * *(const kernel_v4 *)(a + i + 3 * order);
    }
    kernel_v4 lo = __builtin_shufflevector(x0, x1, 0, 4, 2, 6) +
                   __builtin_shufflevector(x0, x1, 1, 5, 3, 7);
    kernel_v4 hi = __builtin_shufflevector(x2, x3, 0, 4, 2, 6) +
                   __builtin_shufflevector(x2, x3, 1, 5, 3, 7);
    kernel_v4 s = -(__builtin_shufflevector(lo, hi, 0, 1, 4, 5) +
                    __builtin_shufflevector(lo, hi, 2, 3, 6, 7));
    kernel_v4 y = gamma * *(const kernel_v4 *)(u + j);
    *(kernel_v4 *)(c + 2 * j) = __builtin_shufflevector(s, y, 0, 4, 1, 5);
    *(kernel_v4 *)(c + 2 * j + 4) = __builtin_shufflevector(s, y, 2, 6, 3, 7);
  }

  if (newest >= 0) {
    c[2 * p] = -kernel_sum4(last);
    for (size_t i = 0; i < active; i++) {
      inverse[i + p * order] = column[i];
      yy[i + p * order] = yy[p + i * order] = row[i];
    }
  }
}
KERNEL_DISPATCH(void, kernel_pairs_coefficients,
                (size_t order, size_t active, ptrdiff_t newest, double gamma,
                 double *numbers),
                (order, active, newest, gamma, numbers))

#endif
