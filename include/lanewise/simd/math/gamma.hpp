// SPDX-License-Identifier: MIT
// tgamma and lgamma.
//
// Between 1/2 and 4 by polynomials of pieces, lgamma's less its zeros; above by Stirling's series with the logarithm in
// two words. The reflection formula leads from negative arguments to positive ones, whose bits it leaves alone. lgamma
// of f32 in f64 lanes. tgamma of f32, which overflows above 35, is all polynomials of pieces.
// Source of the forms: NIST Digital Library of Mathematical Functions, 5.5 and 5.11.

#include <limits>

#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/exp_double_word.hpp"
#include "lanewise/simd/math/detail/gamma_tables.hpp"
#include "lanewise/simd/math/detail/piecewise.hpp"
#include "lanewise/simd/math/detail/polynomial.hpp"
#include "lanewise/simd/math/detail/scale.hpp"
#include "lanewise/simd/math/detail/tgamma_table.hpp"
#include "lanewise/simd/math/max_ulp.hpp"
#include "lanewise/simd/reduce.hpp"
#include "lanewise/simd/round.hpp"

#if defined(LANEWISE_SIMD_MATH_GAMMA_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_GAMMA_HPP
#undef LANEWISE_SIMD_MATH_GAMMA_HPP
#else
#define LANEWISE_SIMD_MATH_GAMMA_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// log(x) + offset to 2^-63 or so, offset a whole number below 2^9, x positive, normal, finite.
/// By 1 / c from a table for a c near the significand: log = n ln 2 + log c + log(1 + r), |r| <= 1/32.
template <std::size_t N>
LANEWISE_TARGET_INLINE double_word<simd<double, N>> log_double_word(simd<double, N> x, double offset) {
  using V = simd<double, N>;
  using U = simd<std::uint64_t, N>;
  const U bits = bit_cast<std::uint64_t>(x);
  const U exponent = bits >> 52;
  const V significand = bit_cast<double>((bits & U(0xFFFFFFFFFFFFFu)) | U(0x3FF0000000000000u));
  // 2^52 + biased exponent as the bits of a double: AVX2 converts no 64-bit integers.
  const V n = bit_cast<double>(exponent | U(0x4330000000000000u)) - V(0x1p52 + 1023);
  const auto [inverse, log_hi, log_lo] = look_up<3, double, N>(detail::logarithms, bits >> 48);
  const double_word<V> product = two_product(significand, inverse);
  const V r = product.hi - V(1.0);
  const V r_lo = fnma(r, product.lo, product.lo);  // over 1 + r
  const V q =
      horner(r, -0x1p-1, 0x1.5555555555521p-2, -0x1.fffffffffffap-3, 0x1.9999999af7523p-3, -0x1.5555555695eb2p-3,
             0x1.2492357970e9p-3, -0x1.ffffdbf0bb709p-4, 0x1.c7ee28c6d2212p-4, -0x1.9a59d77998dd4p-4);
  const V whole = fma(n, V(0x1.62e42fefa38p-1), log_hi) + V(offset);  // exact
  const double_word<V> sum = two_sum(whole, r);
  const V rest = fma(rounded(r * r), q, fma(n, V(0x1.ef35793c7673p-45), log_lo + r_lo));
  return fast_two_sum(sum.hi, sum.lo + rest);
}

/// x - n for the nearest whole n, and sin(pi x) / pi but for the sign, which is (-1)^n.
template <class V>
struct sine_of_pi {
  LANEWISE_TARGET_INLINE explicit sine_of_pi(V x) : fraction(x - nearbyint(x)) {
    const V square = fraction * fraction;
    const V p = horner(square, -0x1.a51a6625307d3p0, 0x1.9f9cb402bc45dp-1, -0x1.86a8e4720c749p-3, 0x1.ac6805cdf308ap-6,
                       -0x1.33816a0620ac5p-9, 0x1.3746c57917ca7p-13, -0x1.d3f28cd7ed53p-18, 0x1.080d6f89e0a7bp-22);
    value = fma(fraction * square, p, fraction);
  }
  V fraction, value;
};

/// log(Gamma(1 + v)) for -1/2 <= v < 3, sum = 1 + v but for rounding.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> lgamma_near_zeros(simd<double, N> v, simd<double, N> sum) {
  using V = simd<double, N>;
  const piecewise_result<V> f = evaluate(detail::lgamma_f64, v, bit_cast<std::uint64_t>(sum) >> 50);
  return fma(fma(f.t, f.quotient, f.center), v * (v - V(1.0)), V(0.0));  // + 0: zeros are positive
}

