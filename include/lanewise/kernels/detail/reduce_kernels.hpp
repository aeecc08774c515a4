// SPDX-License-Identifier: MIT
#pragma once
// The reductions as function pointers: what one target offers, and what crosses the dispatch boundary.

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>

#include "lanewise/config/macros.hpp"
#include "lanewise/loops/executor.hpp"
#include "lanewise/simd/element.hpp"

namespace lanewise {

/// What sums of elements T are: floating-point types their own, 16-bit floats float, integers the 64-bit type of their
/// sign.
template <element T>
using accumulator_t = std::conditional_t<
    half_element<T>, float,
    std::conditional_t<floating_element<T>, T, std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>>;

/// What sums of magnitudes of elements T are: those of integers are unsigned.
template <element T>
using magnitude_t = std::conditional_t<integer_element<T>, std::uint64_t, accumulator_t<T>>;

/// What norms of elements T are: float for float and 16-bit floats, else double.
template <element T>
using norm_t = std::conditional_t<integer_element<T>, double, accumulator_t<T>>;

/// Smallest and largest element.
template <element T>
struct min_and_max {
  T min, max;
};

/// Mean and variance.
struct mean_with_variance {
  double mean, variance;
};

namespace detail {

/// x, y: n elements each, anywhere.
template <element T>
struct reduce_kernels {
  accumulator_t<T> (*sum)(const T* x, std::size_t n, executor_ref executor);
  accumulator_t<T> (*dot)(const T* x, const T* y, std::size_t n, executor_ref executor);
  accumulator_t<T> (*sum_of_squares)(const T* x, std::size_t n, executor_ref executor);
  magnitude_t<T> (*norm1)(const T* x, std::size_t n, executor_ref executor);
  norm_t<T> (*norm2)(const T* x, std::size_t n, executor_ref executor);
};

/// n > 0.
template <element T>
struct extrema_kernels {
  T (*min)(const T* x, std::size_t n, executor_ref executor);
  T (*max)(const T* x, std::size_t n, executor_ref executor);
  min_and_max<T> (*minmax)(const T* x, std::size_t n, executor_ref executor);
  std::size_t (*argmin)(const T* x, std::size_t n, executor_ref executor);
  std::size_t (*argmax)(const T* x, std::size_t n, executor_ref executor);
};

/// How many numbers, their mean (origin + offset: the sum may round away digits that merging needs), and the sum of the
/// squares of their deviations from it.
struct moments {
  double count, origin, offset, squares;

  double mean() const { return origin + offset; }
};

/// n > 0.
template <element T>
struct statistics_kernels {
  double (*mean)(const T* x, std::size_t n, executor_ref executor);
  moments (*mean_and_squares)(const T* x, std::size_t n, executor_ref executor);
};

/// What the dispatch library holds for each target.
template <template <class> class Kernels>
using for_each_element =
    std::tuple<Kernels<float>, Kernels<double>, Kernels<float16>, Kernels<bfloat16>, Kernels<std::int8_t>,
               Kernels<std::int16_t>, Kernels<std::int32_t>, Kernels<std::int64_t>, Kernels<std::uint8_t>,
               Kernels<std::uint16_t>, Kernels<std::uint32_t>, Kernels<std::uint64_t>>;
using reduce_family = for_each_element<reduce_kernels>;
using extrema_family = for_each_element<extrema_kernels>;
using statistics_family = for_each_element<statistics_kernels>;

/// The chosen target's; defined in the dispatch library.
const reduce_family& chosen_reduce_family();
const extrema_family& chosen_extrema_family();
const statistics_family& chosen_statistics_family();

template <element T>
LANEWISE_INLINE const reduce_kernels<T>& chosen_kernels(const reduce_kernels<T>*) {
  return std::get<reduce_kernels<T>>(chosen_reduce_family());
}
template <element T>
LANEWISE_INLINE const extrema_kernels<T>& chosen_kernels(const extrema_kernels<T>*) {
  return std::get<extrema_kernels<T>>(chosen_extrema_family());
}
template <element T>
LANEWISE_INLINE const statistics_kernels<T>& chosen_kernels(const statistics_kernels<T>*) {
  return std::get<statistics_kernels<T>>(chosen_statistics_family());
}

}  // namespace detail
}  // namespace lanewise
