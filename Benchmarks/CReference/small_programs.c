#include "include/small_programs.h"

#include <math.h>
#include <stddef.h>

static const small_program programs[] = {
    {6, 2, 1, {-1.2, 1}, -INFINITY, INFINITY, 1, 0},
    {7, 2, 1, {2, 2}, -INFINITY, INFINITY, 1, -1.7320508075688772},
    {12, 2, 1, {0, 0}, -INFINITY, INFINITY, 0, -30},
    {26, 3, 1, {-2.6, 2, 2}, -INFINITY, INFINITY, 1, 0},
    {35, 3, 1, {0.5, 0.5, 0.5}, 0, INFINITY, 0, 0.1111111111111111},
    {39, 4, 2, {2, 2, 2, 2}, -INFINITY, INFINITY, 2, -1},
    {40, 4, 3, {0.8, 0.8, 0.8, 0.8}, -INFINITY, INFINITY, 3, -0.25},
    {43, 4, 3, {0, 0, 0, 0}, -INFINITY, INFINITY, 0, -44},
    {71, 4, 2, {1, 5, 5, 1}, 1, 5, 1, 17.014017289},
    {76, 4, 3, {0.5, 0.5, 0.5, 0.5}, 0, INFINITY, 0, -4.6818181818181817},
};

const small_program *small_program_at(int k) {
  int count = sizeof programs / sizeof *programs;
  return k >= 0 && k < count ? programs + k : NULL;
}

static double square(double a) { return a * a; }

static void set(double *g, int n, const double *numbers) {
  if (g)
    for (int i = 0; i < n; i++) g[i] = numbers[i];
}

double small_program_value(int k, const double *x, double *g) {
  switch (programs[k].number) {
    case 6:
      set(g, 2, (double[]){-2 * (1 - x[0]), 0});
      return square(1 - x[0]);
    case 7: {
      double s = 1 + x[0] * x[0];
      set(g, 2, (double[]){2 * x[0] / s, -1});
      return log(s) - x[1];
    }
    case 12:
      set(g, 2, (double[]){x[0] - x[1] - 7, 2 * x[1] - x[0] - 7});
      return 0.5 * x[0] * x[0] + x[1] * x[1] - x[0] * x[1] - 7 * x[0] -
             7 * x[1];
    case 26: {
      double a = x[0] - x[1], b = x[1] - x[2];
      set(g, 3, (double[]){2 * a, -2 * a + 4 * b * b * b, -4 * b * b * b});
      return a * a + b * b * b * b;
    }
    case 35:
      set(g, 3,
          (double[]){-8 + 4 * x[0] + 2 * x[1] + 2 * x[2],
                     -6 + 4 * x[1] + 2 * x[0], -4 + 2 * x[2] + 2 * x[0]});
      return 9 - 8 * x[0] - 6 * x[1] - 4 * x[2] + 2 * x[0] * x[0] +
             2 * x[1] * x[1] + x[2] * x[2] + 2 * x[0] * x[1] + 2 * x[0] * x[2];
    case 39:
      set(g, 4, (double[]){-1, 0, 0, 0});
      return -x[0];
    case 40:
      set(g, 4,
          (double[]){-x[1] * x[2] * x[3], -x[0] * x[2] * x[3],
                     -x[0] * x[1] * x[3], -x[0] * x[1] * x[2]});
      return -x[0] * x[1] * x[2] * x[3];
    case 43:
      set(g, 4,
          (double[]){2 * x[0] - 5, 2 * x[1] - 5, 4 * x[2] - 21, 2 * x[3] + 7});
      return x[0] * x[0] + x[1] * x[1] + 2 * x[2] * x[2] + x[3] * x[3] -
             5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3];
    case 71: {
      double s = x[0] + x[1] + x[2];
      set(g, 4,
          (double[]){x[3] * (s + x[0]), x[0] * x[3], x[0] * x[3] + 1,
                     x[0] * s});
      return x[0] * x[3] * s + x[2];
    }
    default:
      set(g, 4,
          (double[]){2 * x[0] - x[2] - 1, x[1] - 3,
                     2 * x[2] - x[0] + x[3] + 1, x[3] + x[2] - 1});
      return x[0] * x[0] + 0.5 * x[1] * x[1] + x[2] * x[2] +
             0.5 * x[3] * x[3] - x[0] * x[2] + x[2] * x[3] - x[0] - 3 * x[1] +
             x[2] - x[3];
  }
}

static void put(int n, const double *numbers, double *j, long row_stride,
                long column_stride, int row) {
  for (int v = 0; v < n; v++)
    j[row * row_stride + v * column_stride] = numbers[v];
}