/// log(Gamma(x)) for x >= 4, by Stirling's series, a polynomial in 1 / x^2. Infinite words from where it overflows.
template <std::size_t N>
LANEWISE_TARGET_INLINE double_word<simd<double, N>> lgamma_stirling(simd<double, N> x) {
  using V = simd<double, N>;
  const double_word<V> log = log_double_word<N>(x, -1.0);
  const V inverse = V(1.0) / x;
  const V series = horner(inverse * inverse, 0x1.5555555555554p-4, -0x1.6c16c16bf4e1bp-9, 0x1.a01a00bb36929p-11,
                          -0x1.3812ea7eb9578p-11, 0x1.b91f53740fde5p-11, -0x1.f1c79e262bf4dp-10, 0x1.7eea6cb5c817cp-8,
                          -0x1.2f97cab8f1fb2p-6, 0x1.2e0485e80db08p-5);
  const V power = x - V(0.5);
  const V power_lo = (x - power) - V(0.5);
  const double_word<V> product = two_product(power, log.hi);
  const double_word<V> sum = two_sum(product.hi, V(0x1.acfe390c97d69p-2));  // (log(2 pi) - 1) / 2
  const V terms = fma(inverse, series, V(0x1.3494bc9001442p-56));
  return {sum.hi, fma(power, log.lo, fma(power_lo, log.hi, product.lo + (terms + sum.lo)))};
}

/// Gamma(1 + v) for -1/2 <= v < 3, sum = 1 + v but for rounding.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> tgamma_near_one(simd<double, N> v, simd<double, N> sum) {
  const auto f = evaluate(detail::tgamma_f64, v, bit_cast<std::uint64_t>(sum) >> 50);
  return fma(f.t, f.quotient, f.center);
}

template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> tgamma_f64(simd<double, N> x) {
  using V = simd<double, N>;
  constexpr double limit = 190;  // Gamma overflows above, and underflows below -limit
  const V u = at_most(abs(x), limit);
  const mask<double, N> small = u < V(0.5), negative = x < V(0.0), large = u >= V(4.0);
  // Gamma(u), for u < 1/2 Gamma(1 + u), as result * 2^power.
  V result = tgamma_near_one<N>(select(small, u, u - V(1.0)), select(small, u + V(1.0), u));
  V power = V(0.0);
  if (any(large)) {
    const double_word<V> log = lgamma_stirling<N>(u);
    const double_word<V> normal = fast_two_sum(log.hi, log.lo);
    const auto e = exp_double_word(normal.hi, normal.lo);
    result = select(large, e.hi + e.lo, result);
    power = select(large, e.scale.power, V(0.0));
  }
  if (any(x < V(0.5))) {
    // x < 0: pi / (sin(pi x) Gamma(1 - x)).
    const sine_of_pi<V> sine(x);
    const V divisor = select(negative, select(small, sine.value, sine.value * u) * result, x);
    const V quotient = select(negative, V(1.0), result) / divisor;
    // The parity of the whole number that is nearest. What is beyond 2^52 is whole and so a pole.
    const V half = nearbyint(x) * V(0.5);
    const V turned = select(half == trunc(half), quotient, -quotient);
    const V reflected = select(sine.fraction == V(0.0), V(std::numeric_limits<double>::quiet_NaN()), turned);
    result = select(negative, reflected, select(small, quotient, result));
    power = select(negative, -power, power);
  }
  if (any(large)) result = scale_anywhere(result, power);
  return result;
}

/// A function as the sum of a float and something smaller.
template <class V>
struct near_center {
  V center, rest;
};

/// Gamma(u) / 2^48 from the polynomial for the piece that the low bits of `index` name; below 11/12 Gamma(u) - 1 / u.
template <std::size_t N>
LANEWISE_TARGET_INLINE near_center<simd<float, N>> tgamma_by_pieces(simd<float, N> u, simd<std::uint32_t, N> index) {
  using V = simd<float, N>;
  const auto [c, center, q0, q1, q2, q3, q4, q5] = look_up<8, float, N>(detail::tgamma_f32, index);
  const V t = u - c;
  const V q = fma(fma(fma(fma(q5, t, q4), t, q3), t, q2), t, q1) * t;
  if constexpr (HWY_NATIVE_FMA != 0) {
    return {center, fma(t, q0, q * t)};
  } else {
    // t q0 without a rounding that counts: t has 17 bits where u > 8, so 7 bits of q0 are multiplied exactly.
    const V q0_hi = bit_cast<float>(bit_cast<std::uint32_t>(q0) & simd<std::uint32_t, N>(0xFFFE0000u));
    return {center, fma(t, q0_hi, ((q0 - q0_hi) + q) * t)};
  }
}

