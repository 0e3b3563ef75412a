// Sweeps over a compiled recording, batch by batch.
//
// A batch is a run of equal operations that do not depend on one another. Their
// results are contiguous, and so are their operands as a rule; then a sweep is a
// few loops over vectors instead of a switch per node. An operand that is one
// number for the whole batch is read once; operands that lie scattered are
// gathered into scratch memory first, and what is due to them is added one by one,
// so that one that occurs twice receives both.
#ifndef SWIFT_OPTIMIZATION_DERIVATIVE_PROGRAM_H
#define SWIFT_OPTIMIZATION_DERIVATIVE_PROGRAM_H

#include "derivative_operations.h"
#include "kernels.h"

enum {
  derivative_contiguous = 0,
  derivative_broadcast = 1,
  derivative_gather = 2,
};

// Where the operands of a batch are: `count` places from `place`, this place
// alone, or the places listed from indices[place].
typedef struct {
  int32_t place;
  int32_t kind;
  // 0 if all are constants, so that no derivative is due to them.
  int32_t active;
  // The first to contribute to the adjoints of these places, all at once, stores
  // instead of adding, so that they need not be set to 0.
  int32_t stores;
} derivative_operands;

typedef struct {
  int32_t op;
  int32_t count;
  int32_t result;
  // Where the partial derivatives of a function are kept.
  int32_t partials;
  derivative_operands a, b;
} derivative_batch;

typedef struct {
  int32_t start, count;
} derivative_range;

typedef struct {
  // Values by place: inputs, constants, results.
  double *values;
  size_t inputs, places;
  const derivative_batch *batches;
  size_t batch_count;
  const int32_t *indices;
  // Adjoints that a reverse sweep adds to.
  const derivative_range *zeros;
  size_t zero_count;
  double *partials;
  // Four times the count of the longest batch.
  double *scratch;
  size_t longest;
} derivative_program;

// The operands' numbers in an array by place; *stride is 0 for one number. A
// gathered operand is written to `scratch`.
KERNEL_BODY const double *derivative_read(const derivative_program *p,
                                          derivative_operands o, size_t n,
                                          const double *array, double *scratch,
                                          int *stride) {
  *stride = o.kind != derivative_broadcast;
  if (o.kind != derivative_gather) return array + o.place;
  const int32_t *index = p->indices + o.place;
  for (size_t i = 0; i < n; i++) scratch[i] = array[index[i]];
  return scratch;
}

// r[i] = EXPRESSION in A = a[i] and B = b[i].
#define DERIVATIVE_MAP(EXPRESSION)                                             \
  do {                                                                         \
    if (sa && sb)                                                              \
      for (size_t i = 0; i < n; i++) {                                         \
        const double A = a[i], B = b[i];                                       \
        (void)B;                                                               \
        r[i] = (EXPRESSION);                                                   \
      }                                                                        \
    else if (sa) {                                                             \
      const double B = b[0];                                                   \
      (void)B;                                                                 \
      for (size_t i = 0; i < n; i++) {                                         \
        const double A = a[i];                                                 \
        r[i] = (EXPRESSION);                                                   \
      }                                                                        \
    } else {                                                                   \
      const double A = a[0];                                                   \
      for (size_t i = 0; i < n; i++) {                                         \
        const double B = b[sb * i];                                            \
        (void)B;                                                               \
        r[i] = (EXPRESSION);                                                   \
      }                                                                        \
    }                                                                          \
  } while (0)

// A function of one number for a batch, with as many derivatives as asked for.
#define DERIVATIVE_FUNCTION(OP)                                                \
  case OP:                                                                     \
    if (order == 0)                                                            \
      for (size_t i = 0; i < n; i++) r[i] = derivative_value(OP, a[sa * i], 0);   \
    else if (order == 1)                                                       \
      for (size_t i = 0; i < n; i++) {                                         \
        double second;                                                         \
        const double A = a[sa * i], V = derivative_value(OP, A, 0);            \
        r[i] = V;                                                              \
        derivative_unary(OP, A, V, d + i, &second);                            \
      }                                                                        \
    else                                                                       \
      for (size_t i = 0; i < n; i++) {                                         \
        const double A = a[sa * i], V = derivative_value(OP, A, 0);            \
        r[i] = V;                                                              \
        derivative_unary(OP, A, V, d + i, d + n + i);                          \
      }                                                                        \
    break;

