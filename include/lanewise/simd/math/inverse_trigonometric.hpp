// SPDX-License-Identifier: MIT
// Inverse trigonometric functions: asin, acos, atan, atan2.
//
// NaN for NaN and outside of the domain; a zero keeps its sign in asin and atan.

#include <array>
#include <bit>

#include "lanewise/simd/math/detail/angle_table.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/piecewise.hpp"
#include "lanewise/simd/math/detail/polynomial.hpp"
#include "lanewise/simd/math/detail/scale.hpp"
#include "lanewise/simd/math/detail/split_exponent.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_INVERSE_TRIGONOMETRIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_INVERSE_TRIGONOMETRIC_HPP
#undef LANEWISE_SIMD_MATH_INVERSE_TRIGONOMETRIC_HPP
#else
#define LANEWISE_SIMD_MATH_INVERSE_TRIGONOMETRIC_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// pi / 2 and what it lacks; pi is twice that, exactly.
template <class T>
inline constexpr T right_angle = sizeof(T) == 4 ? T(0x1.921fb6p0) : T(0x1.921fb54442d18p0);
template <class T>
inline constexpr T rest_of_right_angle = sizeof(T) == 4 ? T(-0x1.777a5cp-25) : T(0x1.1a62633145c06p-54);

/// (asin(z) - z) / z^3 with s = z^2, z <= 0.5.
/// sollya: fpminimax(asin(x), [|3, 5, ...|], [|SG... or D...|], [0; 0.505], relative, x); relative error 2^-27.4,
/// 2^-55.5.
template <class V>
LANEWISE_TARGET_INLINE V arcsine_terms(V s) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(s, 0x1.5555d6p-3f, 0x1.32fd22p-4f, 0x1.75009cp-5f, 0x1.86c20ap-6f, 0x1.5e4c3ep-5f);
  } else {
    return paired(s, s * s, 0x1.55555555553p-3, 0x1.333333337fce6p-4, 0x1.6db6db36f8d3bp-5, 0x1.f1c73005b7d93p-6,
                  0x1.6e89974329734p-6, 0x1.1c71740f0cfc7p-6, 0x1.c68e156654271p-7, 0x1.91a9558fbceaep-7,
                  0x1.927501fd8ef8ep-8, 0x1.5176e7cbd549ep-6, -0x1.2586dd9ab11d1p-6, 0x1.0efda73b4faf5p-5);
  }
}

/// (atan(z) - z) / z^3 with s = z^2, z <= 0.161.
/// sollya: fpminimax(atan(x), [|3, 5, ...|], [|SG... or D...|], [0; 0.161], relative, x); relative error 2^-31,
/// 2^-61.
template <class V>
LANEWISE_TARGET_INLINE V arctangent_terms(V s) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(s, -0x1.55554p-2f, 0x1.9971d4p-3f, -0x1.19df6cp-3f);
  } else {
    return paired(s, s * s, -0x1.5555555555546p-2, 0x1.9999999991dfp-3, -0x1.2492491a0f9f7p-3, 0x1.c71c643ba6273p-4,
                  -0x1.74586b454641dp-4, 0x1.3a304cb827471p-4, -0x1.f4f0c088c3176p-5);
  }
}

