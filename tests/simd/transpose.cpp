// SPDX-License-Identifier: MIT
// The transpose of squares of vectors, on every target.
#define LANEWISE_KERNEL_FILE "simd/transpose.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/transpose.hpp>

#include "support/lanes.hpp"
#include "support/per_target.hpp"

LANEWISE_BEGIN_KERNEL_FILE(transpose_tests)

using namespace lanewise_tests;
using lanewise_tests::HWY_NAMESPACE::for_each_type;

template <class T, std::size_t N>
LANEWISE_NOINLINE void transpose_in_place(T* p) {
  std::array<lw::simd<T, N>, N> rows;
  for (std::size_t i = 0; i < N; ++i) rows[i] = lw::simd<T, N>::load(p + i * N);
  rows = lw::transpose(rows);
  for (std::size_t i = 0; i < N; ++i) rows[i].store(p + i * N);
}

template <class T, std::size_t N>
void check_transpose() {
  const std::vector<T> in = random_values<T>(N * N);
  std::vector<T> out = in;
  transpose_in_place<T, N>(out.data());
  expect_moved("transpose", N, out, in, [](long k) { return k % long{N} * long{N} + k / long{N}; });
}

void squares() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    check_transpose<T, 4>();
    if constexpr (std::floating_point<T> || std::is_unsigned_v<T>) {
      check_transpose<T, 1>();
      check_transpose<T, 2>();
      check_transpose<T, 8>();
      check_transpose<T, 16>();
    }
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace transpose_tests {
LANEWISE_TEST_PER_TARGET(squares, "transposed squares of 1 to 16 vectors");
}  // namespace transpose_tests
#endif
