// SPDX-License-Identifier: MIT
// Mean, variance and standard deviation of a contiguous range.

#include <cmath>
#include <ranges>
#include <stdexcept>
#include <string>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/reduce_kernels.hpp"
#include "lanewise/loops/element_range.hpp"
#include "lanewise/loops/thread_pool.hpp"
#if !LANEWISE_KERNELS_DISPATCHED
#include "lanewise/kernels/detail/statistics.hpp"
#endif

#if defined(LANEWISE_KERNELS_STATISTICS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_STATISTICS_HPP
#undef LANEWISE_KERNELS_STATISTICS_HPP
#else
#define LANEWISE_KERNELS_STATISTICS_HPP
#endif

LANEWISE_BEGIN_KERNELS

namespace impl {

/// The moments of x, whose size must exceed `ddof`.
template <element_range R>
detail::moments moments_of(const R& x, std::size_t ddof, const char* function, executor_ref executor) {
  const std::size_t n = std::ranges::size(x);
  if (n <= ddof) {
    throw std::invalid_argument(std::string("lanewise::") + function + ": x has " + std::to_string(n) +
                                " elements, and must have more than ddof = " + std::to_string(ddof));
  }
  using T = std::ranges::range_value_t<const R>;
  return backend<detail::statistics_kernels<T>>().mean_and_squares(std::ranges::data(x), n, executor);
}

}  // namespace impl

/// The arithmetic mean of x, as double. NaN and infinities propagate.
///
/// Elements: all. Error at most 1e-7 of the root of the mean square for f32 and 16-bit floats, 1e-14 for the others,
/// where tested. The same bits for any number of workers. Throws std::invalid_argument if x is empty. Time about that
/// of sum.
///
/// mean(std::array{1, 2, 4})  // 2.3333333333333335
template <element_range R>
double mean(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  if (std::ranges::empty(x)) throw std::invalid_argument("lanewise::mean: x is empty, and has no mean");
  return backend<detail::statistics_kernels<T>>().mean(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The sum of the squared deviations from the mean over n - ddof: the variance of x itself for ddof = 0, its estimate
/// from a sample for 1. As double; NaN if an element is NaN or infinite.
///
/// Elements: all. One pass, with deviations from a guess of the mean, so that a mean far from zero costs no digits:
/// relative error below 1e-6 for f32, 1e-13 for f64 where tested, below 1e-8 for a million f32 and more. The same bits
/// for any number of workers. Throws std::invalid_argument unless x has more than ddof elements. Time about that of
/// sum.
///
/// variance(std::array{1.0, 2.0, 4.0})     // 1.5555555555555556
/// variance(std::array{1.0, 2.0, 4.0}, 1)  // 2.3333333333333335
template <element_range R>
double variance(const R& x, std::size_t ddof = 0, executor_ref executor = default_executor()) {
  return impl::moments_of(x, ddof, "variance", executor).squares / static_cast<double>(std::ranges::size(x) - ddof);
}

/// The standard deviation, the square root of the variance; the rest as there.
///
/// stddev(std::array{1.0, 3.0})  // 1
template <element_range R>
double stddev(const R& x, std::size_t ddof = 0, executor_ref executor = default_executor()) {
  return std::sqrt(impl::moments_of(x, ddof, "stddev", executor).squares /
                   static_cast<double>(std::ranges::size(x) - ddof));
}

/// Both in one pass, as members mean and variance; the rest as for variance.
///
/// const auto [mean, variance] = mean_and_variance(std::array{1.0, 3.0});  // 2, 1
template <element_range R>
mean_with_variance mean_and_variance(const R& x, std::size_t ddof = 0, executor_ref executor = default_executor()) {
  const detail::moments m = impl::moments_of(x, ddof, "mean_and_variance", executor);
  return {m.mean(), m.squares / static_cast<double>(std::ranges::size(x) - ddof)};
}

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_STATISTICS_HPP
