// Sweeps over a tape, node by node.
//
// A switch per node costs 1 to 2 ns, so that this is the way of recordings that
// are used once and of small functions. What is replayed often and large goes
// in batches; see derivative_kernels.h.
#ifndef SWIFT_OPTIMIZATION_DERIVATIVE_TAPE_H
#define SWIFT_OPTIMIZATION_DERIVATIVE_TAPE_H

#include "derivative_list.h"
#include "derivative_operations.h"
#include <stddef.h>
#include <string.h>

// Operands are places of earlier nodes or, negative, constants: -1 is the first.
// A sum has its first operand in the list of operands at `a` and `b` of them. A list
// has them there too, and is lists[b]; its further results are the nodes after it.
typedef struct {
  double value;
  int32_t a, b, op, unused;
} derivative_node;

typedef struct {
  derivative_node *nodes;
  const double *constants;
  const int32_t *operands;
  const derivative_list *lists;
  size_t count;
} derivative_tape;

DERIVATIVE_BODY double derivative_operand(const derivative_tape *t, int32_t i) {
  return i >= 0 ? t->nodes[i].value : t->constants[-1 - (ptrdiff_t)i];
}

// Left to right, as the recording was added up.
DERIVATIVE_BODY double derivative_tape_sum(const derivative_tape *t,
                                           derivative_node n) {
  double s = derivative_operand(t, t->operands[n.a]);
  for (int32_t k = 1; k < n.b; k++)
    s += derivative_operand(t, t->operands[n.a + k]);
  return s;
}

// Fills x and y of a list from the values of a tape.
static inline derivative_list derivative_tape_list(const derivative_tape *t,
                                                   size_t i) {
  const derivative_list l = t->lists[t->nodes[i].b];
  const int32_t *operands = t->operands + t->nodes[i].a;
  for (int32_t k = 0; k < l.inputs; k++)
    l.x[k] = derivative_operand(t, operands[k]);
  for (int32_t k = 0; k < l.outputs; k++) l.y[k] = t->nodes[i + k].value;
  return l;
}

// The values of nodes first, first + 1, …, from those of the inputs.
static inline void derivative_tape_forward(const derivative_tape *t,
                                           size_t first) {
#pragma clang fp contract(off)
  for (size_t i = first; i < t->count; i++) {
    derivative_node *n = t->nodes + i;
    if (n->op == derivative_sum) {
      n->value = derivative_tape_sum(t, *n);
      continue;
    }
    if (n->op == derivative_more) continue;
    if (n->op == derivative_list_of) {
      const derivative_list l = derivative_tape_list(t, i);
      l.call(l.object, derivative_list_value);
      for (int32_t k = 0; k < l.outputs; k++) t->nodes[i + k].value = l.y[k];
      continue;
    }
    double a = derivative_operand(t, n->a);
    switch (n->op) {
    case derivative_add: n->value = a + derivative_operand(t, n->b); break;
    case derivative_subtract: n->value = a - derivative_operand(t, n->b); break;
    case derivative_multiply: n->value = a * derivative_operand(t, n->b); break;
    case derivative_divide: n->value = a / derivative_operand(t, n->b); break;
    case derivative_square: n->value = a * a; break;
    default:
      n->value = derivative_value(n->op, a, derivative_operand(t, n->b));
    }
  }
}

// The rarer operations of the reverse sweep.
__attribute__((noinline)) static void
derivative_tape_reverse_one(const derivative_tape *t, double *adjoint,
                            size_t i) {
  const double w = adjoint[i];
  const derivative_node n = t->nodes[i];
  const int32_t *operands = t->operands + n.a;
  // Nothing follows from an adjoint of 0, whatever the partials are.
  if (n.op == derivative_more || (w == 0 && n.op != derivative_list_of)) return;
  if (n.op == derivative_sum) {
    for (int32_t k = 0; k < n.b; k++)
      if (operands[k] >= 0) adjoint[operands[k]] += w;
    return;
  }
  if (n.op == derivative_list_of) {
    const derivative_list l = derivative_tape_list(t, i);
    int counts = 0;
    for (int32_t k = 0; k < l.outputs; k++)
      l.w[k] = adjoint[i + k], counts |= l.w[k] != 0;
    if (!counts) return;
    l.call(l.object, derivative_list_pullback);
    for (int32_t k = 0; k < l.inputs; k++)
      if (operands[k] >= 0) adjoint[operands[k]] += l.g[k];
    return;
  }
  double a = derivative_operand(t, n.a), b = derivative_operand(t, n.b);
  derivative_partials p = derivative_binary(n.op, a, b, n.value);
  if (n.a >= 0) adjoint[n.a] += derivative_times(w, p.a);
  if (n.b >= 0 && !derivative_is_unary(n.op))
    adjoint[n.b] += derivative_times(w, p.b);
}

