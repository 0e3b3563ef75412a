// The update rules of first-order optimizers, each fused in one pass.
//
// A step on n parameters waits for memory: what counts is that every vector is read
// and written once. The bodies are in update_rules_body.h, written over one
// element, in a form that the compiler vectorises, and are compiled for double and
// for float.
#ifndef SWIFT_OPTIMIZATION_UPDATE_RULES_H
#define SWIFT_OPTIMIZATION_UPDATE_RULES_H

#include "kernels.h"

#define UPDATE_PASTE2(name, type) name##_##type
#define UPDATE_PASTE(name, type) UPDATE_PASTE2(name, type)
// name_double or name_float, its kernel for the processor, and the body of that.
#define UPDATE_NAME(name) UPDATE_PASTE(name, REAL)
#define UPDATE_KERNEL(name) UPDATE_PASTE(UPDATE_NAME(name), kernel)
#define UPDATE_BODY(name) UPDATE_PASTE(UPDATE_KERNEL(name), body)
// Expands the name before it is pasted.
#define UPDATE_DISPATCH(name, parameters, arguments)                           \
  KERNEL_DISPATCH(void, name, parameters, arguments)

#define REAL double
#include "update_rules_body.h"
#undef REAL
#define REAL float
#include "update_rules_body.h"
#undef REAL

#endif
