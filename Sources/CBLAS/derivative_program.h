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

#include "derivative_list.h"
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

// A list is a batch of its own: lists[partials], of `count` results.
typedef struct {
  int32_t op;
  int32_t count;
  int32_t result;
  // Where the partial derivatives of a function are kept.
  int32_t partials;
  derivative_operands a, b;
  // Bit i mod 64 for each input i that any of the results depends on.
  uint64_t depends;
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
  const derivative_list *lists;
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

// Copies the numbers of a list's operands, or adds to them.
static inline void derivative_list_read(const derivative_program *p,
                                        derivative_batch t, const double *array,
                                        double *numbers) {
  const size_t n = (size_t)p->lists[t.partials].inputs;
  if (t.a.kind == derivative_gather)
    for (size_t i = 0; i < n; i++)
      numbers[i] = array[p->indices[t.a.place + i]];
  else memcpy(numbers, array + t.a.place, n * sizeof(double));
}

static inline void derivative_list_add(const derivative_program *p,
                                       derivative_batch t, double *array,
                                       const double *numbers) {
  const size_t n = (size_t)p->lists[t.partials].inputs;
  if (t.a.kind == derivative_gather)
    for (size_t i = 0; i < n; i++)
      array[p->indices[t.a.place + i]] += numbers[i];
  else
    for (size_t i = 0; i < n; i++) array[t.a.place + i] += numbers[i];
}

static inline void derivative_list_forward(const derivative_program *p,
                                           derivative_batch t) {
  const derivative_list l = p->lists[t.partials];
  derivative_list_read(p, t, p->values, l.x);
  l.call(l.object, derivative_list_value);
  memcpy(p->values + t.result, l.y, (size_t)l.outputs * sizeof(double));
}

static inline void derivative_list_reverse(const derivative_program *p,
                                           derivative_batch t,
                                           double *adjoint) {
  const derivative_list l = p->lists[t.partials];
  int counts = 0;
  for (int32_t k = 0; k < l.outputs; k++)
    l.w[k] = adjoint[t.result + k], counts |= l.w[k] != 0;
  if (!counts) return;
  derivative_list_read(p, t, p->values, l.x);
  memcpy(l.y, p->values + t.result, (size_t)l.outputs * sizeof(double));
  l.call(l.object, derivative_list_pullback);
  derivative_list_add(p, t, adjoint, l.g);
}

static inline void derivative_list_tangents(const derivative_program *p,
                                            derivative_batch t,
                                            double *tangent) {
  const derivative_list l = p->lists[t.partials];
  derivative_list_read(p, t, p->values, l.x);
  derivative_list_read(p, t, tangent, l.t);
  memcpy(l.y, p->values + t.result, (size_t)l.outputs * sizeof(double));
  l.call(l.object, derivative_list_pushforward);
  memcpy(tangent + t.result, l.z, (size_t)l.outputs * sizeof(double));
}

static inline void derivative_list_seconds(const derivative_program *p,
                                           derivative_batch t,
                                           const double *adjoint,
                                           const double *tangent,
                                           double *second) {
  const derivative_list l = p->lists[t.partials];
  int counts = 0;
  for (int32_t k = 0; k < l.outputs; k++) {
    l.w[k] = adjoint[t.result + k], l.z[k] = second[t.result + k];
    counts |= l.w[k] != 0 || l.z[k] != 0;
  }
  if (!counts) return;
  derivative_list_read(p, t, p->values, l.x);
  derivative_list_read(p, t, tangent, l.t);
  memcpy(l.y, p->values + t.result, (size_t)l.outputs * sizeof(double));
  l.call(l.object, derivative_list_second);
  derivative_list_add(p, t, second, l.g);
}

// The loops below are written over vectors of four numbers, with the rest one by
// one; in both, `number` is the type of what is computed, and an expression is
// the same text. NUMBERS(p) are those at p[i], NUMBER(p) is p[0].
#define NUMBERS(p) (*(const number *)((p) + i))
#define NUMBER(p) ((p)[0] - (number){0})
#define DERIVATIVE_EACH(...)                                                   \
  do {                                                                         \
    size_t i = 0;                                                              \
    for (; i + 4 <= n; i += 4) {                                               \
      typedef kernel_v4 number;                                                \
      __VA_ARGS__;                                                             \
    }                                                                          \
    for (; i < n; i++) {                                                       \
      typedef double number;                                                   \
      __VA_ARGS__;                                                             \
    }                                                                          \
  } while (0)

// r[i] = EXPRESSION in A = a[i] and B = b[i], either of which may be one number.
#define DERIVATIVE_MAP(EXPRESSION)                                             \
  do {                                                                         \
    if (sa && sb)                                                              \
      DERIVATIVE_EACH(const number A = NUMBERS(a), B = NUMBERS(b); (void)B;    \
                      *(number *)(r + i) = (EXPRESSION));                      \
    else if (sa)                                                               \
      DERIVATIVE_EACH(const number A = NUMBERS(a), B = NUMBER(b); (void)B;     \
                      *(number *)(r + i) = (EXPRESSION));                      \
    else if (sb)                                                               \
      DERIVATIVE_EACH(const number A = NUMBER(a), B = NUMBERS(b); (void)B;     \
                      *(number *)(r + i) = (EXPRESSION));                      \
    else                                                                       \
      DERIVATIVE_EACH(const number A = NUMBER(a), B = NUMBER(b); (void)B;      \
                      *(number *)(r + i) = (EXPRESSION));                      \
  } while (0)

#define DERIVATIVE_ROOT(x) __builtin_elementwise_sqrt(x)

// The values of a function of one number, for a batch. The loop is written for
// each frequent function, so that there is no switch in it.
static inline void derivative_function_values(int op, size_t n, const double *a,
                                              int sa, double *restrict r) {
#define DERIVATIVE_VALUES(OP)                                                  \
  case OP:                                                                     \
    for (size_t i = 0; i < n; i++) r[i] = derivative_value(OP, a[sa * i], 0);    \
    break;
  switch (op) {
  case derivative_sqrt:
    // Correctly rounded in either form, so the bits are those of the recording.
    if (sa) DERIVATIVE_EACH(*(number *)(r + i) = DERIVATIVE_ROOT(NUMBERS(a)));
    else DERIVATIVE_EACH(*(number *)(r + i) = DERIVATIVE_ROOT(NUMBER(a)));
    break;
    DERIVATIVE_VALUES(derivative_exp)
    DERIVATIVE_VALUES(derivative_log)
    DERIVATIVE_VALUES(derivative_sin)
    DERIVATIVE_VALUES(derivative_cos)
  default:
    for (size_t i = 0; i < n; i++) r[i] = derivative_value(op, a[sa * i], 0);
  }
}

// Its first derivatives in d[i], for order 2 the second ones in d[n + i], from the
// operands a and the values v.
static inline void derivative_function_partials(int op, size_t n,
                                                const double *a, int sa,
                                                const double *v,
                                                double *restrict d, int order) {
#define DERIVATIVE_PARTIALS(OP)                                                \
  case OP:                                                                     \
    if (order > 1)                                                             \
      for (size_t i = 0; i < n; i++)                                           \
        derivative_unary(OP, a[sa * i], v[i], d + i, d + n + i);               \
    else                                                                       \
      for (size_t i = 0; i < n; i++)                                           \
        derivative_unary(OP, a[sa * i], v[i], d + i, &second);                 \
    break;
  double second;
  switch (op) {
  case derivative_sqrt:
    DERIVATIVE_EACH(*(number *)(d + i) = 0.5 / NUMBERS(v));
    if (order > 1)
      for (size_t i = 0; i < n; i++) d[n + i] = -0.5 * d[i] / a[sa * i];
    break;
    DERIVATIVE_PARTIALS(derivative_exp)
    DERIVATIVE_PARTIALS(derivative_log)
    DERIVATIVE_PARTIALS(derivative_sin)
    DERIVATIVE_PARTIALS(derivative_cos)
  default:
    for (size_t i = 0; i < n; i++)
      derivative_unary(op, a[sa * i], v[i], d + i,
                       order > 1 ? d + n + i : &second);
  }
}

static inline void derivative_partials_of_two(int op, size_t n, const double *a,
                                              int sa, const double *b, int sb,
                                              const double *v,
                                              double *restrict d, int order) {
  for (size_t i = 0; i < n; i++) {
    const derivative_partials q =
        derivative_binary(op, a[sa * i], b[sb * i], v[i]);
    d[i] = q.a, d[n + i] = q.b;
    if (order > 1) d[2 * n + i] = q.aa, d[3 * n + i] = q.ab, d[4 * n + i] = q.bb;
  }
}

// All values from those of the inputs.
KERNEL_BODY void derivative_program_forward_body(const derivative_program *p) {
#pragma clang fp contract(off)
  double *const values = p->values;
  for (size_t k = 0; k < p->batch_count; k++) {
    const derivative_batch t = p->batches[k];
    const size_t n = (size_t)t.count;
    double *r = values + t.result;
    int sa, sb;
    if (t.op == derivative_list_of) {
      derivative_list_forward(p, t);
      continue;
    }
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
    if (derivative_is_unary(t.op)) {
      const double *b = a;
      sb = sa;
      switch (t.op) {
      case derivative_negate: DERIVATIVE_MAP(-A); break;
      case derivative_square: DERIVATIVE_MAP(A * A); break;
      default: derivative_function_values(t.op, n, a, sa, r);
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
    default:
      for (size_t i = 0; i < n; i++)
        r[i] = derivative_value(t.op, a[sa * i], b[sb * i]);
    }
  }
}
KERNEL_DISPATCH(void, derivative_program_forward, (const derivative_program *p),
                (p))

// The first derivatives of all functions at the values, for order 2 the second
// ones too. Apart from the values, so that what asks for derivatives where it
// has asked for values does not compute these again.
KERNEL_BODY void derivative_program_partials_body(const derivative_program *p,
                                                  int order) {
#pragma clang fp contract(off)
  const double *const values = p->values;
  for (size_t k = 0; k < p->batch_count; k++) {
    const derivative_batch t = p->batches[k];
    if (t.op < derivative_abs || t.op >= derivative_sum) continue;
    const size_t n = (size_t)t.count;
    const double *v = values + t.result;
    double *d = p->partials + t.partials;
    int sa, sb;
    const double *a = derivative_read(p, t.a, n, values, p->scratch, &sa);
    if (derivative_is_unary(t.op)) {
      derivative_function_partials(t.op, n, a, sa, v, d, order);
      continue;
    }
    const double *b =
        derivative_read(p, t.b, n, values, p->scratch + p->longest, &sb);
    derivative_partials_of_two(t.op, n, a, sa, b, sb, v, d, order);
  }
}
KERNEL_DISPATCH(void, derivative_program_partials,
                (const derivative_program *p, int order), (p, order))

// Adds EXPRESSION, for i from 0 to n - 1, to the numbers of operands o in
// `array`.
#define DERIVATIVE_CONTRIBUTE(array, o, EXPRESSION)                            \
  do {                                                                         \
    double *target = (array) + (o).place;                                      \
    if ((o).kind == derivative_contiguous) {                                   \
      if ((o).stores)                                                          \
        DERIVATIVE_EACH(*(number *)(target + i) = (EXPRESSION));               \
      else                                                                     \
        DERIVATIVE_EACH(*(number *)(target + i) += (EXPRESSION));              \
    } else if ((o).kind == derivative_broadcast) {                             \
      kernel_v4 sums = {0, 0, 0, 0};                                           \
      size_t i = 0;                                                            \
      for (; i + 4 <= n; i += 4) {                                             \
        typedef kernel_v4 number;                                              \
        sums += (EXPRESSION);                                                  \
      }                                                                        \
      double sum = kernel_sum4(sums);                                          \
      for (; i < n; i++) {                                                     \
        typedef double number;                                                 \
        sum += (EXPRESSION);                                                   \
      }                                                                        \
      *target += sum;                                                          \
    } else {                                                                   \
      const int32_t *index = p->indices + (o).place;                           \
      for (size_t i = 0; i < n; i++) {                                         \
        typedef double number;                                                 \
        (array)[index[i]] += (EXPRESSION);                                     \
      }                                                                        \
    }                                                                          \
  } while (0)

// The same with a factor F, f[i] or one number.
#define DERIVATIVE_CONTRIBUTE_WITH(array, o, f, sf, EXPRESSION)                \
  do {                                                                         \
    if (sf) DERIVATIVE_CONTRIBUTE(array, o, EXPRESSION(NUMBERS(f)));           \
    else DERIVATIVE_CONTRIBUTE(array, o, EXPRESSION(NUMBER(f)));               \
  } while (0)

// Adjoints of all places from those of the outputs, of which the caller has set
// the others in `zeros` to 0.
KERNEL_BODY void derivative_program_reverse_body(const derivative_program *p,
                                                 double *adjoint) {
#pragma clang fp contract(on)
  const double *const values = p->values;
  for (size_t k = p->batch_count; k-- > 0;) {
    const derivative_batch t = p->batches[k];
    const size_t n = (size_t)t.count;
    const double *w = adjoint + t.result;
    const double *v = values + t.result;
    const double *d = p->partials + t.partials;
    int sa, sb;
    switch (t.op) {
    case derivative_list_of: derivative_list_reverse(p, t, adjoint); break;
    case derivative_sum:
      DERIVATIVE_CONTRIBUTE(adjoint, t.a, NUMBER(w));
      break;
    case derivative_add:
      if (t.a.active) DERIVATIVE_CONTRIBUTE(adjoint, t.a, NUMBERS(w));
      if (t.b.active) DERIVATIVE_CONTRIBUTE(adjoint, t.b, NUMBERS(w));
      break;
    case derivative_subtract:
      if (t.a.active) DERIVATIVE_CONTRIBUTE(adjoint, t.a, NUMBERS(w));
      if (t.b.active) DERIVATIVE_CONTRIBUTE(adjoint, t.b, -NUMBERS(w));
      break;
    case derivative_negate:
      DERIVATIVE_CONTRIBUTE(adjoint, t.a, -NUMBERS(w));
      break;
#define TIMES(F) derivative_times(NUMBERS(w), F)
#define TIMES_TWICE(F) derivative_times(NUMBERS(w), 2 * (F))
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
#define OVER(F) derivative_times(NUMBERS(w), 1 / (F))
#define MINUS_OVER(F) derivative_times(NUMBERS(w), -NUMBERS(v) / (F))
    case derivative_divide: {
      const double *b = derivative_read(p, t.b, n, values, p->scratch, &sb);
      if (t.a.active) DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.a, b, sb, OVER);
      if (t.b.active)
        DERIVATIVE_CONTRIBUTE_WITH(adjoint, t.b, b, sb, MINUS_OVER);
      break;
    }
    default:
      if (t.a.active) DERIVATIVE_CONTRIBUTE(adjoint, t.a, TIMES(NUMBERS(d)));
      if (!derivative_is_unary(t.op) && t.b.active)
        DERIVATIVE_CONTRIBUTE(adjoint, t.b, TIMES(NUMBERS(d + n)));
    }
  }
}
KERNEL_DISPATCH(void, derivative_program_reverse,
                (const derivative_program *p, double *adjoint), (p, adjoint))

// Tangents of all places from those of the inputs, along one direction.
KERNEL_BODY void derivative_tangents_of(const derivative_program *p,
                                        derivative_batch t, double *tangent) {
#pragma clang fp contract(on)
  const double *const values = p->values;
  const size_t n = (size_t)t.count;
  double *r = tangent + t.result;
  double *const scratch = p->scratch;
  const double *v = values + t.result;
  const double *d = p->partials + t.partials;
  int sa, sb, s;
  if (t.op == derivative_list_of) {
    derivative_list_tangents(p, t, tangent);
    return;
  }
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
  case derivative_multiply: {
    // v = a b has the tangent ta b + tb a.
    if (t.a.active) {
      const double *a = ta;
      const double *b =
          derivative_read(p, t.b, n, values, scratch + 2 * p->longest, &s);
      const int kept = sb;
      sb = s;
      DERIVATIVE_MAP(derivative_times(A, B));
      sb = kept;
    }
    if (t.b.active) {
      const double *b = tb;
      const double *a =
          derivative_read(p, t.a, n, values, scratch + 2 * p->longest, &sa);
      if (t.a.active)
        DERIVATIVE_MAP(*(number *)(r + i) + derivative_times(B, A));
      else
        DERIVATIVE_MAP(derivative_times(B, A));
    }
    return;
  }
  case derivative_divide: {
    // v = a / b has the tangent ta / b - tb v / b.
    const double *x =
        derivative_read(p, t.b, n, values, scratch + 2 * p->longest, &s);
    for (size_t i = 0; i < n; i++) {
      const double inverse = 1 / x[s * i];
      r[i] = derivative_times(ta[sa * i], inverse) -
             derivative_times(tb[sb * i], v[i] * inverse);
    }
    return;
  }
  default:
    for (size_t i = 0; i < n; i++)
      r[i] = derivative_times(ta[sa * i], d[i]) +
             derivative_times(tb[sb * i], d[n + i]);
  }
}

