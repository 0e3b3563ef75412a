// The C side of `benchmarks kernels`: what a C program would write.
//
// Every function makes the same call `repeats` times in a loop, so that a
// measurement is one call from Swift and what it costs to get here does not
// count. Matrices are n by n and column-major; the arguments are those of the
// Swift operation that it is measured beside.
#ifndef SWIFT_OPTIMIZATION_REFERENCE_H
#define SWIFT_OPTIMIZATION_REFERENCE_H

// OpenBLAS's own number of threads, and setting it.
int reference_threads(void);
void reference_set_threads(int threads);

// Vectors. Those that return a number return the last one.
double reference_dot(long repeats, int n, const double *x, const double *y);
double reference_nrm2(long repeats, int n, const double *x);
double reference_asum(long repeats, int n, const double *x);
double reference_iamax(long repeats, int n, const double *x);
void reference_axpy(long repeats, int n, double alpha, const double *x,
                    double *y);

// Matrix and vectors.
void reference_gemv(long repeats, int n, const double *a, const double *x,
                    double *y);
void reference_gemv_transposed(long repeats, int n, const double *a,
                               const double *x, double *y);
void reference_symv(long repeats, int n, const double *a, const double *x,
                    double *y);
void reference_trsv(long repeats, int n, const double *a, double *x);
void reference_ger(long repeats, int n, double alpha, const double *x,
                   const double *y, double *a);
void reference_syr2(long repeats, int n, double alpha, const double *x,
                    const double *y, double *a);

// Matrices.
void reference_gemm(long repeats, int n, const double *a, const double *b,
                    double *c);
void reference_symm(long repeats, int n, const double *a, const double *b,
                    double *c);
void reference_syrk(long repeats, int n, const double *a, double *c);
void reference_trsm(long repeats, int n, const double *a, double *b);

// Factorizations: a copy of A, which both sides keep, and the LAPACK call.
typedef struct reference_workspace reference_workspace;

// Room for the factorization `kind` of a matrix of order n, with the work that
// LAPACK asks for.
typedef enum {
  reference_cholesky,
  reference_lu,
  reference_ldlt,
  reference_qr,
  reference_svd,
  reference_symmetric_eigen,
} reference_kind;

reference_workspace *reference_workspace_create(reference_kind kind, int n);
void reference_workspace_destroy(reference_workspace *w);
// Returns LAPACK's info of the last factorization.
int reference_factorize(long repeats, reference_workspace *w, const double *a);

#endif