/// A tangent c and its angle for each ratio >= 0: |ratio - c| / (1 + c ratio) <= 0.161, and c = 0 for ratio < 0.157.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE std::array<simd<T, N>, 2> near_tangent(simd<T, N> ratio) {
  using V = simd<T, N>;
  const V place = min(fma(ratio, V(T(6.375)), V(T(2))), V(T(24)));
  if constexpr (sizeof(T) == 8 && HWY_TARGET == HWY_AVX2) {
    // Eight f64 are two registers: their upper and lower halves, each looked up by itself. The tangents' lower ones
    // are zeros.
    constexpr hn::FixedTag<std::uint32_t, 64 / sizeof(T)> d;
    constexpr hn::FixedTag<std::uint64_t, 32 / sizeof(T)> wide;
    constexpr auto halves = [](std::size_t column, int shift) {
      std::array<std::uint32_t, 8> all{};
      for (std::size_t i = 0; i < 8; ++i) {
        all[i] = static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(detail::angles<T>.column[column][i]) >> shift);
      }
      return all;
    };
    alignas(32) static constexpr std::array<std::uint32_t, 8> tangent = halves(0, 32), upper = halves(1, 32),
                                                              lower = halves(1, 0);
    const auto look_up_halves = [&](const std::array<std::uint32_t, 8>& table, auto index) LANEWISE_ATTR_INLINE {
      return hn::TableLookupLanes(hn::Load(d, table.data()), hn::IndicesFromVec(d, hn::BitCast(d, index)));
    };
    const auto bits_of = [&](auto to, auto r) LANEWISE_ATTR_INLINE { return hn::ResizeBitCast(to, place.native(r)); };
    const auto native = [](auto v) LANEWISE_ATTR_INLINE { return hn::ResizeBitCast(typename V::tag(), v); };
    const auto tangents = [&](auto r) LANEWISE_ATTR_INLINE {
      const auto found = look_up_halves(tangent, hn::ShiftRight<19>(bits_of(d, r)));
      return native(hn::AndNot(hn::Set(wide, std::uint64_t(0xFFFFFFFF)), hn::BitCast(wide, found)));
    };
    const auto angles = [&](auto r) LANEWISE_ATTR_INLINE {
      return native(hn::OddEven(look_up_halves(upper, hn::ShiftRight<19>(bits_of(d, r))),
                                look_up_halves(lower, hn::ShiftRight<51>(bits_of(wide, r)))));
    };
    return {V::make(tangents), V::make(angles)};
  } else {
    return look_up<2, T, N>(detail::angles<T>, bit_cast<unsigned_of<T>>(place) >> (mantissa_bits<T> - 1));
  }
}

/// c - a b, exact but for one rounding, where a b is near c.
template <class V>
LANEWISE_TARGET_INLINE V rest_of_product(V a, V b, V c) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fnma(a, b, c);
  } else {
    const auto product = two_product(a, b);
    return (c - product.hi) - product.lo;
  }
}

/// The angle in [0, pi] of the point (+-width, height), the sign that of `side`. Neither the larger of the two
/// nor products of it by 8 leave the range of normal numbers. Without `compensated` the rounding errors of the quotient
/// and of pi remain.
template <bool compensated, class T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> upper_angle(simd<T, N> height, simd<T, N> width, simd<T, N> side) {
  using V = simd<T, N>;
  // To a few digits, for the piece.
  V ratio;
  if constexpr (has_avx512) {
    ratio = height * V::apply([](auto v) LANEWISE_ATTR_INLINE { return inverse_estimate(v); }, width);
  } else if constexpr (sizeof(T) == 4 && HWY_TARGET != HWY_EMU128) {  // whose estimate of 1 / 0 is 0
    ratio = height * V::apply([](auto v) LANEWISE_ATTR_INLINE { return hn::ApproximateReciprocal(v); }, width);
  } else {
    ratio = height / width;
  }
  const auto [tangent, angle] = near_tangent(ratio);
  V rise;
  if constexpr (HWY_NATIVE_FMA != 0) {
    rise = fnma(tangent, width, height);
  } else {
    const V product = tangent * width;
    rise = (height - product) - product_error(tangent, width, product);
  }
  const V run = fma(tangent, height, width);
  // Left of zero pi less the angle, whose subtraction from pi's first word is exact.
  const auto left = [&](V v) LANEWISE_ATTR_INLINE {
    return V::make([&](auto r) LANEWISE_ATTR_INLINE {
      return hn::IfNegativeThenElse(side.native(r), v.native(r), hn::Zero(typename V::tag()));
    });
  };
  const auto signed_as_side = [&](V v) LANEWISE_ATTR_INLINE {
    return bit_cast<T>(bit_cast<unsigned_of<T>>(v) ^ bit_cast<unsigned_of<T>>(copysign(V(T(0)), side)));
  };
  const V base = left(T(2) * right_angle<T>) + copysign(angle, side);
  if constexpr (compensated) {
    const V inverse = V(T(1)) / run, z = rounded(rise * inverse), s = z * z;
    // The quotient's error weighs where the angle is small.
    const V error = rest_of_product(z, run, rise) * inverse;
    const V rest = signed_as_side(z) + signed_as_side(fma(z * s, arctangent_terms(s), error));
    return base + (rest + left(T(2) * rest_of_right_angle<T>));
  } else {
    const V z = rise / run, s = z * z;
    return base + signed_as_side(fma(z * s, arctangent_terms(s), z));
  }
}