// Adds to the adjoints of earlier nodes what follows from those of later ones:
// adjoint[i] = ∂(seeded sum of outputs)/∂(node i) in the end.
//
// A node whose last operand is the node before it, as in most formulas, hands over
// what it has just added to, in a register: by way of memory the next node would
// wait for the store, some 7 cycles, and the chain of these waits is most of the
// time. The compiler must not make one selection of the two ways, which waits for
// both; an empty instruction is what it cannot select.
//
// A product is NaN where one factor is 0 and the other infinite, or NaN; only then
// is there need to look at the factors, and otherwise a factor of 0 gives 0.
static inline void derivative_tape_reverse(const derivative_tape *t,
                                           double *adjoint, size_t inputs) {
  static const void *const labels[] = {&&rare,     &&add,  &&subtract,
                                       &&multiply, &&rare, &&rare,
                                       &&square};
  const derivative_node *const nodes = t->nodes;
  const double *const constants = t->constants;
  const derivative_node *const first = nodes + inputs;
  const derivative_node *n = nodes + t->count;
  double *at = adjoint + t->count;
  double w;
#define DERIVATIVE_TIMES(NAME, FACTOR)                                         \
  double NAME = w * (FACTOR);                                                  \
  if (__builtin_expect(NAME != NAME, 0)) NAME = derivative_times(w, FACTOR)
#define DERIVATIVE_CONSTANT(place) constants[-1 - (ptrdiff_t)(place)]
#define DERIVATIVE_GO goto *(n->op <= derivative_square ? labels[n->op] : &&rare)
#define DERIVATIVE_NEXT                                                        \
  do {                                                                         \
    if (n == first) return;                                                    \
    n--, at--, w = *at;                                                        \
    DERIVATIVE_GO;                                                             \
  } while (0)
#define DERIVATIVE_NEXT_AFTER_ADDING(place, term)                              \
  do {                                                                         \
    double *const target = adjoint + (place);                                  \
    const double sum = *target + (term);                                       \
    *target = sum;                                                             \
    if (n == first) return;                                                    \
    n--, at--;                                                                 \
    if (at == target) w = sum;                                                 \
    else {                                                                     \
      w = *at;                                                                 \
      __asm__ volatile("");                                                    \
    }                                                                          \
    DERIVATIVE_GO;                                                             \
  } while (0)
  DERIVATIVE_NEXT;
add: {
  const int32_t a = n->a, b = n->b;
  if (a >= 0) adjoint[a] += w;
  if (b >= 0) DERIVATIVE_NEXT_AFTER_ADDING(b, w);
  DERIVATIVE_NEXT;
}
subtract: {
  const int32_t a = n->a, b = n->b;
  if (a >= 0) adjoint[a] += w;
  if (b >= 0) DERIVATIVE_NEXT_AFTER_ADDING(b, -w);
  DERIVATIVE_NEXT;
}
multiply: {
  const int32_t a = n->a, b = n->b;
  if (a == b) goto square;
  if (a < 0) {
    DERIVATIVE_TIMES(due, DERIVATIVE_CONSTANT(a));
    DERIVATIVE_NEXT_AFTER_ADDING(b, due);
  }
  if (b < 0) {
    DERIVATIVE_TIMES(due, DERIVATIVE_CONSTANT(b));
    DERIVATIVE_NEXT_AFTER_ADDING(a, due);
  }
  DERIVATIVE_TIMES(due_to_a, nodes[b].value);
  DERIVATIVE_TIMES(due_to_b, nodes[a].value);
  adjoint[a] += due_to_a;
  DERIVATIVE_NEXT_AFTER_ADDING(b, due_to_b);
}
square: {
  const int32_t a = n->a;
  DERIVATIVE_TIMES(due, 2 * nodes[a].value);
  DERIVATIVE_NEXT_AFTER_ADDING(a, due);
}
rare:
  derivative_tape_reverse_one(t, adjoint, (size_t)(n - nodes));
  DERIVATIVE_NEXT;
}

// Tangents of all nodes from those of the inputs.
static inline void derivative_tape_tangents(const derivative_tape *t,
                                            double *tangent, size_t inputs) {
  for (size_t i = inputs; i < t->count; i++) {
    const derivative_node n = t->nodes[i];
    double s = 0;
    if (n.op == derivative_more) continue;
    if (n.op == derivative_list_of) {
      const derivative_list l = derivative_tape_list(t, i);
      const int32_t *operands = t->operands + n.a;
      for (int32_t k = 0; k < l.inputs; k++)
        l.t[k] = operands[k] >= 0 ? tangent[operands[k]] : 0;
      l.call(l.object, derivative_list_pushforward);
      for (int32_t k = 0; k < l.outputs; k++) tangent[i + k] = l.z[k];
      continue;
    }
    if (n.op == derivative_sum) {
      for (int32_t k = 0; k < n.b; k++) {
        int32_t a = t->operands[n.a + k];
        if (a >= 0) s += tangent[a];
      }
    } else {
      double a = derivative_operand(t, n.a), b = derivative_operand(t, n.b);
      double ta = n.a >= 0 ? tangent[n.a] : 0;
      double tb = n.b >= 0 && !derivative_is_unary(n.op) ? tangent[n.b] : 0;
      if (ta != 0 || tb != 0) {
        derivative_partials p = derivative_partials_of(n.op, a, b, n.value);
        s = derivative_times(ta, p.a) + derivative_times(tb, p.b);
      }
    }
    tangent[i] = s;
  }
}

