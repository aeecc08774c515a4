// SPDX-License-Identifier: MIT
// Running results over the lanes: prefix_sum, prefix_sum_exclusive.

#include "lanewise/simd/shuffle.hpp"

#if defined(LANEWISE_SIMD_SCAN_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_SCAN_HPP
#undef LANEWISE_SIMD_SCAN_HPP
#else
#define LANEWISE_SIMD_SCAN_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// In each group of 2 * size lanes the last lane of the lower half, for the upper half; the second input, zero in sums,
/// for the lower half.
template <std::size_t n, std::size_t size>
struct carried {
  static constexpr int of(std::size_t k) { return static_cast<int>(k / size % 2 == 0 ? n + k : k / size * size - 1); }
};

template <std::size_t size, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> prefix_sum_from(simd<T, N> v) {
  if constexpr (size >= N) {
    return v;
  } else {
    // Adding -0 changes no float, 0 would change -0.
    constexpr T zero = integer_element<T> ? T(0) : T(-0.0);
    const simd<T, N> carry = shuffle_by<carried<N, size>, N>(v, simd<T, N>(zero));
    return prefix_sum_from<2 * size>(v + carry);
  }
}

}  // namespace impl

/// Lane i is the sum of lanes 0 to i; integers wrap. Sums of neighbouring groups are put together, of 2 lanes, of 4,
/// and so on, in an order that is the same on every target.
///
/// prefix_sum(simd<int, 4>{1, 2, 3, 4})   // {1, 3, 6, 10}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> prefix_sum(simd<T, N> v) {
  return impl::prefix_sum_from<1>(v);
}

/// Lane i is the sum of the lanes before i: {0, 1, 3, 6}.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> prefix_sum_exclusive(simd<T, N> v) {
  return shift_lanes<-1>(prefix_sum(v));
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_SCAN_HPP
