// The update rules of first-order optimizers, each fused in one pass.
//
// A step on n parameters waits for memory: what counts is that every vector is read
// and written once. The bodies are written over one element, in a form that the
// compiler vectorises, and are compiled for double and for float:
//
//   update_momentum_body.h   the gradient, and velocities made of it
//   update_scaled_body.h     steps scaled by the squares of gradients
//   update_moments_body.h    Adam and what descends from it
//   update_signs_body.h      steps by the sign of something
//   update_blocks_body.h     parts of the rules that act on matrices as wholes
//
// Hyperparameters come as double. 1 − β is taken before it is rounded: in float
// the difference would have lost half its digits.
#ifndef SWIFT_OPTIMIZATION_UPDATE_RULES_H
#define SWIFT_OPTIMIZATION_UPDATE_RULES_H

#include "kernels.h"

#define UPDATE_PASTE2(name, type) name##_##type
#define UPDATE_PASTE(name, type) UPDATE_PASTE2(name, type)
// name_double or name_float, and its body.
#define UPDATE_NAME(name) UPDATE_PASTE(name, REAL)
#define UPDATE_BODY(name) UPDATE_PASTE(UPDATE_NAME(name), body)
// Expands the name before it is pasted.
#define UPDATE_DISPATCH(name, type, parameters, arguments)                     \
  UPDATE_DISPATCH2(type, UPDATE_NAME(name), parameters, arguments)
#define UPDATE_DISPATCH2(type, name, parameters, arguments)                    \
  KERNEL_DISPATCH(type, name, parameters, arguments)

// Defines `name` for a body that does the same to each of n elements, over pieces of
// a constant count; the arguments are those of the body for `count` elements from
// `at` on. The compiler is asked for small code here, as all code of a header that Swift
// imports is, and then masks the end of a loop of unknown count in every iteration,
// which on some processors makes each store ten times as long.
#define UPDATE_PASS(name, parameters, arguments)                               \
  UPDATE_PASS2(UPDATE_NAME(name), parameters, arguments)
#define UPDATE_PASS2(name, parameters, arguments)                              \
  UPDATE_PASS3(name, parameters, arguments)
#define UPDATE_PIECE 64
#if defined(__x86_64__)
#define UPDATE_PASS3(name, parameters, arguments)                              \
  KERNEL_AVX2 void name##_avx2 parameters {                                    \
    size_t at = 0;                                                             \
    for (; at + UPDATE_PIECE <= n; at += UPDATE_PIECE) {                       \
      const size_t count = UPDATE_PIECE;                                       \
      name##_body arguments;                                                   \
    }                                                                          \
    const size_t count = n - at;                                               \
    name##_body arguments;                                                     \
  }                                                                            \
  static inline void name parameters {                                         \
    const size_t at = 0, count = n;                                            \
    if (KERNEL_HAS_AVX2) {                                                     \
      name##_avx2 arguments;                                                   \
    } else {                                                                   \
      name##_body arguments;                                                   \
    }                                                                          \
  }
#else
#define UPDATE_PASS3(name, parameters, arguments)                              \
  static inline void name parameters {                                         \
    const size_t at = 0, count = n;                                            \
    name##_body arguments;                                                     \
  }
#endif

#define REAL double
#include "update_momentum_body.h"
#include "update_scaled_body.h"
#include "update_moments_body.h"
#include "update_signs_body.h"
#include "update_blocks_body.h"
#undef REAL
#define REAL float
#include "update_momentum_body.h"
#include "update_scaled_body.h"
#include "update_moments_body.h"
#include "update_signs_body.h"
#include "update_blocks_body.h"
#undef REAL

#endif
