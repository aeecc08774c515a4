// SPDX-License-Identifier: MIT
// To whole numbers, floating point in and out: floor, ceil, trunc, round, nearbyint. All exact.

#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_SIMD_ROUND_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_ROUND_HPP
#undef LANEWISE_SIMD_ROUND_HPP
#else
#define LANEWISE_SIMD_ROUND_HPP
#endif

LANEWISE_BEGIN_TARGET

/// The largest whole number not above a. Like the others here it keeps the sign of zeros, infinities, and NaN.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> floor(simd<T, N> a) {
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return impl::with_sign_of(x, hn::Floor(x)); }, a);
}

/// The smallest whole number not below a.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> ceil(simd<T, N> a) {
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return impl::with_sign_of(x, hn::Ceil(x)); }, a);
}

/// a without what follows the point.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> trunc(simd<T, N> a) {
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return impl::with_sign_of(x, hn::Trunc(x)); }, a);
}

/// The nearest whole number, halves to the even one.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> nearbyint(simd<T, N> a) {
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return impl::with_sign_of(x, hn::Round(x)); }, a);
}

/// The nearest whole number, halves away from zero.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> round(simd<T, N> a) {
  const simd<T, N> whole = trunc(a);
  return select(abs(a - whole) >= T(0.5), whole + copysign(simd<T, N>(T(1)), a), whole);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_ROUND_HPP