/// asin(|x|) for |x| <= 0.5, else acos(|x|): in two words, the first rounded, and the second without its rounding
/// error.
template <class T, std::size_t N>
struct arcsine_parts {
  mask<T, N> large;
  simd<T, N> hi, lo;
};
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE arcsine_parts<T, N> arcsine(simd<T, N> magnitude) {
  using V = simd<T, N>;
  // acos(x) = 2 asin(sqrt((1 - x) / 2)).
  const auto large = magnitude > V(T(0.5));
  const V square = fnma(magnitude, V(T(2)), V(T(2)));  // exact
  const V s = min(magnitude * magnitude, square * V(T(0.25)));
  const V root = sqrt(square);
  // Of the root the upper half, whose square and whose difference from pi / 2 are exact; the lower half is
  // (square - hi^2) / (root + hi).
  const V upper = upper_bits(root);
  const V lower = fnma(upper, upper, square) / max(root + upper, V(T(0x1p-60)));
  const V z = select(large, root, magnitude);
  return {large, select(large, upper, magnitude), fma(z * s, arcsine_terms(s), select(large, lower, V(T(0))))};
}

}  // namespace impl

/// The arc sine, NaN outside of [-1, 1]. Error: at most max_ulp::asin.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> asin(simd<T, N> x) {
  using V = simd<T, N>;
  const auto [large, hi, lo] = impl::arcsine(abs(x));
  const V first = select(large, V(impl::right_angle<T>) - hi, hi);
  return copysign(first + select(large, V(impl::rest_of_right_angle<T>) - lo, lo), x);
}

/// The arc cosine, NaN outside of [-1, 1], +0 for 1. Error: at most max_ulp::acos.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> acos(simd<T, N> x) {
  using V = simd<T, N>;
  const auto [large, hi, lo] = impl::arcsine(abs(x));
  // pi / 2 - asin(x) or, for large |x|, acos(|x|), where x < 0 from pi down.
  const auto negative = x < V(T(0));
  const V base = select(large, select(negative, V(T(2) * impl::right_angle<T>), V(T(0))), V(impl::right_angle<T>));
  const V direction = select(large, x, -x);
  const V first = copysign(hi, direction), sum = base + first;
  // pi's second word is as its first, times this.
  constexpr T ratio = impl::rest_of_right_angle<T> / impl::right_angle<T>;
  return sum + fma(lo, copysign(V(T(1)), direction), fma(base, V(ratio), (base - sum) + first));
}

/// The arc tangent; +-pi / 2 at infinity. Error: at most max_ulp::atan.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atan(simd<T, N> x) {
  using V = simd<T, N>;
  // atan(x) = atan(c) + atan((x - c) / (1 + c x)). Behind 2^60 the result is pi / 2.
  const V magnitude = impl::at_most(abs(x), T(0x1p60));
  const auto [tangent, angle] = impl::near_tangent(abs(x));
  const V z = (magnitude - tangent) / fma(magnitude, tangent, V(T(1)));
  const V s = z * z;
  return copysign(angle + fma(z * s, impl::arctangent_terms(s), z), x);
}

