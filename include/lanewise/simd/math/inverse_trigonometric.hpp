// SPDX-License-Identifier: MIT
// Inverse trigonometric functions: asin, acos, atan, atan2.
//
// NaN for NaN and outside of the domain; a zero keeps its sign in asin and atan. Without branches.

#include <limits>

#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/polynomial.hpp"
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
    return horner(s, 0x1.55555555553p-3, 0x1.333333337fce6p-4, 0x1.6db6db36f8d3bp-5, 0x1.f1c73005b7d93p-6,
                  0x1.6e89974329734p-6, 0x1.1c71740f0cfc7p-6, 0x1.c68e156654271p-7, 0x1.91a9558fbceaep-7,
                  0x1.927501fd8ef8ep-8, 0x1.5176e7cbd549ep-6, -0x1.2586dd9ab11d1p-6, 0x1.0efda73b4faf5p-5);
  }
}

/// (atan(z) - z) / z^3 with s = z^2, z <= 1.
/// sollya: fpminimax(atan(x), [|3, 5, ...|], [|SG... or D...|], [0; 1], relative, x); relative error 2^-28.5, 2^-57.6.
template <class V>
LANEWISE_TARGET_INLINE V arctangent_terms(V s) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(s, -0x1.55553ep-2f, 0x1.9991ecp-3f, -0x1.24211ap-3f, 0x1.c0946cp-4f, -0x1.5825f2p-4f, 0x1.da9c2ep-5f,
                  -0x1.fe7d24p-6f, 0x1.6551e2p-7f, -0x1.d5a1aap-10f);
  } else {
    return horner(s, -0x1.5555555555526p-2, 0x1.99999999955b4p-3, -0x1.249249237f57dp-3, 0x1.c71c717fcf76dp-4,
                  -0x1.745d11ae74c7ap-4, 0x1.3b13669a2a047p-4, -0x1.110e5126fd02dp-4, 0x1.e1bba66c1a4b8p-5,
                  -0x1.ae5e72c0e6984p-5, 0x1.82dad79d1736p-5, -0x1.59a3ff2ac6667p-5, 0x1.2c2e5ccfd4e26p-5,
                  -0x1.e9fa0da6643e9p-6, 0x1.683cc98472e13p-6, -0x1.c78fcd542af16p-7, 0x1.d7b927bbdceedp-8,
                  -0x1.7a399ad4364a2p-9, 0x1.b3facbcd7bb8ap-11, -0x1.3f364d4b9695cp-13, 0x1.bbed9f7b04237p-17);
  }
}

/// base + base_lo + z + z_lo, rounded once and a little; base is 0 or larger than z, z_lo and base_lo are small.
template <class V>
LANEWISE_TARGET_INLINE V sum_of_words(V base, V base_lo, V z, V z_lo) {
  const V sum = base + z;
  return sum + (((base - sum) + z) + (base_lo + z_lo));
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

/// 1 / (2 z) to two digits, z >= 0; finite for 0.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rough_half_reciprocal(simd<T, N> z) {
  using V = simd<T, N>;
  using U = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  // The exponent negated by an integer subtraction: to 12 %, and a step of Newton's.
  constexpr U magic = sizeof(T) == 4 ? U(0x7EF127EA) : U(0x7FDE6238502484BA);
  const V guess = bit_cast<T>(simd<U, N>(magic) - bit_cast<U>(z));
  return guess * fnma(guess * V(T(0.5)), z, V(T(1)));
}

/// asin of |x| in parts: z + z_lo + ... for |x| <= 0.5, else pi / 2 - 2 (z + z_lo + ...).
template <class T, std::size_t N>
struct arcsine_parts {
  mask<T, N> large;
  simd<T, N> z, rest;
};
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE arcsine_parts<T, N> arcsine(simd<T, N> magnitude) {
  using V = simd<T, N>;
  const auto large = magnitude > V(T(0.5));
  const V half_of_rest = fnma(magnitude, V(T(0.5)), V(T(0.5)));  // exact
  const V s = select(large, half_of_rest, magnitude * magnitude);
  const V root = sqrt(half_of_rest);
  const V z = select(large, root, magnitude);
  // (s - root^2) / (2 root): the error of the root.
  const V error = rest_of_product(root, root, half_of_rest) * rough_half_reciprocal(root);
  return {large, z, fma(z * s, arcsine_terms(s), select(large, error, V(T(0))))};
}

}  // namespace impl

/// The arc sine, NaN outside of [-1, 1]. Error: at most max_ulp::asin.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> asin(simd<T, N> x) {
  using V = simd<T, N>;
  const auto [large, z, rest] = impl::arcsine(abs(x));
  const V base = select(large, V(impl::right_angle<T>), V(T(0)));
  const V base_lo = select(large, V(impl::rest_of_right_angle<T>), V(T(0)));
  const V factor = select(large, V(T(-2)), V(T(1)));
  return copysign(impl::sum_of_words(base, base_lo, factor * z, factor * rest), x);
}

