#include <cblas.h>

#include "reference.h"

#define REPEAT for (long i = 0; i < repeats; i++)

int reference_threads(void) { return openblas_get_num_threads(); }

void reference_set_threads(int threads) { openblas_set_num_threads(threads); }

double reference_dot(long repeats, int n, const double *x, const double *y) {
  double result = 0;
  REPEAT result = cblas_ddot(n, x, 1, y, 1);
  return result;
}

double reference_nrm2(long repeats, int n, const double *x) {
  double result = 0;
  REPEAT result = cblas_dnrm2(n, x, 1);
  return result;
}

double reference_asum(long repeats, int n, const double *x) {
  double result = 0;
  REPEAT result = cblas_dasum(n, x, 1);
  return result;
}

double reference_iamax(long repeats, int n, const double *x) {
  size_t result = 0;
  REPEAT result = cblas_idamax(n, x, 1);
  return (double)result;
}

void reference_axpy(long repeats, int n, double alpha, const double *x,
                    double *y) {
  REPEAT cblas_daxpy(n, alpha, x, 1, y, 1);
}

void reference_gemv(long repeats, int n, const double *a, const double *x,
                    double *y) {
  REPEAT cblas_dgemv(CblasColMajor, CblasNoTrans, n, n, 1, a, n, x, 1, 0, y, 1);
}

void reference_gemv_transposed(long repeats, int n, const double *a,
                               const double *x, double *y) {
  REPEAT cblas_dgemv(CblasColMajor, CblasTrans, n, n, 1, a, n, x, 1, 0, y, 1);
}

void reference_symv(long repeats, int n, const double *a, const double *x,
                    double *y) {
  REPEAT cblas_dsymv(CblasColMajor, CblasLower, n, 1, a, n, x, 1, 0, y, 1);
}

void reference_trsv(long repeats, int n, const double *a, double *x) {
  REPEAT cblas_dtrsv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, n,
                     a, n, x, 1);
}

void reference_ger(long repeats, int n, double alpha, const double *x,
                   const double *y, double *a) {
  REPEAT cblas_dger(CblasColMajor, n, n, alpha, x, 1, y, 1, a, n);
}

void reference_syr2(long repeats, int n, double alpha, const double *x,
                    const double *y, double *a) {
  REPEAT cblas_dsyr2(CblasColMajor, CblasLower, n, alpha, x, 1, y, 1, a, n);
}

void reference_gemm(long repeats, int n, const double *a, const double *b,
                    double *c) {
  REPEAT cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a,
                     n, b, n, 0, c, n);
}

void reference_symm(long repeats, int n, const double *a, const double *b,
                    double *c) {
  REPEAT cblas_dsymm(CblasColMajor, CblasLeft, CblasLower, n, n, 1, a, n, b, n,
                     0, c, n);
}

void reference_syrk(long repeats, int n, const double *a, double *c) {
  REPEAT cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, n, n, 1, a, n, 0,
                     c, n);
}

void reference_trsm(long repeats, int n, const double *a, double *b) {
  REPEAT cblas_dtrsm(CblasColMajor, CblasLeft, CblasLower, CblasNoTrans,
                     CblasNonUnit, n, n, 1, a, n, b, n);
}