void small_program_constraints(int k, const double *x, double *c, double *j,
                               long rs, long cs) {
  switch (programs[k].number) {
    case 6:
      if (c) c[0] = 10 * (x[1] - x[0] * x[0]);
      if (j) put(2, (double[]){-20 * x[0], 10}, j, rs, cs, 0);
      break;
    case 7: {
      double s = 1 + x[0] * x[0];
      if (c) c[0] = s * s + x[1] * x[1] - 4;
      if (j) put(2, (double[]){4 * x[0] * s, 2 * x[1]}, j, rs, cs, 0);
      break;
    }
    case 12:
      if (c) c[0] = 25 - 4 * x[0] * x[0] - x[1] * x[1];
      if (j) put(2, (double[]){-8 * x[0], -2 * x[1]}, j, rs, cs, 0);
      break;
    case 26: {
      double s = 1 + x[1] * x[1], t = x[2] * x[2];
      if (c) c[0] = s * x[0] + t * t - 3;
      if (j)
        put(3, (double[]){s, 2 * x[0] * x[1], 4 * t * x[2]}, j, rs, cs, 0);
      break;
    }
    case 35:
      if (c) c[0] = 3 - x[0] - x[1] - 2 * x[2];
      if (j) put(3, (double[]){-1, -1, -2}, j, rs, cs, 0);
      break;
    case 39:
      if (c) {
        c[0] = x[1] - x[0] * x[0] * x[0] - x[2] * x[2];
        c[1] = x[0] * x[0] - x[1] - x[3] * x[3];
      }
      if (j) {
        put(4, (double[]){-3 * x[0] * x[0], 1, -2 * x[2], 0}, j, rs, cs, 0);
        put(4, (double[]){2 * x[0], -1, 0, -2 * x[3]}, j, rs, cs, 1);
      }
      break;
    case 40:
      if (c) {
        c[0] = x[0] * x[0] * x[0] + x[1] * x[1] - 1;
        c[1] = x[0] * x[0] * x[3] - x[2];
        c[2] = x[3] * x[3] - x[1];
      }
      if (j) {
        put(4, (double[]){3 * x[0] * x[0], 2 * x[1], 0, 0}, j, rs, cs, 0);
        put(4, (double[]){2 * x[0] * x[3], 0, -1, x[0] * x[0]}, j, rs, cs, 1);
        put(4, (double[]){0, -1, 0, 2 * x[3]}, j, rs, cs, 2);
      }
      break;
    case 43:
      if (c) {
        c[0] = 8 - x[0] * x[0] - x[1] * x[1] - x[2] * x[2] - x[3] * x[3] -
               x[0] + x[1] - x[2] + x[3];
        c[1] = 10 - x[0] * x[0] - 2 * x[1] * x[1] - x[2] * x[2] -
               2 * x[3] * x[3] + x[0] + x[3];
        c[2] = 5 - 2 * x[0] * x[0] - x[1] * x[1] - x[2] * x[2] - 2 * x[0] +
               x[1] + x[3];
      }
      if (j) {
        put(4,
            (double[]){-2 * x[0] - 1, -2 * x[1] + 1, -2 * x[2] - 1,
                       -2 * x[3] + 1},
            j, rs, cs, 0);
        put(4,
            (double[]){-2 * x[0] + 1, -4 * x[1], -2 * x[2], -4 * x[3] + 1}, j,
            rs, cs, 1);
        put(4, (double[]){-4 * x[0] - 2, -2 * x[1] + 1, -2 * x[2], 1}, j, rs,
            cs, 2);
      }
      break;
    case 71:
      if (c) {
        c[0] = x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3] - 40;
        c[1] = x[0] * x[1] * x[2] * x[3] - 25;
      }
      if (j) {
        put(4, (double[]){2 * x[0], 2 * x[1], 2 * x[2], 2 * x[3]}, j, rs, cs,
            0);
        put(4,
            (double[]){x[1] * x[2] * x[3], x[0] * x[2] * x[3],
                       x[0] * x[1] * x[3], x[0] * x[1] * x[2]},
            j, rs, cs, 1);
      }
      break;
    default:
      if (c) {
        c[0] = 5 - x[0] - 2 * x[1] - x[2] - x[3];
        c[1] = 4 - 3 * x[0] - x[1] - 2 * x[2] + x[3];
        c[2] = x[1] + 4 * x[2] - 1.5;
      }
      if (j) {
        put(4, (double[]){-1, -2, -1, -1}, j, rs, cs, 0);
        put(4, (double[]){-3, -1, -2, 1}, j, rs, cs, 1);
        put(4, (double[]){0, 1, 4, 0}, j, rs, cs, 2);
      }
  }
}
