// The C side of the package: OpenBLAS, LAPACK and LAPACKE as the system
// provides them, and what Swift cannot express over them.
//
//   lapack_calls.h   LAPACK through its Fortran symbols, arguments by value,
//                    one overloaded name for float and double
//   kernels.h        vectorised sums: reassociation, SIMD by processor
//   vector_kernels.h short vectors, for which a call of OpenBLAS is long
//   limited_memory.h the pairs of a quasi-Newton history and their products
//   conjugate_gradient.h  the products of conjugate gradients
//   factor_kernels.h copies that take the norm, the blocks of Cholesky
//   columns.h        passes over the columns of a data set
//   logistic.h       the logistic loss and its derivatives, vectorised
//   derivative_*.h   the operations of automatic derivatives, and sweeps
//   network.h        what a neural network does between its products
//   network_products.h  these products, where AVX-512 halves their time
//   polygamma.h      derivatives of log Γ
//   update_rules.h   the steps of first-order optimizers, fused
//   inverse_factor.h the sweep of a dense quasi-Newton step
//   least_squares*.h the triangular factor of a least-squares problem: row by
//                    row, in panels, from the normal equations
#ifndef SWIFT_OPTIMIZATION_CBLAS_SHIM_H
#define SWIFT_OPTIMIZATION_CBLAS_SHIM_H

#include <cblas.h>
#include <lapacke.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "conjugate_gradient.h"
#include "derivative_list.h"
#include "derivative_operations.h"
#include "derivative_program.h"
#include "derivative_tape.h"
#include "factor_kernels.h"
#include "inverse_factor.h"
#include "kernels.h"
#include "lapack_calls.h"
#include "least_squares.h"
#include "least_squares_normal.h"
#include "least_squares_panels.h"
#include "limited_memory.h"
#include "logistic.h"
#include "network.h"
#include "network_products.h"
#include "polygamma.h"
#include "update_rules.h"
#include "vector_kernels.h"

#endif
