// SPDX-License-Identifier: MIT
// Matrix multiplication: gemm and matmul.

#include <stdexcept>
#include <string>

#include "lanewise/data/matrix_view.hpp"
#include "lanewise/data/overlap.hpp"
#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/gemm_kernels.hpp"
#include "lanewise/loops/thread_pool.hpp"
#if !LANEWISE_KERNELS_DISPATCHED
#include "lanewise/kernels/detail/gemm.hpp"
#endif

#if defined(LANEWISE_KERNELS_GEMM_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_GEMM_HPP
#undef LANEWISE_KERNELS_GEMM_HPP
#else
#define LANEWISE_KERNELS_GEMM_HPP
#endif

LANEWISE_BEGIN_KERNELS

/// C = alpha A B + beta C, with A m x k, B k x n, C m x n: matrices or views of any layout, each its own.
///
/// Elements: float or double, the same for all three. Each element of C is one chain of fused multiply-adds over k (cut
/// into blocks of 4096 bytes), the same for any number of workers. beta = 0 overwrites C without reading it; alpha = 0
/// or k = 0 only scales C. NaN and infinities in A and B reach C as in a plain triple loop, unless alpha = 0.
///
/// Time O(m n k). Memory: each thread keeps a workspace, at most 0.4 MiB, the calling one 8 MiB more; no allocation
/// once it has grown. Parallel above a million multiply-adds.
///
/// Throws std::invalid_argument if the shapes do not fit, if C shares memory with A or B, or if C is a view in which
/// two elements share memory.
///
/// matrix<float> a{{1, 2}, {3, 4}}, b{{5}, {6}}, c(2, 1);
/// gemm(2.0f, a, b, 0.0f, c);  // c = {{34}, {78}}
template <viewable_matrix A, viewable_matrix B, output_matrix C>
  requires gemm_element<matrix_value_t<C>> && std::same_as<matrix_value_t<A>, matrix_value_t<C>> &&
           std::same_as<matrix_value_t<B>, matrix_value_t<C>>
void gemm(matrix_value_t<C> alpha, const A& a, const B& b, matrix_value_t<C> beta, C&& c,
          executor_ref executor = default_executor()) {
  using T = matrix_value_t<C>;
  const auto av = const_view_of(a);
  const auto bv = const_view_of(b);
  const auto cv = view_of(c);
  if (av.cols() != bv.rows() || av.rows() != cv.rows() || bv.cols() != cv.cols()) {
    throw std::invalid_argument("lanewise::gemm: C = A B does not fit: A is " + detail::describe(av) + "; B is " +
                                detail::describe(bv) + "; C is " + detail::describe(cv));
  }
  if (!cv.has_distinct_elements()) {
    throw std::invalid_argument("lanewise::gemm: elements of C share memory: C is " + detail::describe(cv));
  }
  if (shares_elements(cv, av) || shares_elements(cv, bv)) {
    throw std::invalid_argument("lanewise::gemm: C shares memory with A or B; give it a matrix of its own");
  }
  backend<detail::gemm_kernels<T>>().gemm(
      cv.rows(), cv.cols(), av.cols(), alpha, {av.data(), av.row_stride(), av.col_stride()},
      {bv.data(), bv.row_stride(), bv.col_stride()}, beta, {cv.data(), cv.row_stride(), cv.col_stride()}, executor);
}

/// C = A B: gemm with alpha = 1 and beta = 0.
///
/// matrix<float> a{{1, 2}, {3, 4}}, b{{5}, {6}}, c(2, 1);
/// matmul(a, b, c);  // c = {{17}, {39}}
template <viewable_matrix A, viewable_matrix B, output_matrix C>
void matmul(const A& a, const B& b, C&& c, executor_ref executor = default_executor()) {
  using T = matrix_value_t<C>;
  gemm(T(1), a, b, T(0), std::forward<C>(c), executor);
}

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_GEMM_HPP