static inline void derivative_functions(int op, size_t n, const double *a,
                                        int sa, double *restrict r,
                                        double *restrict d, int order) {
  switch (op) {
    DERIVATIVE_FUNCTION(derivative_sqrt)
    DERIVATIVE_FUNCTION(derivative_exp)
    DERIVATIVE_FUNCTION(derivative_log)
  case derivative_sin:
  case derivative_cos:
    if (order == 0) {
      for (size_t i = 0; i < n; i++)
        r[i] = op == derivative_sin ? sin(a[sa * i]) : cos(a[sa * i]);
      break;
    }
    for (size_t i = 0; i < n; i++) {
      const double A = a[sa * i], s = sin(A), c = cos(A);
      r[i] = op == derivative_sin ? s : c;
      d[i] = op == derivative_sin ? c : -s;
      if (order > 1) d[n + i] = op == derivative_sin ? -s : -c;
    }
    break;
  default:
    for (size_t i = 0; i < n; i++) {
      double first, second;
      const double A = a[sa * i], V = derivative_value(op, A, 0);
      r[i] = V;
      if (order == 0) continue;
      derivative_unary(op, A, V, &first, &second);
      d[i] = first;
      if (order > 1) d[n + i] = second;
    }
  }
}

static inline void derivative_functions_of_two(int op, size_t n,
                                               const double *a, int sa,
                                               const double *b, int sb,
                                               double *restrict r,
                                               double *restrict d, int order) {
  for (size_t i = 0; i < n; i++) {
    const double A = a[sa * i], B = b[sb * i], V = derivative_value(op, A, B);
    r[i] = V;
    if (order == 0) continue;
    const derivative_partials q = derivative_binary(op, A, B, V);
    d[i] = q.a, d[n + i] = q.b;
    if (order > 1) d[2 * n + i] = q.aa, d[3 * n + i] = q.ab, d[4 * n + i] = q.bb;
  }
}

// All values from those of the inputs; for order 1 and 2 the derivatives of the
// functions too.
KERNEL_BODY void derivative_program_forward_body(const derivative_program *p,
                                                 int order) {
#pragma clang fp contract(off)
  double *const values = p->values;
  for (size_t k = 0; k < p->batch_count; k++) {
    const derivative_batch t = p->batches[k];
    const size_t n = (size_t)t.count;
    double *restrict r = values + t.result;
    int sa, sb;
    if (t.op == derivative_sum) {
      double s;
      if (t.a.kind == derivative_contiguous) {
        const double *a = values + t.a.place;
        s = a[0];
        for (size_t i = 1; i < n; i++) s += a[i];
      } else {
        const int32_t *index = p->indices + t.a.place;
        s = values[index[0]];
        for (size_t i = 1; i < n; i++) s += values[index[i]];
      }
      *r = s;
      continue;
    }
    const double *a = derivative_read(p, t.a, n, values, p->scratch, &sa);
    double *d = p->partials + t.partials;
    if (derivative_is_unary(t.op)) {
      const double *b = a;
      sb = sa;
      switch (t.op) {
      case derivative_negate: DERIVATIVE_MAP(-A); break;
      case derivative_square: DERIVATIVE_MAP(A * A); break;
      default: derivative_functions(t.op, n, a, sa, r, d, order);
      }
      continue;
    }
    const double *b =
        derivative_read(p, t.b, n, values, p->scratch + p->longest, &sb);
    switch (t.op) {
    case derivative_add: DERIVATIVE_MAP(A + B); break;
    case derivative_subtract: DERIVATIVE_MAP(A - B); break;
    case derivative_multiply: DERIVATIVE_MAP(A * B); break;
    case derivative_divide: DERIVATIVE_MAP(A / B); break;
    default: derivative_functions_of_two(t.op, n, a, sa, b, sb, r, d, order);
    }
  }
}
KERNEL_DISPATCH(void, derivative_program_forward,
                (const derivative_program *p, int order), (p, order))

// Adds EXPRESSION, for i from 0 to n - 1, to the numbers of operands o in
// `array`.
#define DERIVATIVE_CONTRIBUTE(array, o, EXPRESSION)                            \
  do {                                                                         \
    double *restrict target = (array) + (o).place;                             \
    if ((o).kind == derivative_contiguous) {                                   \
      if ((o).stores)                                                          \
        for (size_t i = 0; i < n; i++) target[i] = (EXPRESSION);               \
      else                                                                     \
        for (size_t i = 0; i < n; i++) target[i] += (EXPRESSION);              \
    } else if ((o).kind == derivative_broadcast) {                             \
      _Pragma("clang fp reassociate(on)") double sum = 0;                      \
      for (size_t i = 0; i < n; i++) sum += (EXPRESSION);                      \
      *target += sum;                                                          \
    } else {                                                                   \
      const int32_t *index = p->indices + (o).place;                           \
      for (size_t i = 0; i < n; i++) (array)[index[i]] += (EXPRESSION);        \
    }                                                                          \
  } while (0)

