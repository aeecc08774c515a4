// SPDX-License-Identifier: MIT
// Logarithms of a number that is taken apart already: log(2^e * (1 + f)), sqrt(1/2) <= 1 + f < sqrt(2).
//
// f32: r + r^2 q(r), a polynomial. f64: s = f / (2 + f), log(1 + f) = 2 atanh(s) = f - f^2 / 2 + s (f^2 / 2 + R(s^2)),
// where f is exact and all else small (the form of FreeBSD's msun). f lies such that where e is not 0 the result
// is at least as large as log(1 + f), so that the rounding of the latter weighs no more than in its own place.

#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/polynomial.hpp"
#include "lanewise/simd/math/detail/split_exponent.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_LOG_PARTS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_LOG_PARTS_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_LOG_PARTS_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_LOG_PARTS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// ln 2 and log10 2: the first so short that its product with an exponent is exact, the second positive, so that
/// infinite exponents go through.
template <class T>
inline constexpr T ln2_hi = sizeof(T) == 4 ? T(0x1.62e4p-1) : T(0x1.62e42fefa3p-1);
template <class T>
inline constexpr T ln2_lo = sizeof(T) == 4 ? T(0x1.7f7d1cp-20) : T(0x1.3de6af278ece6p-42);
template <class T>
inline constexpr T log10_2_hi = sizeof(T) == 4 ? T(0x1.344p-2) : T(0x1.34413509f7p-2);
template <class T>
inline constexpr T log10_2_lo = sizeof(T) == 4 ? T(0x1.3509f8p-18) : T(0x1.3fde623e2566bp-43);

/// R(z) = 2 atanh(s) / s - 2, z = s^2 <= (3 - sqrt(8))^2. sollya: fpminimax((2 * atanh(sqrt(x)) / sqrt(x) - 2) / x,
/// 6, [|D...|], [2^-24; 0.029438], relative); relative error 2^-51, times s / log(1 + f) 2^-57.
template <class V>
LANEWISE_TARGET_INLINE V atanh_tail(V z) {
  return z * paired(z, z * z, 0.666666666666666962726, 0.399999999998998545525, 0.285714286259241001531,
                    0.222222111367309932417, 0.1818288920320271506714, 0.1533171521254462488226,
                    0.1461655458454956812986);
}

/// c / (1 + f), within 3 %: c (1 - f) (1 + f^2).
template <class V>
LANEWISE_TARGET_INLINE V divided_by_one_plus(V c, V f, V f2) {
  const V lower = fnma(c, f, c);
  return fma(lower, f2, lower);
}

/// e * ln 2 + log(1 + f) + correction / (1 + f), the correction at most a few units in the last place of f.
template <class V, bool corrected = true>
LANEWISE_TARGET_INLINE V natural_log(V f, V e, V correction = V(0)) {
  using T = typename V::value_type;
  if constexpr (sizeof(T) == 4) {
    // sollya: fpminimax(log(1 + x) / x, [|1, ..., 9|], [|SG...|], [sqrt(1/2) - 1; sqrt(2) - 1], relative, 1);
    // relative error 2^-27.8.
    const V f2 = f * f;
    const V q = paired(f, f2, T(-0.4999998807907104492), T(0.333333253860473633), T(-0.2500160038471221924),
                       T(0.20002003014087677), T(-0.1660876572132110596), T(0.1418113410472869873),
                       T(-0.1324456185102462769), T(0.1290909051895141602), T(-7.62397795915603638e-2));
    if constexpr (corrected) {
      const V small = fma(f2, q, fma(e, V(ln2_lo<T>), divided_by_one_plus(correction, f, f2)));
      return fma(e, V(ln2_hi<T>), f + small);
    } else if constexpr (HWY_NATIVE_FMA != 0) {
      return fma(e, V(T(0x1.62e43p-1)), fma(f2, q, f));  // ln 2, off by 0.05 units in the last place
    } else {
      return fma(e, V(ln2_hi<T>), f + fma(f2, q, e * V(ln2_lo<T>)));
    }
  } else {
    const V s = f / (V(T(2)) + f);
    const V half_square = V(T(0.5)) * f * f;
    V small = e * V(ln2_lo<T>);
    if constexpr (corrected) small = small + divided_by_one_plus(correction, f, f * f);
    small = fma(s, half_square + atanh_tail(s * s), small);
    return fma(e, V(ln2_hi<T>), f - (half_square - small));
  }
}

/// log(1 + hi + lo) + extra * ln 2, |lo| at most half a unit in the last place of hi, -1 < hi < huge_argument.
template <class V>
LANEWISE_TARGET_INLINE V log_of_one_plus(V hi, V lo, V extra) {
  using T = typename V::value_type;
  // f = 2^-e (1 + hi) - 1 is hi where e = 0, and exact everywhere but for hi in [0.41, 0.5), where e = 1 and the
  // difference between f and the half that is subtracted tells what is lost.
  const auto [e, power] = exponent_and_inverse_power(hi + V(T(1)));
  const V scaled = hi * power, offset = power - V(T(1));
  const V f = scaled + offset;
  return natural_log(f, e + extra, fma(lo, power, scaled - (f - offset)));
}

/// Above huge_argument 2^-e is close to subnormal. What is larger is multiplied by 2^-huge_exponent first.
template <class T>
inline constexpr T huge_argument = sizeof(T) == 4 ? T(0x1p100) : T(0x1p1000);
template <class T>
inline constexpr T huge_exponent = sizeof(T) == 4 ? T(50) : T(500);
template <class T>
inline constexpr T huge_down = sizeof(T) == 4 ? T(0x1p-50) : T(0x1p-500);

/// log(1 + f) times a constant c_hi + c_lo, plus e * unit_hi + (e * unit_lo), the first product exact: log2 and log10.
template <class V>
LANEWISE_TARGET_INLINE V scaled_log(V f, V e_hi, V e_lo, typename V::value_type c_hi, typename V::value_type c_lo) {
  using T = typename V::value_type;
  const V s = f / (V(T(2)) + f);
  const V half = V(T(0.5)) * f;
  const V half_square = rounded(half * f);
  const V hi = f - half_square;
  const V tail = s * (half_square + atanh_tail(s * s));
  V lo;
  if constexpr (HWY_NATIVE_FMA != 0) {
    lo = fnma(half, f, f - hi) + tail;
    const V sum = fma(hi, V(c_hi), e_hi);
    const V error = fma(hi, V(c_hi), e_hi - sum);
    return sum + (error + fma(lo, V(c_hi), fma(hi, V(c_lo), e_lo)));
  } else {
    lo = ((f - hi) - half_square) + tail;
    const V hi_short = upper_bits(hi);
    lo = lo + (hi - hi_short);
    const T c_short = static_cast<T>(static_cast<float>(c_hi));  // times hi_short exact
    const V product = hi_short * V(c_short);
    const V sum = e_hi + product;
    const V error = product - (sum - e_hi);
    return sum + (error + (lo * V(c_hi) + (hi_short * V((c_hi - c_short) + c_lo) + e_lo)));
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_LOG_PARTS_HPP
