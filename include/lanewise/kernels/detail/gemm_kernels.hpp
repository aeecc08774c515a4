// SPDX-License-Identifier: MIT
#pragma once
// Matrix multiplication as a function pointer: what one target offers, and what crosses the dispatch boundary.

#include <cstddef>
#include <tuple>

#include "lanewise/config/macros.hpp"
#include "lanewise/loops/executor.hpp"
#include "lanewise/simd/element.hpp"

namespace lanewise {

/// The element types of gemm: float and double.
template <class T>
concept gemm_element = std::same_as<T, float> || std::same_as<T, double>;

namespace detail {

/// A matrix without its layout: element (i, j) is data[i * row_stride + j * col_stride].
template <class T>
struct strided_block {
  T* data;
  std::ptrdiff_t row_stride;
  std::ptrdiff_t col_stride;

  LANEWISE_INLINE constexpr strided_block at(std::size_t i, std::size_t j) const {
    return {data + static_cast<std::ptrdiff_t>(i) * row_stride + static_cast<std::ptrdiff_t>(j) * col_stride,
            row_stride, col_stride};
  }
  LANEWISE_INLINE constexpr strided_block transposed() const { return {data, col_stride, row_stride}; }
};

/// C = alpha A B + beta C; A is m x k, B k x n, C m x n and overlaps neither.
template <gemm_element T>
struct gemm_kernels {
  void (*gemm)(std::size_t m, std::size_t n, std::size_t k, T alpha, strided_block<const T> a, strided_block<const T> b,
               T beta, strided_block<T> c, executor_ref executor);
};

/// What the dispatch library holds for each target.
using gemm_family = std::tuple<gemm_kernels<float>, gemm_kernels<double>>;

/// The chosen target's products; defined in the dispatch library.
const gemm_family& chosen_gemm_family();

template <gemm_element T>
LANEWISE_INLINE const gemm_kernels<T>& chosen_kernels(const gemm_kernels<T>*) {
  return std::get<gemm_kernels<T>>(chosen_gemm_family());
}

}  // namespace detail
}  // namespace lanewise
