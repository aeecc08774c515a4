// SPDX-License-Identifier: MIT
// Reductions of contiguous elements to one number: sum, dot, min, max.

#include <concepts>
#include <ranges>
#include <span>
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
/// Elements: all. f32 is added up in f32 for at most 64 terms in a row, then in f64, so that the error does not grow
/// with n: at most 4e-6 of the sum of magnitudes, below 1e-6 where tested; integers are added up in 64 bits and wrap.
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

/// The smallest element of x; NaN if one element is NaN. Which zero is returned if there are both is unspecified.
///
/// Throws std::invalid_argument if x is empty.
///
/// min(std::array{3.0, -1.0, 2.0})  // -1
template <element_range R>
auto min(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  if (std::ranges::empty(x)) throw std::invalid_argument("lanewise::min: x is empty, and has no smallest element");
  return backend<detail::reduce_kernels<T>>().min(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The largest element of x; NaN, zeros and errors as for min.
///
/// max(std::array{3.0, -1.0, 2.0})  // 3
template <element_range R>
auto max(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  if (std::ranges::empty(x)) throw std::invalid_argument("lanewise::max: x is empty, and has no largest element");
  return backend<detail::reduce_kernels<T>>().max(std::ranges::data(x), std::ranges::size(x), executor);
}

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_REDUCE_HPP