// The same with a factor that may be one number.
#define DERIVATIVE_CONTRIBUTE_WITH(array, o, f, sf, EXPRESSION)                \
  do {                                                                         \
    if (sf)                                                                    \
      DERIVATIVE_CONTRIBUTE(array, o, (EXPRESSION(f[i])));                     \
    else {                                                                     \
      const double F = f[0];                                                   \
      DERIVATIVE_CONTRIBUTE(array, o, (EXPRESSION(F)));                        \
    }                                                                          \
  } while (0)

// Adjoints of all places from those of the outputs, of which the caller has set
// the others in `zeros` to 0.
KERNEL_BODY void derivative_program_reverse_body(const derivative_program *p,
                                                 double *adjoint) {
#pragma clang fp contract(fast)
  const double *const values = p->values;
  for (size_t k = p->batch_count; k-- > 0;) {
    const derivative_batch t = p->batches[k];
    const size_t n = (size_t)t.count;
    const double *restrict w = adjoint + t.result;
    const double *restrict v = values + t.result;
    const double *d = p->partials + t.partials;
    int sa, sb;
    switch (t.op) {
    case derivative_sum: {
      const double s = *w;
      DERIVATIVE_CONTRIBUTE(adjoint, t.a, s);
      break;
    }
    case derivative_add:
      if (t.a.active) DERIVATIVE_CONTRIBUTE(adjoint, t.a, w[i]);
      if (t.b.active) DERIVATIVE_CONTRIBUTE(adjoint, t.b, w[i]);
      break;
    case derivative_subtract:
      if (t.a.active) DERIVATIVE_CONTRIBUTE(adjoint, t.a, w[i]);
      if (t.b.active) DERIVATIVE_CONTRIBUTE(adjoint, t.b, -w[i]);
      break;
    case derivative_negate: DERIVATIVE_CONTRIBUTE(adjoint, t.a, -w[i]); break;
#define TIMES(F) derivative_times(w[i], F)
#define TIMES_TWICE(F) derivative_times(w[i], 2 * (F))
    case derivative_multiply:
      if (t.a.active) {
        const double *b = derivative_read(p, t.b, n, values, p->scratch, &sb);
        DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.a, b, sb, TIMES);
      }
      if (t.b.active) {
        const double *a = derivative_read(p, t.a, n, values, p->scratch, &sa);
        DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.b, a, sa, TIMES);
      }
      break;
    case derivative_square: {
      const double *a = derivative_read(p, t.a, n, values, p->scratch, &sa);
      DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.a, a, sa, TIMES_TWICE);
      break;
    }
#define OVER(F) derivative_times(w[i], 1 / (F))
#define MINUS_OVER(F) derivative_times(w[i], -v[i] / (F))
    case derivative_divide: {
      const double *b = derivative_read(p, t.b, n, values, p->scratch, &sb);
      if (t.a.active) DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.a, b, sb, OVER);
      if (t.b.active)
        DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.b, b, sb, MINUS_OVER);
      break;
    }
    default:
      if (t.a.active)
        DERIVATIVE_CONTRIBUTE(adjoint, t.a, derivative_times(w[i], d[i]));
      if (!derivative_is_unary(t.op) && t.b.active)
        DERIVATIVE_CONTRIBUTE(adjoint, t.b, derivative_times(w[i], d[n + i]));
    }
  }
}
KERNEL_DISPATCH(void, derivative_program_reverse,
                (const derivative_program *p, double *adjoint), (p, adjoint))