/// The arc cosine, NaN outside of [-1, 1], +0 for 1. Error: at most max_ulp::acos.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> acos(simd<T, N> x) {
  using V = simd<T, N>;
  const auto [large, z, rest] = impl::arcsine(abs(x));
  // pi / 2 - asin(x); for large |x| twice the angle of half the rest: from 0 or, where x < 0, from pi down.
  const V right(impl::right_angle<T>), right_lo(impl::rest_of_right_angle<T>);
  const V turn = right - copysign(right, x);
  const V base = select(large, turn, right);
  const V base_lo = select(large, select(turn == V(T(0)), V(T(0)), right_lo + right_lo), right_lo);
  const V factor = copysign(select(large, V(T(2)), V(T(1))), x);
  const V signed_factor = select(large, factor, -factor);
  return impl::sum_of_words(base, base_lo, signed_factor * z, signed_factor * rest);
}

/// The arc tangent; +-pi / 2 at infinity. Error: at most max_ulp::atan.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atan(simd<T, N> x) {
  using V = simd<T, N>;
  // Behind 2^60 the result is pi / 2.
  const V magnitude = select(abs(x) > V(T(0x1p60)), V(T(0x1p60)), abs(x));
  const auto large = magnitude > V(T(1));
  const V inverse = V(T(-1)) / magnitude;
  const V z = select(large, inverse, magnitude);
  const V s = z * z;
  // The error of the division, times about 1 / (1 + s), the slope there.
  const V error = impl::rest_of_product(-inverse, magnitude, V(T(1))) * inverse;
  const V base = select(large, V(impl::right_angle<T>), V(T(0)));
  const V lo = select(large, fma(error, fnma(s, V(T(0.5)), V(T(1))), V(impl::rest_of_right_angle<T>)), V(T(0)));
  const V rest = fma(z * s, impl::arctangent_terms(s), lo);
  const V sum = base + z;
  return copysign(sum + (((base - sum) + z) + rest), x);
}

/// The angle of the point (x, y), in (-pi, pi]; with signed zeros as C's Annex F has it: atan2(+-0, -0) is +-pi,
/// atan2(+-0, +0) is +-0, and infinities count as equal. Error: at most max_ulp::atan2.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atan2(simd<T, N> y, simd<T, N> x) {
  using V = simd<T, N>;
  const V infinity(std::numeric_limits<T>::infinity()), zero(T(0)), one(T(1));
  const V height = abs(y), width = abs(x);
  const auto steep = height > width;
  V above = select(steep, width, height), below = select(steep, height, width);
  // Where 1 / below or the quotient's rest would leave the range, both are scaled.
  constexpr T large = sizeof(T) == 4 ? T(0x1p96) : T(0x1p900), small = sizeof(T) == 4 ? T(0x1p-60) : T(0x1p-800);
  constexpr T down = sizeof(T) == 4 ? T(0x1p-64) : T(0x1p-300), up = sizeof(T) == 4 ? T(0x1p90) : T(0x1p280);
  const V scale = select(below > V(large), V(down), select(below < V(small), V(up), one));
  const auto both_infinite = above == infinity;
  above = select(both_infinite, one, above * scale);
  below = select(both_infinite | (below == zero), one, below * scale);
  const V quotient = impl::rounded(above / below);
  const V s = quotient * quotient;
  // The error of the division, times about 1 / (1 + s), the slope there. What is so small that the result is the
  // quotient needs none, and without fused multiply-add it might not be representable.
  constexpr T tiny = sizeof(T) == 4 ? T(0x1p-13) : T(0x1p-28);
  const V slope = impl::rough_half_reciprocal(below) * (V(T(2)) - s);
  const V error = select(quotient < V(tiny), zero, impl::rest_of_product(quotient, below, above) * slope);
  // A multiple of pi / 2 and more or less: 0 +, pi / 2 - (steep), pi / 2 + (steep, x < 0), pi - (x < 0).
  const auto left = copysign(one, x) < zero;
  const V base = select(steep, V(impl::right_angle<T>), select(left, V(T(2) * impl::right_angle<T>), zero));
  const V base_lo =
      select(steep, V(impl::rest_of_right_angle<T>), select(left, V(T(2) * impl::rest_of_right_angle<T>), zero));
  const V sign = select(steep ^ left, V(T(-1)), one);
  const V z = sign * quotient, rest = fma(z * s, impl::arctangent_terms(s), fma(sign, error, base_lo));
  const V sum = base + z;
  const V result = copysign(sum + (((base - sum) + z) + rest), y);
  return select(either_is_nan(x, y), x + y, result);
}

namespace fast {

/// The arc sine, NaN outside of [-1, 1]. Error: at most max_ulp::fast::asin.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> asin(simd<T, N> x) {
  using V = simd<T, N>;
  const V magnitude = abs(x);
  const auto large = magnitude > V(T(0.5));
  const V half_of_rest = fnma(magnitude, V(T(0.5)), V(T(0.5)));
  const V s = select(large, half_of_rest, magnitude * magnitude);
  const V z = select(large, sqrt(half_of_rest), magnitude);
  const V angle = fma(z * s, impl::arcsine_terms(s), z);
  return copysign(select(large, fnma(angle, V(T(2)), V(impl::right_angle<T>)), angle), x);
}

/// The arc tangent; +-pi / 2 at infinity. Error: at most max_ulp::fast::atan.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atan(simd<T, N> x) {
  using V = simd<T, N>;
  const V magnitude = abs(x);
  const auto large = magnitude > V(T(1));
  const V z = select(large, V(T(-1)) / magnitude, magnitude);
  const V s = z * z;
  const V base = select(large, V(impl::right_angle<T>), V(T(0)));
  return copysign(base + fma(z * s, impl::arctangent_terms(s), z), x);
}

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_INVERSE_TRIGONOMETRIC_HPP