/// Gamma of negative x by reflection in f64 lanes, which keep the sine and the quotient from adding to the error. f as
/// tgamma_by_pieces has it for u = -x, `small` where it is the difference.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> tgamma_reflected(simd<float, N> x, simd<float, N> u, mask<float, N> small,
                                                       near_center<simd<float, N>> f) {
  using V = simd<float, N>;
  using W = simd<double, N>;
  const V n = nearbyint(x), half = n * V(0.5f);
  const V fraction = x - n;
  // NaN for whole numbers. The sign is (-1)^n.
  const V angle = select(fraction == V(0.0f), V(std::numeric_limits<float>::quiet_NaN()),
                         select(half == trunc(half), fraction, -fraction));
  const W y = cast<double>(angle), square = y * y;
  // sin(pi y) / pi to 2^-35 (fpminimax).
  const W p = horner(square, -0x1.a51a661403aa6p0, 0x1.9f9cacbd36851p-1, -0x1.86a6de327c441p-3, 0x1.abe8edd690454p-6,
                     -0x1.253a48eecbe0ep-9);
  const W sine = fma(y * square, p, y);
  // Gamma(u + 1) = u Gamma(u), over 2^48.
  const W near = cast<double>(f.center) + cast<double>(f.rest);
  const W of_next =
      fma(cast<double>(select(small, u * V(0x1p-48f), u)), near, cast<double>(select(small, V(0x1p-48f), V(0.0f))));
  return cast<float>(W(0x1p-48) / (sine * of_next));
}

/// Gamma by 256 polynomials from 0 to 42.5, nine times as fast as Stirling's series in f64 (AVX2, Zen 5, 2026-11).
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> tgamma_f32(simd<float, N> x) {
  using V = simd<float, N>;
  constexpr float magic = 0x1.8p23f;
  const V u = at_most(abs(x), 42.4f);  // Gamma(x) overflows above, and underflows below -42.4
  const V shifted = fma(u, V(6.0f), V(magic));
  const mask<float, N> small = shifted < V(magic + 6.0f);
  const near_center<V> f = tgamma_by_pieces<N>(u, bit_cast<std::uint32_t>(shifted));
  const V sum = f.center + f.rest;
  V result = sum * V(0x1p48f);
  if (any(small)) {
    // Below 2^-30 1 / x is all that counts, and the remainder may be NaN.
    const V inverse = V(1.0f) / x;
    const V remainder = remainder_of_product(inverse, x, V(1.0f)) * inverse;
    result = select(small, select(u < V(0x1p-30f), inverse, inverse + (sum + remainder)), result);
  }
  const mask<float, N> negative = x < V(0.0f);
  if (any(negative)) result = select(negative, tgamma_reflected<N>(x, u, small, f), result);
  return result;
}

template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> lgamma_f64(simd<double, N> x) {
  using V = simd<double, N>;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const V u = abs(x);
  const mask<double, N> small = u < V(0.5);
  V result = lgamma_near_zeros<N>(select(small, u, u - V(1.0)), select(small, u + V(1.0), u));
  const mask<double, N> large = u >= V(4.0);
  if (any(large)) {
    const double_word<V> log = lgamma_stirling<N>(u);
    result = select(large, select(log.hi < V(infinity), log.hi + log.lo, log.hi), result);
  }
  const mask<double, N> rest = x < V(0.5);
  if (any(rest)) {
    // 0 < x < 1/2: lgamma(1 + x) - log(x). x < 0: -lgamma(|x|) - log(|x sin(pi x) / pi|), or for small x
    // -lgamma(1 + |x|) - log(|sin(pi x) / pi|).
    const mask<double, N> negative = x < V(0.0);
    const sine_of_pi<V> sine(x);
    const V magnitude = abs(sine.value);
    const V q = select(negative, select(small, magnitude, magnitude * u), u);
    constexpr double up = 0x1p54, log_of_up_hi = 0x1.2b708872320cp5, log_of_up_lo = 0x1.0ea8f2581f884p-42;
    const mask<double, N> subnormal = q < V(std::numeric_limits<double>::min());
    const double_word<V> log = log_double_word<N>(select(subnormal, q * V(up), q), 0.0);
    const V correction_hi = select(subnormal, V(log_of_up_hi), 0.0),
            correction_lo = select(subnormal, V(log_of_up_lo), 0.0);
    const double_word<V> sum = two_sum(select(negative, -result, result), -log.hi);
    const V reflected = (sum.hi + correction_hi) + (correction_lo + (sum.lo - log.lo));
    result = select(rest, select((q > V(0.0)) & (u < V(infinity)), reflected, infinity), result);
    result = select(is_nan(x), x, result);
  }
  return result;
}

}  // namespace impl

/// Gamma(x), (x - 1)! for whole x. NaN for negative whole numbers and -infinity, infinity of the zero's sign for zeros,
/// infinity above 171.62 (f32: 35.04), subnormal and then zero from -170.6 (f32: -37) down, but between poles. Error:
/// at most max_ulp::tgamma.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tgamma(simd<T, N> x) {
  if constexpr (sizeof(T) == 4) {
    return impl::tgamma_f32<N>(x);
  } else {
    return impl::tgamma_f64<N>(x);
  }
}

/// log(|Gamma(x)|). Infinity for zeros, negative whole numbers and infinities; NaN for NaN. Error: at most
/// max_ulp::lgamma for f32, and for f64 where x > 0; for negative x, where it crosses zero twice between -2 and -3 and
/// once near every whole number below, at most max_ulp::lgamma times the last place of the larger of the result, 1 and
/// lgamma(|x|).
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> lgamma(simd<T, N> x) {
  return cast<T>(impl::lgamma_f64<N>(cast<double>(x)));
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_GAMMA_HPP
