// SPDX-License-Identifier: MIT
// Compiled once with -march=x86-64-v3 and once with -march=x86-64-v4; LANEWISE_BENCH_LEVEL is v3 or v4.

#include <lanewise/kernels/gemm.hpp>

#include "gemm_static.hpp"

namespace bench::LANEWISE_BENCH_LEVEL {
namespace {

template <class T>
void multiply(const T* a, const T* b, T* c, std::size_t n) {
  lanewise::matmul(lanewise::matrix_view<const T>(a, n, n), lanewise::matrix_view<const T>(b, n, n),
                   lanewise::matrix_view<T>(c, n, n), lanewise::serial);
}

}  // namespace

level_gemm gemm() { return {.f32 = multiply<float>, .f64 = multiply<double>}; }

}  // namespace bench::LANEWISE_BENCH_LEVEL
