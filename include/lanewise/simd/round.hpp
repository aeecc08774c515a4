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

namespace impl {

/// `whole` with a's sign. Highway's emulations, where there is no rounding instruction, make a zero of some negative
/// numbers that is positive (1.2.0, SSE2 and SSSE3).
template <class V>
LANEWISE_TARGET_INLINE V with_sign_of(V whole, V a) {
  if constexpr (HWY_TARGET == HWY_SSE2 || HWY_TARGET == HWY_SSSE3 || HWY_TARGET == HWY_EMU128) {
    return copysign(whole, a);
  } else {
    return whole;
  }
}

}  // namespace impl

/// The largest whole number not above a. Like the others here it keeps the sign of zeros, infinities, and NaN.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> floor(simd<T, N> a) {
  return impl::with_sign_of(simd<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Floor(a.native(r)); }), a);
}

/// The smallest whole number not below a.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> ceil(simd<T, N> a) {
  return impl::with_sign_of(simd<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Ceil(a.native(r)); }), a);
}

/// a without what follows the point.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> trunc(simd<T, N> a) {
  return impl::with_sign_of(simd<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Trunc(a.native(r)); }), a);
}

/// The nearest whole number, halves to the even one.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> nearbyint(simd<T, N> a) {
  return impl::with_sign_of(simd<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::Round(a.native(r)); }), a);
}

/// The nearest whole number, halves away from zero.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> round(simd<T, N> a) {
  const simd<T, N> whole = trunc(a);
  return select(abs(a - whole) >= T(0.5), whole + copysign(simd<T, N>(T(1)), a), whole);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_ROUND_HPP
