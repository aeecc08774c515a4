// SPDX-License-Identifier: MIT
// Sums of contiguous elements: sum, dot, sum_of_squares, norm1, norm2.

#include <concepts>
#include <ranges>
#include <stdexcept>
#include <string>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/reduce_kernels.hpp"
#include "lanewise/loops/element_range.hpp"
#include "lanewise/loops/thread_pool.hpp"
#if !LANEWISE_KERNELS_DISPATCHED
#include "lanewise/kernels/detail/reduce.hpp"
#endif

#if defined(LANEWISE_KERNELS_REDUCE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_REDUCE_HPP
#undef LANEWISE_KERNELS_REDUCE_HPP
#else
#define LANEWISE_KERNELS_REDUCE_HPP
#endif

LANEWISE_BEGIN_KERNELS

/// The sum of x; 0 if x is empty.
///
/// Elements: all. f32 and 16-bit floats are added up in f32 for at most 64 terms in a row, then in f64, so that the
/// error does not grow with n: at most 4e-6 of the sum of magnitudes, below 1e-6 where tested; integers are added up in
/// 64 bits and wrap.
/// The result has the same bits for any number of workers. NaN and infinities propagate.
/// Time O(n), at the speed of memory; no allocation; parallel above 32768 elements.
///
/// sum(std::vector<float>{1, 2, 3.5f})  // 6.5
template <element_range R>
auto sum(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  return backend<detail::reduce_kernels<T>>().sum(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The sum of x[i] * y[i]; 0 if both are empty. Elements and accuracy as for sum; products of integers of 8 bits are
/// exact, those of 32 and 64 bits wrap in 64.
///
/// Throws std::invalid_argument if x and y differ in size.
///
/// dot(std::array{1, 2, 3}, std::array{4, 5, 6})  // 32
template <element_range R, element_range S>
  requires std::same_as<std::ranges::range_value_t<const R>, std::ranges::range_value_t<const S>>
auto dot(const R& x, const S& y, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  const std::size_t n = std::ranges::size(x);
  if (std::ranges::size(y) != n) {
    throw std::invalid_argument("lanewise::dot: x has " + std::to_string(n) + " elements, y has " +
                                std::to_string(std::ranges::size(y)));
  }
  return backend<detail::reduce_kernels<T>>().dot(std::ranges::data(x), std::ranges::data(y), n, executor);
}

/// The sum of x[i]^2; 0 if x is empty. Elements and accuracy as for dot.
///
/// sum_of_squares(std::array{1, 2, 3})  // 14
template <element_range R>
auto sum_of_squares(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  return backend<detail::reduce_kernels<T>>().sum_of_squares(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The sum of |x[i]| (BLAS: asum); 0 if x is empty. Elements and accuracy as for sum; of integers it is unsigned.
///
/// norm1(std::array{1.0, -2.0, 3.0})  // 6
template <element_range R>
auto norm1(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  return backend<detail::reduce_kernels<T>>().norm1(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The Euclidean norm, the square root of the sum of x[i]^2 (BLAS: nrm2); 0 if x is empty. Neither overflows nor loses
/// digits on the way, however large or small the elements. float for float and 16-bit floats, double for the others.
///
/// Error: half of that of sum, and the result's rounding. NaN propagates; infinite if an element is. Time as sum, and
/// up to three times that where the squares would leave the range of f32 (for double: of f64).
///
/// norm2(std::array{3e30f, 4e30f})  // 5e30
template <element_range R>
auto norm2(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  return backend<detail::reduce_kernels<T>>().norm2(std::ranges::data(x), std::ranges::size(x), executor);
}

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_REDUCE_HPP
