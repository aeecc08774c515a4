// SPDX-License-Identifier: MIT
// Powers and roots: pow, cbrt, hypot. (sqrt: simd/arithmetic.hpp.)

#include "lanewise/simd/math/detail/pow_parts.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_POW_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_POW_HPP
#undef LANEWISE_SIMD_MATH_POW_HPP
#else
#define LANEWISE_SIMD_MATH_POW_HPP
#endif

LANEWISE_BEGIN_TARGET

/// x to the power of y, with C's special values: 1 for y = 0 and for x = 1, even with NaN; NaN for x < 0 unless y is
/// whole; the sign of x for odd y, zeros and infinities included; 1 for (-1) to the power of an infinity. Overflow
/// gives infinity, subnormal results are rounded as others. Positive normal x and |y| < 2^65 are the fast case. Error:
/// at most max_ulp::pow.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> pow(simd<T, N> x, simd<T, N> y) {
  using V = simd<T, N>;
  const V large(T(0x1p65));
  const auto ordinary = (x >= V(impl::smallest_normal<T>)) & (x < V(impl::infinity<T>)) & (abs(y) < large);
  if (!all(ordinary)) [[unlikely]] {
    const V size = abs(x);
    const auto subnormal = size < V(impl::smallest_normal<T>);
    const V up(static_cast<T>(std::uint64_t(1) << impl::mantissa_bits<T>));
    // Zeros, infinities and NaN go as 1.
    const V finite = select((size > V(T(0))) & (size < V(impl::infinity<T>)), select(subnormal, size * up, size), T(1));
    const auto [m, e, power] = impl::split_exponent(finite);
    const V e_all = select(subnormal, e - V(T(impl::mantissa_bits<T>)), e);
    const V y_in = select(is_nan(y), V(T(0)), min(max(y, -large), large));
    return impl::pow_specials(x, y, impl::positive_pow(m, e_all, y_in));
  }
  const auto [m, e, power] = impl::split_exponent(x);
  return impl::positive_pow(m, e, y);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_POW_HPP
