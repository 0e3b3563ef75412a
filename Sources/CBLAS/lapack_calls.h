// LAPACK through its Fortran symbols on column-major storage.
//
// The Fortran calling convention takes every argument by address and, since
// gfortran 8, the length of each string behind the last argument; the macros
// of lapack.h know which. LAPACKE would add a NaN scan of every input and a
// workspace allocation per call, 7 to 16 % of the time below n = 100.
//
// Each routine is one overloaded name for float and double, takes its
// scalars by value and returns `info`: 0, or -i when argument i is wrong, or
// a positive number whose meaning is the routine's.
#ifndef SWIFT_OPTIMIZATION_LAPACK_CALLS_H
#define SWIFT_OPTIMIZATION_LAPACK_CALLS_H

#include <lapack.h>

#define LAPACK_CALL __attribute__((overloadable)) static inline int

#define LAPACK_CALLS(T, p)                                                     \
  /* Cholesky */                                                               \
  LAPACK_CALL lapack_potrf(char uplo, int n, T *a, int lda) {                  \
    int info = 0;                                                              \
    LAPACK_##p##potrf(&uplo, &n, a, &lda, &info);                              \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_potri(char uplo, int n, T *a, int lda) {                  \
    int info = 0;                                                              \
    LAPACK_##p##potri(&uplo, &n, a, &lda, &info);                              \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_pstrf(char uplo, int n, T *a, int lda, int *piv,          \
                           int *rank, T tol, T *work) {                        \
    int info = 0;                                                              \
    LAPACK_##p##pstrf(&uplo, &n, a, &lda, piv, rank, &tol, work, &info);       \
    return info;                                                               \
  }                                                                            \
  /* LU */                                                                     \
  LAPACK_CALL lapack_getrf(int m, int n, T *a, int lda, int *ipiv) {           \
    int info = 0;                                                              \
    LAPACK_##p##getrf(&m, &n, a, &lda, ipiv, &info);                           \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_getrs(char trans, int n, int nrhs, const T *a, int lda,   \
                           const int *ipiv, T *b, int ldb) {                   \
    int info = 0;                                                              \
    LAPACK_##p##getrs(&trans, &n, &nrhs, a, &lda, ipiv, b, &ldb, &info);       \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_getri(int n, T *a, int lda, const int *ipiv, T *work,     \
                           int lwork) {                                        \
    int info = 0;                                                              \
    LAPACK_##p##getri(&n, a, &lda, ipiv, work, &lwork, &info);                 \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_laswp(int n, T *a, int lda, int k1, int k2,               \
                           const int *ipiv, int incx) {                        \
    LAPACK_##p##laswp(&n, a, &lda, &k1, &k2, ipiv, &incx);                     \
    return 0;                                                                  \
  }                                                                            \
  /* Bunch-Kaufman LDLT */                                                     \
  LAPACK_CALL lapack_sytrf(char uplo, int n, T *a, int lda, int *ipiv,         \
                           T *work, int lwork) {                               \
    int info = 0;                                                              \
    LAPACK_##p##sytrf(&uplo, &n, a, &lda, ipiv, work, &lwork, &info);          \
    return info;                                                               \
  }                                                                            \
  /* QR */                                                                     \
  LAPACK_CALL lapack_geqp3(int m, int n, T *a, int lda, int *jpvt, T *tau,     \
                           T *work, int lwork) {                               \
    int info = 0;                                                              \
    LAPACK_##p##geqp3(&m, &n, a, &lda, jpvt, tau, work, &lwork, &info);        \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_ormqr(char side, char trans, int m, int n, int k,         \
                           const T *a, int lda, const T *tau, T *c, int ldc,   \
                           T *work, int lwork) {                               \
    int info = 0;                                                              \
    LAPACK_##p##ormqr(&side, &trans, &m, &n, &k, a, &lda, tau, c, &ldc, work,  \
                      &lwork, &info);                                          \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_orgqr(int m, int n, int k, T *a, int lda, const T *tau,   \
                           T *work, int lwork) {                               \
    int info = 0;                                                              \
    LAPACK_##p##orgqr(&m, &n, &k, a, &lda, tau, work, &lwork, &info);          \
    return info;                                                               \
  }                                                                            \
  /* SVD and symmetric eigenvalues */                                          \
  LAPACK_CALL lapack_gesdd(char jobz, int m, int n, T *a, int lda, T *s, T *u, \
                           int ldu, T *vt, int ldvt, T *work, int lwork,       \
                           int *iwork) {                                       \
    int info = 0;                                                              \
    LAPACK_##p##gesdd(&jobz, &m, &n, a, &lda, s, u, &ldu, vt, &ldvt, work,     \
                      &lwork, iwork, &info);                                   \
    return info;                                                               \
  }                                                                            \
  LAPACK_CALL lapack_syevd(char jobz, char uplo, int n, T *a, int lda, T *w,   \
                           T *work, int lwork, int *iwork, int liwork) {       \
    int info = 0;                                                              \
    LAPACK_##p##syevd(&jobz, &uplo, &n, a, &lda, w, work, &lwork, iwork,       \
                      &liwork, &info);                                         \
    return info;                                                               \
  }

LAPACK_CALLS(double, d)
LAPACK_CALLS(float, s)

#undef LAPACK_CALLS
#undef LAPACK_CALL

#endif