// Along `directions` directions, at most 8, whose tangents are `places` numbers
// apart. What does not depend on the inputs that a direction moves has the
// tangent 0; of a Jacobian's columns that is more than half, as a rule.
KERNEL_BODY void derivative_program_tangents_body(const derivative_program *p,
                                                  double *tangents,
                                                  size_t directions) {
  uint64_t moved[8] = {0};
  for (size_t j = 0; j < directions; j++)
    for (size_t i = 0; i < p->inputs; i++)
      moved[j] |= (uint64_t)(tangents[j * p->places + i] != 0) << (i & 63);
  for (size_t k = 0; k < p->batch_count; k++) {
    const derivative_batch t = p->batches[k];
    const size_t results = t.op == derivative_sum ? 1 : (size_t)t.count;
    for (size_t j = 0; j < directions; j++) {
      double *tangent = tangents + j * p->places;
      if (t.depends & moved[j]) derivative_tangents_of(p, t, tangent);
      else memset(tangent + t.result, 0, results * sizeof(double));
    }
  }
}
KERNEL_DISPATCH(void, derivative_program_tangents,
                (const derivative_program *p, double *tangents,
                 size_t directions),
                (p, tangents, directions))

// The derivatives of the adjoints along one direction: z of w.
KERNEL_BODY void derivative_second_of(const derivative_program *p,
                                      derivative_batch t, const double *adjoint,
                                      const double *tangent, double *second) {
#pragma clang fp contract(on)
  const double *const values = p->values;
  const size_t n = (size_t)t.count, longest = p->longest;
  const double *w = adjoint + t.result;
  const double *z = second + t.result;
  const double *v = values + t.result;
  const double *d = p->partials + t.partials;
  double *const scratch = p->scratch;
  int sa, sb, sta, stb;
  switch (t.op) {
  case derivative_list_of:
    derivative_list_seconds(p, t, adjoint, tangent, second);
    return;
  case derivative_sum: DERIVATIVE_CONTRIBUTE(second, t.a, NUMBER(z)); return;
  case derivative_add:
    if (t.a.active) DERIVATIVE_CONTRIBUTE(second, t.a, NUMBERS(z));
    if (t.b.active) DERIVATIVE_CONTRIBUTE(second, t.b, NUMBERS(z));
    return;
  case derivative_subtract:
    if (t.a.active) DERIVATIVE_CONTRIBUTE(second, t.a, NUMBERS(z));
    if (t.b.active) DERIVATIVE_CONTRIBUTE(second, t.b, -NUMBERS(z));
    return;
  case derivative_negate:
    DERIVATIVE_CONTRIBUTE(second, t.a, -NUMBERS(z));
    return;
  default: break;
  }
  const double *ta = derivative_read(p, t.a, n, tangent, scratch, &sta);
#define ALONE(F) derivative_times(NUMBERS(z), F)
#define TWICE(F, T)                                                            \
  derivative_times(NUMBERS(z), 2 * F) + derivative_times(NUMBERS(w), 2 * T)
#define BOTH(F, T)                                                             \
  derivative_times(NUMBERS(z), F) + derivative_times(NUMBERS(w), T)
#define CURVED(T)                                                              \
  derivative_times(NUMBERS(z), NUMBERS(d)) +                                   \
      derivative_times(NUMBERS(w), derivative_times(T, NUMBERS(d + n)))
  if (derivative_is_unary(t.op) && t.op != derivative_square) {
    DERIVATIVE_CONTRIBUTE_WITH(second, t.a, ta, sta, CURVED);
    return;
  }
  const double *a = derivative_read(p, t.a, n, values, scratch + longest, &sa);
  if (t.op == derivative_square) {
    if (sa)
      DERIVATIVE_CONTRIBUTE(second, t.a, TWICE(NUMBERS(a), NUMBERS(ta)));
    else DERIVATIVE_CONTRIBUTE(second, t.a, TWICE(NUMBER(a), NUMBER(ta)));
    return;
  }
  const double *tb =
      derivative_read(p, t.b, n, tangent, scratch + 2 * longest, &stb);
  const double *b =
      derivative_read(p, t.b, n, values, scratch + 3 * longest, &sb);
  if (t.op == derivative_multiply) {
    // A constant factor has the tangent 0. Tangents of an operand are one number
    // where its values are.
    if (!t.b.active) DERIVATIVE_CONTRIBUTE_WITH(second, t.a, b, sb, ALONE);
    else if (!t.a.active) DERIVATIVE_CONTRIBUTE_WITH(second, t.b, a, sa, ALONE);
    else {
      if (sb) DERIVATIVE_CONTRIBUTE(second, t.a, BOTH(NUMBERS(b), NUMBERS(tb)));
      else DERIVATIVE_CONTRIBUTE(second, t.a, BOTH(NUMBER(b), NUMBER(tb)));
      if (sa) DERIVATIVE_CONTRIBUTE(second, t.b, BOTH(NUMBERS(a), NUMBERS(ta)));
      else DERIVATIVE_CONTRIBUTE(second, t.b, BOTH(NUMBER(a), NUMBER(ta)));
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
