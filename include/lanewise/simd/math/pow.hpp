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
    const auto [m, e] = impl::split_exponent<impl::split_at::sqrt_2>(finite);
    const V e_all = select(subnormal, e - V(T(impl::mantissa_bits<T>)), e);
    const V y_in = select(is_nan(y), V(T(0)), min(max(y, -large), large));
    return impl::pow_specials(x, y, impl::positive_pow(m, e_all, y_in));
  }
  const auto [m, e] = impl::split_exponent<impl::split_at::sqrt_2>(x);
  return impl::positive_pow(m, e, y);
}

namespace impl {

/// About 1 / cbrt(x), within 4 %, for normal positive x: a third of the exponent, by way of the bits.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> inverse_cbrt_estimate(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (sizeof(T) == 4) {
    // (0x54a1f580 - bits / 3) / 256 in the lowest bits of 2^23 + it, which the shift brings to their place.
    const V third = fma(cast<float>(bit_cast<std::int32_t>(x)), V(-0x1.555556p-10f), V(8388608.0f + 5546485.0f));
    return bit_cast<float>(bit_cast<std::uint32_t>(third) << 8);
  } else {
    return V::make([&](auto r) LANEWISE_ATTR_INLINE {
      using wide = typename simd<std::uint64_t, N>::tag;
      constexpr hn::Repartition<std::uint32_t, wide> narrow;
      const auto upper = hn::BitCast(narrow, hn::ShiftRight<32>(hn::BitCast(wide(), x.native(r))));
      const auto third = hn::MulEven(upper, hn::Set(narrow, 0x55555556u));
      return hn::BitCast(typename V::tag(), hn::Sub(hn::Set(wide(), std::uint64_t(0x553ee95aaaaaaaaa)), third));
    });
  }
}

/// The cube root of x, 2^-90 <= x < inf.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> positive_cbrt(simd<T, N> x) {
  using V = simd<T, N>;
  const V y0 = inverse_cbrt_estimate(x);
  const V y0_squared = y0 * y0, root = x * y0_squared;
  const V r = fnma(root, y0, V(T(1)));
  // (1 - r)^(-2/3), |r| < 0.1022. sollya: fpminimax((1 - x)^(-2/3), 3 or 6, [|SG or D...|], [-0.1022; 0.1022],
  // relative); relative error 2^-17.2 and 2^-30.4.
  V factor;
  if constexpr (sizeof(T) == 4) {
    factor = paired(r, r * r, 0x1.ffff2ep-1f, 0x1.5553eap-1f, 0x1.1ee316p-1f, 0x1.fee434p-2f);
  } else {
    factor = paired(r, r * r, 0x1.ffffffffd1b7cp-1, 0x1.555556f3a049ap-1, 0x1.1c71c9e120b49p-1, 0x1.f9a4293210757p-2,
                    0x1.cf7e50cac42d1p-2, 0x1.b7d67d2feb517p-2, 0x1.a01bc76edb68bp-2);
  }
  // One step of Newton's: c by (x - c^3) / (3 c^2), where 1 / c^2 is y0^2 times the factor. c^2 is rounded, of whose
  // error a third remains.
  const V c = rounded(root * factor);
  const V c2 = rounded(c * c);
  V difference;
  if constexpr (HWY_NATIVE_FMA != 0) {
    difference = fnma(c2, c, x);
  } else {
    const V c3 = c2 * c;
    difference = (x - c3) - product_error(c2, c, c3);
  }
  return fma(difference, (y0_squared * V(T(1.0 / 3.0))) * factor, c);
}

/// Where the squares of hypot's larger argument and their errors are normal numbers; and what brings others there.
template <class T>
inline constexpr T hypot_low = sizeof(T) == 4 ? T(0x1p-40) : T(0x1p-450);
template <class T>
inline constexpr T hypot_high = sizeof(T) == 4 ? T(0x1p60) : T(0x1p510);
template <class T>
inline constexpr T hypot_up = sizeof(T) == 4 ? T(0x1p100) : T(0x1p600);
template <class T>
inline constexpr T hypot_down = sizeof(T) == 4 ? T(0x1p-80) : T(0x1p-600);

/// A square root and half its inverse, good to 14 bits, made good to 42.
template <std::size_t N>
LANEWISE_TARGET_INLINE void refine_root(simd<double, N>& root, simd<double, N>& half_inverse) {
  using V = simd<double, N>;
  const V r = fnma(root, half_inverse, V(0.5));
  const V factor = fma(r * V(1.5), r, r);
  root = fma(root, factor, root);
  half_inverse = fma(half_inverse, factor, half_inverse);
}