// Tangents of all places from those of the inputs, along one direction.
KERNEL_BODY void derivative_tangents_of(const derivative_program *p,
                                        derivative_batch t, double *tangent) {
#pragma clang fp contract(fast)
  const double *const values = p->values;
  const size_t n = (size_t)t.count;
  double *restrict r = tangent + t.result;
  double *const scratch = p->scratch;
  const double *v = values + t.result;
  const double *d = p->partials + t.partials;
  int sa, sb, s;
  if (t.op == derivative_sum) {
#pragma clang fp reassociate(on)
    double sum = 0;
    if (t.a.kind == derivative_contiguous) {
      const double *a = tangent + t.a.place;
      for (size_t i = 0; i < n; i++) sum += a[i];
    } else {
      const int32_t *index = p->indices + t.a.place;
      for (size_t i = 0; i < n; i++) sum += tangent[index[i]];
    }
    *r = sum;
    return;
  }
  // Tangents in ta and tb, values in f.
  const double *ta = derivative_read(p, t.a, n, tangent, scratch, &sa);
  if (derivative_is_unary(t.op)) {
    const double *a = ta, *b;
    switch (t.op) {
    case derivative_negate:
      b = a, sb = sa;
      DERIVATIVE_MAP(-A);
      break;
    case derivative_square:
      b = derivative_read(p, t.a, n, values, scratch + p->longest, &sb);
      DERIVATIVE_MAP(derivative_times(A, 2 * B));
      break;
    default:
      b = d, sb = 1;
      DERIVATIVE_MAP(derivative_times(A, B));
    }
    return;
  }
  const double *tb =
      derivative_read(p, t.b, n, tangent, scratch + p->longest, &sb);
  switch (t.op) {
  case derivative_add: {
    const double *a = ta, *b = tb;
    DERIVATIVE_MAP(A + B);
    return;
  }
  case derivative_subtract: {
    const double *a = ta, *b = tb;
    DERIVATIVE_MAP(A - B);
    return;
  }
  case derivative_multiply:
  case derivative_divide: {
    // v = a b: ta b + tb a; v = a / b: ta / b - tb v / b.
    const int product = t.op == derivative_multiply;
    int sx, sy;
    const double *x =
        derivative_read(p, t.b, n, values, scratch + 2 * p->longest, &sx);
    const double *y = v;
    sy = 1;
    if (product)
      y = derivative_read(p, t.a, n, values, scratch + 3 * p->longest, &sy);
    if (t.a.active) {
      const double *a = ta, *b = x;
      s = sb, sb = sx;
      if (product) DERIVATIVE_MAP(derivative_times(A, B));
      else DERIVATIVE_MAP(derivative_times(A, 1 / B));
      sb = s;
    } else {
      for (size_t i = 0; i < n; i++) r[i] = 0;
    }
    if (!t.b.active) return;
    if (product && sb && sy)
      for (size_t i = 0; i < n; i++) r[i] += derivative_times(tb[i], y[i]);
    else if (product)
      for (size_t i = 0; i < n; i++)
        r[i] += derivative_times(tb[sb * i], y[sy * i]);
    else
      for (size_t i = 0; i < n; i++)
        r[i] += derivative_times(tb[sb * i], -v[i] / x[sx * i]);
    return;
  }
  default:
    for (size_t i = 0; i < n; i++)
      r[i] = derivative_times(ta[sa * i], d[i]) +
             derivative_times(tb[sb * i], d[n + i]);
  }
}

// Along `directions` directions, whose tangents are `places` numbers apart.
KERNEL_BODY void derivative_program_tangents_body(const derivative_program *p,
                                                  double *tangents,
                                                  size_t directions) {
  for (size_t k = 0; k < p->batch_count; k++)
    for (size_t j = 0; j < directions; j++)
      derivative_tangents_of(p, p->batches[k], tangents + j * p->places);
}
KERNEL_DISPATCH(void, derivative_program_tangents,
                (const derivative_program *p, double *tangents,
                 size_t directions),
                (p, tangents, directions))

