// SPDX-License-Identifier: MIT
// Extreme elements of a contiguous range: min, max, minmax, argmin, argmax, norm_inf.

#include <ranges>
#include <stdexcept>
#include <string>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/reduce_kernels.hpp"
#include "lanewise/loops/element_range.hpp"
#include "lanewise/loops/thread_pool.hpp"
#if !LANEWISE_KERNELS_DISPATCHED
#include "lanewise/kernels/detail/extrema.hpp"
#endif

#if defined(LANEWISE_KERNELS_EXTREMA_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_EXTREMA_HPP
#undef LANEWISE_KERNELS_EXTREMA_HPP
#else
#define LANEWISE_KERNELS_EXTREMA_HPP
#endif

LANEWISE_BEGIN_KERNELS

namespace impl {

/// The kernels for x, which must not be empty.
template <element_range R>
decltype(auto) extrema_of(const R& x, const char* function) {
  if (std::ranges::empty(x)) {
    throw std::invalid_argument(std::string("lanewise::") + function + ": x is empty, and has no such element");
  }
  return backend<detail::extrema_kernels<std::ranges::range_value_t<const R>>>();
}

}  // namespace impl

/// The smallest element of x; NaN if one element is NaN. Which zero is returned if there are both is unspecified.
///
/// Elements: all. Throws std::invalid_argument if x is empty. Time O(n), at the speed of memory; no allocation;
/// parallel above 32768 elements.
///
/// min(std::array{3.0, -1.0, 2.0})  // -1
template <element_range R>
auto min(const R& x, executor_ref executor = default_executor()) {
  return impl::extrema_of(x, "min").min(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The largest element of x; NaN, zeros and errors as for min.
///
/// max(std::array{3.0, -1.0, 2.0})  // 3
template <element_range R>
auto max(const R& x, executor_ref executor = default_executor()) {
  return impl::extrema_of(x, "max").max(std::ranges::data(x), std::ranges::size(x), executor);
}

/// Both in one pass, as members min and max. NaN, zeros and errors as for min.
///
/// const auto [least, greatest] = minmax(std::array{3, -1, 2});  // -1, 3
template <element_range R>
auto minmax(const R& x, executor_ref executor = default_executor()) {
  return impl::extrema_of(x, "minmax").minmax(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The position of the smallest element of x, of the first one among equals; of the first NaN if there is one. Errors
/// and time as for min.
///
/// argmin(std::array{3, -1, 2, -1})  // 1
template <element_range R>
auto argmin(const R& x, executor_ref executor = default_executor()) {
  return impl::extrema_of(x, "argmin").argmin(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The position of the largest element of x; the rest as for argmin.
///
/// argmax(std::array{3, -1, 3})  // 0
template <element_range R>
auto argmax(const R& x, executor_ref executor = default_executor()) {
  return impl::extrema_of(x, "argmax").argmax(std::ranges::data(x), std::ranges::size(x), executor);
}

/// The largest |x[i]|, NaN if one element is NaN, 0 if x is empty; of integers it is unsigned. Time as for minmax.
///
/// norm_inf(std::array{1.0, -3.0, 2.0})  // 3
template <element_range R>
auto norm_inf(const R& x, executor_ref executor = default_executor()) {
  using T = std::ranges::range_value_t<const R>;
  if constexpr (integer_element<T>) {
    using U = std::make_unsigned_t<T>;
    if (std::ranges::empty(x)) return U(0);
    const auto [least, greatest] = minmax(x, executor);
    const U below = least < 0 ? static_cast<U>(U(0) - static_cast<U>(least)) : U(0);
    const U above = greatest > 0 ? static_cast<U>(greatest) : U(0);
    return below < above ? above : below;
  } else {
    if (std::ranges::empty(x)) return T(0);
    const auto [least, greatest] = minmax(x, executor);
    const T below = -least;
    return below > greatest || below != below ? below : greatest;
  }
}

LANEWISE_END_KERNELS

#endif  // LANEWISE_KERNELS_EXTREMA_HPP