/// The angle of the point (x, y), in (-pi, pi]; with signed zeros as C's Annex F has it: atan2(+-0, -0) is +-pi,
/// atan2(+-0, +0) is +-0, and infinities count as equal. 2^-100 < |y|, |x| + |y| < 2^120 (f64: 2^-900, 2^1000) is the
/// fast case. Error: at most max_ulp::atan2.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atan2(simd<T, N> y, simd<T, N> x) {
  using V = simd<T, N>;
  constexpr T large = sizeof(T) == 4 ? T(0x1p120) : T(0x1p1000), small = sizeof(T) == 4 ? T(0x1p-100) : T(0x1p-900);
  V height = abs(y), width = abs(x);
  const V extent = height + width;
  // Below it the quotient's error is no normal number.
  const auto inside = (height >= V(small)) & (extent <= V(large));
  if (!all(inside)) [[unlikely]] {
    constexpr T middle = sizeof(T) == 4 ? T(0x1p50) : T(0x1p700);
    constexpr T down = sizeof(T) == 4 ? T(0x1p-40) : T(0x1p-200), up = sizeof(T) == 4 ? T(0x1p60) : T(0x1p200);
    const V zero(T(0)), one(T(1)), infinity(impl::infinity<T>);
    const V scale = select(extent > V(middle), V(down), V(up));
    const auto infinite = (height == infinity) | (width == infinity);
    height = select(infinite, select(height == infinity, one, zero), height * scale);
    width = select(infinite, select(width == infinity, one, zero), width * scale);
    width = select(extent == zero, one, width);
    const V result = copysign(impl::upper_angle<true>(height, width, x), y);
    return select(either_is_nan(x, y), x + y, result);
  }
  return copysign(impl::upper_angle<true>(height, width, x), y);
}

namespace fast {

/// The arc sine, NaN outside of [-1, 1]; 1.4 to 1.7 times as fast (Zen 5, 2026-11). Error: at most
/// max_ulp::fast::asin.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> asin(simd<T, N> x) {
  using V = simd<T, N>;
  const V magnitude = abs(x);
  const auto large = magnitude > V(T(0.5));
  const V half_of_rest = fnma(magnitude, V(T(0.5)), V(T(0.5)));
  const V s = min(magnitude * magnitude, half_of_rest);
  const V z = select(large, sqrt(half_of_rest), magnitude);
  const V angle = fma(z * s, impl::arcsine_terms(s), z);
  return copysign(select(large, fnma(angle, V(T(2)), V(impl::right_angle<T>)), angle), x);
}

/// The arc cosine, NaN outside of [-1, 1], +0 for 1; 1.5 to 1.9 times as fast (Zen 5, 2026-11). Error: at most
/// max_ulp::fast::acos.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> acos(simd<T, N> x) {
  using V = simd<T, N>;
  const V magnitude = abs(x);
  const auto large = magnitude > V(T(0.5));
  const V square = fnma(magnitude, V(T(2)), V(T(2)));
  const V s = min(x * x, square * V(T(0.25)));
  const V z = select(large, sqrt(square), x);
  const V angle = fma(z * s, impl::arcsine_terms(s), z);
  // From pi / 2, from 0, or from pi down.
  const V base = select(large, select(x < V(T(0)), V(T(2) * impl::right_angle<T>), V(T(0))), V(impl::right_angle<T>));
  return base - select(x > V(T(0.5)), -angle, angle);
}

/// The angle of the point (x, y), in [-pi, pi], for 2^-90 <= |x| + |y| <= 2^120 (f32) or 2^-900 <= |x| + |y| <= 2^1000
/// (f64); one of them may be a zero of any sign. NaN for infinities and for two zeros. 1.3 (f64) to 1.4 times as fast
/// (Zen 5, 2026-11). Error: at most max_ulp::fast::atan2.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atan2(simd<T, N> y, simd<T, N> x) {
  return copysign(impl::upper_angle<false>(abs(y), abs(x), x), y);
}

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_INVERSE_TRIGONOMETRIC_HPP