// The derivatives of the adjoints along one direction: z of w.
KERNEL_BODY void derivative_second_of(const derivative_program *p,
                                      derivative_batch t, const double *adjoint,
                                      const double *tangent, double *second) {
#pragma clang fp contract(fast)
  const double *const values = p->values;
  const size_t n = (size_t)t.count, longest = p->longest;
  const double *restrict w = adjoint + t.result;
  const double *restrict z = second + t.result;
  const double *v = values + t.result;
  const double *d = p->partials + t.partials;
  double *const scratch = p->scratch;
  int sa, sb, sta, stb;
  switch (t.op) {
  case derivative_sum: {
    const double s = *z;
    DERIVATIVE_CONTRIBUTE(second, t.a, s);
    return;
  }
  case derivative_add:
    if (t.a.active) DERIVATIVE_CONTRIBUTE(second, t.a, z[i]);
    if (t.b.active) DERIVATIVE_CONTRIBUTE(second, t.b, z[i]);
    return;
  case derivative_subtract:
    if (t.a.active) DERIVATIVE_CONTRIBUTE(second, t.a, z[i]);
    if (t.b.active) DERIVATIVE_CONTRIBUTE(second, t.b, -z[i]);
    return;
  case derivative_negate: DERIVATIVE_CONTRIBUTE(second, t.a, -z[i]); return;
  default: break;
  }
  const double *ta = derivative_read(p, t.a, n, tangent, scratch, &sta);
  const double *a = derivative_read(p, t.a, n, values, scratch + longest, &sa);
  if (derivative_is_unary(t.op)) {
    if (t.op == derivative_square) {
      if (sa)
        DERIVATIVE_CONTRIBUTE(second, t.a,
                              derivative_times(z[i], 2 * a[i]) +
                                  derivative_times(w[i], 2 * ta[i]));
      else
        DERIVATIVE_CONTRIBUTE(second, t.a,
                              derivative_times(z[i], 2 * a[0]) +
                                  derivative_times(w[i], 2 * ta[0]));
      return;
    }
    if (sa)
      DERIVATIVE_CONTRIBUTE(
          second, t.a,
          derivative_times(z[i], d[i]) +
              derivative_times(w[i], derivative_times(ta[i], d[n + i])));
    else
      DERIVATIVE_CONTRIBUTE(
          second, t.a,
          derivative_times(z[i], d[i]) +
              derivative_times(w[i], derivative_times(ta[0], d[n + i])));
    return;
  }
  const double *tb =
      derivative_read(p, t.b, n, tangent, scratch + 2 * longest, &stb);
  const double *b =
      derivative_read(p, t.b, n, values, scratch + 3 * longest, &sb);
  if (t.op == derivative_multiply) {
    // A constant factor has the tangent 0.
#define WITH_TANGENT(F) derivative_times(z[i], F) + derivative_times(w[i], tb[i])
    if (t.a.active) {
      if (!t.b.active && sb)
        DERIVATIVE_CONTRIBUTE(second, t.a, derivative_times(z[i], b[i]));
      else if (!t.b.active)
        DERIVATIVE_CONTRIBUTE(second, t.a, derivative_times(z[i], b[0]));
      else if (sb)
        DERIVATIVE_CONTRIBUTE(second, t.a, WITH_TANGENT(b[i]));
      else
        DERIVATIVE_CONTRIBUTE(second, t.a,
                              derivative_times(z[i], b[0]) +
                                  derivative_times(w[i], tb[0]));
    }
    if (t.b.active) {
      if (!t.a.active && sa)
        DERIVATIVE_CONTRIBUTE(second, t.b, derivative_times(z[i], a[i]));
      else if (!t.a.active)
        DERIVATIVE_CONTRIBUTE(second, t.b, derivative_times(z[i], a[0]));
      else if (sa)
        DERIVATIVE_CONTRIBUTE(second, t.b,
                              derivative_times(z[i], a[i]) +
                                  derivative_times(w[i], ta[i]));
      else
        DERIVATIVE_CONTRIBUTE(second, t.b,
                              derivative_times(z[i], a[0]) +
                                  derivative_times(w[i], ta[0]));
    }
    return;
  }
  // All partial derivatives, stored or, of a quotient, computed. First those by
  // one operand, then those by the other, since the first may store.
  for (int second_operand = 0; second_operand < 2; second_operand++) {
    const derivative_operands o = second_operand ? t.b : t.a;
    if (!o.active) continue;
    for (size_t i = 0; i < n; i++) {
      derivative_partials q;
      if (t.op == derivative_divide)
        q = derivative_binary(derivative_divide, 0, b[sb * i], v[i]);
      else
        q = (derivative_partials){d[i], d[n + i], d[2 * n + i], d[3 * n + i],
                                  d[4 * n + i]};
      const double x = ta[sta * i], y = tb[stb * i];
      const double sum =
          second_operand
              ? derivative_times(z[i], q.b) +
                    derivative_times(w[i], derivative_times(x, q.ab) +
                                               derivative_times(y, q.bb))
              : derivative_times(z[i], q.a) +
                    derivative_times(w[i], derivative_times(x, q.aa) +
                                               derivative_times(y, q.ab));
      size_t place = (size_t)o.place;
      if (o.kind == derivative_gather) place = (size_t)p->indices[place + i];
      else if (o.kind == derivative_contiguous) place += i;
      second[place] = (o.stores ? 0 : second[place]) + sum;
    }
  }
}

// Adjoints are those of a reverse sweep before; tangents and derivatives of
// adjoints are `places` numbers apart.
KERNEL_BODY void derivative_program_second_body(const derivative_program *p,
                                                const double *adjoint,
                                                const double *tangents,
                                                double *seconds,
                                                size_t directions) {
  for (size_t k = p->batch_count; k-- > 0;)
    for (size_t j = 0; j < directions; j++)
      derivative_second_of(p, p->batches[k], adjoint,
                           tangents + j * p->places, seconds + j * p->places);
}
KERNEL_DISPATCH(void, derivative_program_second,
                (const derivative_program *p, const double *adjoint,
                 const double *tangents, double *seconds, size_t directions),
                (p, adjoint, tangents, seconds, directions))

#endif
