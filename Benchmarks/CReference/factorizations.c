#include <cblas.h>
#include <lapack.h>
#include <stdlib.h>
#include <string.h>

#include "reference.h"

struct reference_workspace {
  reference_kind kind;
  int n;
  double *factor, *left, *right, *values, *work;
  int *integers;
  int work_count, integer_count;
};

// The LAPACK call on the workspace's copy, or with work_count = -1 the query
// of how much work it wants.
static int call(reference_workspace *w) {
  int n = w->n, info = 0;
  double *a = w->factor;
  switch (w->kind) {
  case reference_cholesky:
    LAPACK_dpotrf("L", &n, a, &n, &info);
    break;
  case reference_lu:
    LAPACK_dgetrf(&n, &n, a, &n, w->integers, &info);
    break;
  case reference_ldlt:
    LAPACK_dsytrf("L", &n, a, &n, w->integers, w->work, &w->work_count, &info);
    break;
  case reference_qr:
    memset(w->integers, 0, n * sizeof(int));
    LAPACK_dgeqp3(&n, &n, a, &n, w->integers, w->values, w->work,
                  &w->work_count, &info);
    break;
  case reference_svd:
    LAPACK_dgesdd("S", &n, &n, a, &n, w->values, w->left, &n, w->right, &n,
                  w->work, &w->work_count, w->integers, &info);
    break;
  case reference_symmetric_eigen:
    LAPACK_dsyevd("V", "L", &n, a, &n, w->values, w->work, &w->work_count,
                  w->integers, &w->integer_count, &info);
    break;
  }
  return info;
}

reference_workspace *reference_workspace_create(reference_kind kind, int n) {
  reference_workspace *w = calloc(1, sizeof *w);
  size_t square = (size_t)n * n * sizeof(double);
  w->kind = kind;
  w->n = n;
  w->factor = malloc(square);
  w->left = malloc(square);
  w->right = malloc(square);
  w->values = malloc(n * sizeof(double));
  // 8n is what dgesdd takes, 3 + 5n dsyevd.
  w->integer_count = 8 * n + 3;
  w->integers = calloc(w->integer_count, sizeof(int));
  w->work = malloc(sizeof(double));
  w->work_count = 1;
  if (kind != reference_cholesky && kind != reference_lu) {
    w->work_count = -1;
    call(w);
    w->work_count = (int)w->work[0];
    w->work = realloc(w->work, w->work_count * sizeof(double));
  }
  return w;
}

void reference_workspace_destroy(reference_workspace *w) {
  free(w->factor), free(w->left), free(w->right);
  free(w->values), free(w->work), free(w->integers);
  free(w);
}

int reference_factorize(long repeats, reference_workspace *w, const double *a) {
  int info = 0;
  for (long i = 0; i < repeats; i++) {
    memcpy(w->factor, a, (size_t)w->n * w->n * sizeof(double));
    info = call(w);
  }
  return info;
}