// Adjoints and their derivatives along the tangents; for the inputs, gradient
// and Hessian-vector product of the seeded sum of outputs.
static inline void derivative_tape_second(const derivative_tape *t,
                                          const double *tangent,
                                          double *adjoint, double *second,
                                          size_t inputs) {
  for (size_t i = t->count; i-- > inputs;) {
    const double w = adjoint[i], z = second[i];
    const derivative_node n = t->nodes[i];
    if (n.op == derivative_list_of) {
      const derivative_list l = derivative_tape_list(t, i);
      const int32_t *operands = t->operands + n.a;
      int counts = 0;
      for (int32_t k = 0; k < l.outputs; k++) {
        l.w[k] = adjoint[i + k], l.z[k] = second[i + k];
        counts |= l.w[k] != 0 || l.z[k] != 0;
      }
      if (!counts) continue;
      for (int32_t k = 0; k < l.inputs; k++)
        l.t[k] = operands[k] >= 0 ? tangent[operands[k]] : 0;
      l.call(l.object, derivative_list_second);
      for (int32_t k = 0; k < l.inputs; k++)
        if (operands[k] >= 0) second[operands[k]] += l.g[k];
      l.call(l.object, derivative_list_pullback);
      for (int32_t k = 0; k < l.inputs; k++)
        if (operands[k] >= 0) adjoint[operands[k]] += l.g[k];
      continue;
    }
    if ((w == 0 && z == 0) || n.op == derivative_more) continue;
    if (n.op == derivative_sum) {
      for (int32_t k = 0; k < n.b; k++) {
        int32_t a = t->operands[n.a + k];
        if (a >= 0) adjoint[a] += w, second[a] += z;
      }
      continue;
    }
    double a = derivative_operand(t, n.a), b = derivative_operand(t, n.b);
    int two = n.b >= 0 && !derivative_is_unary(n.op);
    double ta = n.a >= 0 ? tangent[n.a] : 0, tb = two ? tangent[n.b] : 0;
    derivative_partials p = derivative_partials_of(n.op, a, b, n.value);
    if (n.a >= 0) {
      double turn = derivative_times(ta, p.aa) + derivative_times(tb, p.ab);
      adjoint[n.a] += derivative_times(w, p.a);
      second[n.a] += derivative_times(z, p.a) + derivative_times(w, turn);
    }
    if (two) {
      double turn = derivative_times(ta, p.ab) + derivative_times(tb, p.bb);
      adjoint[n.b] += derivative_times(w, p.b);
      second[n.b] += derivative_times(z, p.b) + derivative_times(w, turn);
    }
  }
}

// What a program decides by: comparisons of numbers, and what else of a number
// has become a plain one. `expected` is the outcome of the recording.
enum {
  derivative_guard_less = 0,
  derivative_guard_less_or_equal = 1,
  derivative_guard_equal = 2,
  derivative_guard_class = 3,
  derivative_guard_sign = 4,
  derivative_guard_exponent = 5,
  derivative_guard_bits = 6,
};

typedef struct {
  int64_t expected;
  int32_t a, b, kind, unused;
} derivative_guard;

DERIVATIVE_BODY int64_t derivative_guard_outcome(int kind, double a, double b) {
  int64_t bits;
  memcpy(&bits, &a, sizeof bits);
  switch (kind) {
  case derivative_guard_less: return a < b;
  case derivative_guard_less_or_equal: return a <= b;
  case derivative_guard_equal: return a == b;
  case derivative_guard_class:
    return fpclassify(a) * 2 + (signbit(a) ? 1 : 0);
  case derivative_guard_sign: return signbit(a) ? 1 : 0;
  case derivative_guard_exponent:
    if (a == 0 || a - a != 0) return INT64_MIN + fpclassify(a);
    return ilogb(a);
  default: return bits;
  }
}

// The values of the nodes are at `stride` doubles from `values`.
static inline int derivative_guards_hold(const derivative_guard *guards,
                                         size_t count, const double *values,
                                         size_t stride,
                                         const double *constants) {
  int held = 1;
  for (size_t i = 0; i < count; i++) {
    derivative_guard g = guards[i];
    double a = g.a >= 0 ? values[g.a * stride] : constants[-1 - (ptrdiff_t)g.a];
    double b = g.b >= 0 ? values[g.b * stride] : constants[-1 - (ptrdiff_t)g.b];
    held &= derivative_guard_outcome(g.kind, a, b) == g.expected;
  }
  return held;
}

#endif
