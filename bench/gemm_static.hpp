// SPDX-License-Identifier: MIT
#pragma once
// Matrix multiplication compiled for one x86-64 level.

#include <cstddef>

namespace bench {

/// C = A B, all n x n and row-major, one thread.
struct level_gemm {
  void (*f32)(const float* a, const float* b, float* c, std::size_t n);
  void (*f64)(const double* a, const double* b, double* c, std::size_t n);
};

namespace v3 {
level_gemm gemm();
}
namespace v4 {
level_gemm gemm();
}

}  // namespace bench
