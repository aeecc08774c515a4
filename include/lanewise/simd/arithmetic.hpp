// SPDX-License-Identifier: MIT
// Functions of simd, lane by lane: fma and its kin, min, max, abs, sqrt, copysign, select, is_nan and its kin.

#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_SIMD_ARITHMETIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_ARITHMETIC_HPP
#undef LANEWISE_SIMD_ARITHMETIC_HPP
#else
#define LANEWISE_SIMD_ARITHMETIC_HPP
#endif

LANEWISE_BEGIN_TARGET

/// a * b + c, floating point. Rounded once where the target has fused multiply-add (AVX2 and later, NEON), else twice.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fma(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::MulAdd(x, y, z); }, a, b, c);
}

/// a * b - c, floating point; rounded as fma.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fms(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::MulSub(x, y, z); }, a, b, c);
}

/// c - a * b, floating point; rounded as fma.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fnma(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::NegMulAdd(x, y, z); }, a, b, c);
}

/// -(a * b) - c, floating point; rounded as fma.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fnms(simd<T, N> a, simd<T, N> b, simd<T, N> c) {
  return simd<T, N>::apply([](auto x, auto y, auto z) LANEWISE_ATTR_INLINE { return hn::NegMulSub(x, y, z); }, a, b, c);
}

/// The smaller of a and b. Where a lane is NaN the result is one of the two, and which one depends on the target; the
/// same goes for zeros of different sign.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> min(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Min(x, y); }, a, b);
}

/// The larger of a and b; NaN and zeros as in min.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> max(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::Max(x, y); }, a, b);
}

/// |a|. The most negative integer stays what it is.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> abs(simd<T, N> a) {
  if constexpr (std::is_unsigned_v<T>) {
    return a;
  } else if constexpr (half_element<T>) {
    return bit_cast<T>(bit_cast<std::uint16_t>(a) & 0x7FFF);
  } else {
    return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::Abs(x); }, a);
  }
}

/// The square root, correctly rounded (0.5 ULP); NaN below zero, -0 for -0.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sqrt(simd<T, N> a) {
  return simd<T, N>::apply([](auto x) LANEWISE_ATTR_INLINE { return hn::Sqrt(x); }, a);
}

/// a's lane where m is true, b's elsewhere. The mask may come from vectors of another element type.
template <element U, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> select(mask<U, N> m, simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  return simd<T, N>::select(m, a, b);
}

/// True where a or b is NaN: one comparison for two vectors.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> either_is_nan(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::test([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::IsEitherNaN(x, y); }, a, b);
}

/// True where a is NaN, infinite, neither.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_nan(simd<T, N> a) {
  return simd<T, N>::test([](auto x) LANEWISE_ATTR_INLINE { return hn::IsNaN(x); }, a);
}
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_inf(simd<T, N> a) {
  return simd<T, N>::test([](auto x) LANEWISE_ATTR_INLINE { return hn::IsInf(x); }, a);
}
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE mask<T, N> is_finite(simd<T, N> a) {
  return simd<T, N>::test([](auto x) LANEWISE_ATTR_INLINE { return hn::IsFinite(x); }, a);
}

/// The magnitude of a with the sign of b, also for zeros, infinities and NaN.
template <floating_element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> copysign(simd<T, N> a, simd<T, N> b) {
  return simd<T, N>::apply([](auto x, auto y) LANEWISE_ATTR_INLINE { return hn::CopySign(x, y); }, a, b);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_ARITHMETIC_HPP