/// sqrt(larger^2 + smaller^2), larger within the limits above. The sum of squares has its rounding errors beside it,
/// but for that of the smaller square, which weighs at most 0.18 units in the last place.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> positive_hypot(simd<T, N> larger, simd<T, N> smaller) {
  using V = simd<T, N>;
  const V a = rounded(larger * larger), b = rounded(smaller * smaller);
  const V sum = a + b;
  const V lost = (b - (sum - a)) + product_error(larger, larger, a);
  V root, half_inverse;
  if constexpr (has_avx512) {
    // An estimate good to 14 bits is refined faster than the instruction takes the root.
    const V estimate = V::apply([](auto v) LANEWISE_ATTR_INLINE { return inverse_sqrt_estimate(v); }, sum);
    root = sum * estimate;
    half_inverse = V(T(0.5)) * estimate;
    if constexpr (sizeof(T) == 8) refine_root(root, half_inverse);
    root = rounded(root);
  } else {
    root = sqrt(sum);
    if constexpr (sizeof(T) == 4) {
      half_inverse =
          V(T(0.5)) * V::apply([](auto v) LANEWISE_ATTR_INLINE { return hn::ApproximateReciprocal(v); }, root);
    } else {
      half_inverse = V(T(0.5)) / root;
    }
  }
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fma(fnma(root, root, sum) + lost, half_inverse, root);
  } else {
    const V square = root * root;
    return root + (((sum - square) - product_error(root, root, square)) + lost) * half_inverse;
  }
}

}  // namespace impl

/// The cube root, negative for negative x; keeps zeros, infinities and NaN. Error: at most max_ulp::cbrt.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cbrt(simd<T, N> x) {
  using V = simd<T, N>;
  constexpr T low = sizeof(T) == 4 ? T(0x1p-90) : T(0x1p-900);  // below it the last step would be inexact
  const V size = abs(x);
  const auto inside = (size >= V(low)) & (size < V(impl::infinity<T>));
  if (!all(inside)) [[unlikely]] {
    const auto small = size < V(low);
    const auto proper = (size > V(T(0))) & (size < V(impl::infinity<T>));
    const V scaled = select(proper, select(small, size * V(T(0x1p90)), size), T(1));
    const V root = impl::positive_cbrt(scaled);
    return select(proper, copysign(select(small, root * V(T(0x1p-30)), root), x), x + x);
  }
  return copysign(impl::positive_cbrt(size), x);
}

/// sqrt(x^2 + y^2) without overflow or underflow on the way; inf if either is infinite, even with NaN. Error: at most
/// max_ulp::hypot.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> hypot(simd<T, N> x, simd<T, N> y) {
  using V = simd<T, N>;
  const V inf(impl::infinity<T>), x_size = abs(x), y_size = abs(y);
  const V low(impl::hypot_low<T>), high(impl::hypot_high<T>), up(impl::hypot_up<T>), down(impl::hypot_down<T>);
  const V larger = max(x_size, y_size), smaller = min(x_size, y_size);
  const auto inside = (larger > low) & (x_size + y_size < high);  // NaN is in the sum, but not always in `larger`
  if (!all(inside)) [[unlikely]] {
    const auto huge = larger >= high * V(T(0.5)), tiny = larger <= low;
    const V scale = select(huge, down, select(tiny, up, T(1)));
    V result = impl::positive_hypot(larger * scale, smaller * scale);
    result = select(huge, result * (V(T(1)) / down), select(tiny, result * (V(T(1)) / up), result));
    result = select(smaller == V(T(0)), larger, result);
    result = select(either_is_nan(x, y), V(impl::quiet_nan<T>), result);
    return select((x_size == inf) | (y_size == inf), inf, result);
  }
  return impl::positive_hypot(larger, smaller);
}

namespace fast {

/// sqrt(x^2 + y^2), where the larger of |x| and |y| is within [2^-60, 2^60] (f32) or [2^-500, 2^500] (f64), or both are
/// zeros. 1.6 times (f32 with AVX-512: 2 times) as fast (Zen 5, 2026-11). Error: at most max_ulp::fast::hypot, and 1.02
/// where there is fused multiply-add.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> hypot(simd<T, N> x, simd<T, N> y) {
  // With fused multiply-add only the smaller square is rounded: 1 unit in the last place of the root.
  using V = simd<T, N>;
  if constexpr (impl::has_avx512) {
    const V larger =
        V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return impl::magnitude_of_two<true>(a, b); }, x, y);
    const V smaller =
        V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return impl::magnitude_of_two<false>(a, b); }, x, y);
    const V sum = fma(larger, larger, smaller * smaller);
    // As above, faster than the instruction takes the root.
    const V estimate = V::apply([](auto v) LANEWISE_ATTR_INLINE { return impl::inverse_sqrt_estimate(v); }, sum);
    const V inverse = min(estimate, V(impl::pick<T>(0x1p63f, 0x1p510)));  // of 0 too
    V root = sum * inverse, half_inverse = V(T(0.5)) * inverse;
    if constexpr (sizeof(T) == 8) impl::refine_root(root, half_inverse);
    root = impl::rounded(root);
    return fma(fnma(root, root, sum), half_inverse, root);
  } else {
    const V x_size = abs(x), y_size = abs(y);
    const V larger = max(x_size, y_size), smaller = min(x_size, y_size);
    return sqrt(fma(larger, larger, smaller * smaller));
  }
}

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_POW_HPP
