// SPDX-License-Identifier: MIT
// Logarithms of a number that is taken apart already: log(2^e * (1 + f)), sqrt(1/2) <= 1 + f < sqrt(2).
//
// f32: r + r^2 q(r), a polynomial. f64: s = f / (2 + f), log(1 + f) = 2 atanh(s) = f - f^2 / 2 + s (f^2 / 2 + R(s^2)),
// where f is exact and all else small (the form of FreeBSD's msun). f lies such that where e is not 0 the result
// is at least as large as log(1 + f), so that the rounding of the latter weighs no more than in its own place.

#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/log_tables.hpp"
#include "lanewise/simd/math/detail/piecewise.hpp"
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
inline constexpr T ln2_upper = sizeof(T) == 4 ? T(0x1.62e4p-1) : T(0x1.62e42fefa3p-1);
template <class T>
inline constexpr T ln2_lower = sizeof(T) == 4 ? T(0x1.7f7d1cp-20) : T(0x1.3de6af278ece6p-42);
template <class T>
inline constexpr T log10_2_hi = sizeof(T) == 4 ? T(0x1.344p-2) : T(0x1.34413509f7p-2);
template <class T>
inline constexpr T log10_2_lo = sizeof(T) == 4 ? T(0x1.3509f8p-18) : T(0x1.3fde623e2566bp-43);

/// R(z) / z for R(z) = 2 atanh(s) / s - 2, z = s^2 <= 0.04. sollya: fpminimax((2 * atanh(sqrt(x)) / sqrt(x) - 2) / x,
/// 7, [|D...|], [2^-24; 0.04], relative); relative error 2^-54, times s / log(1 + f) 2^-60.
template <class V>
LANEWISE_TARGET_INLINE V atanh_tail(V z) {
  return paired(z, z * z, 0.666666666666666629659, 0.4000000000000900612918, 0.2857142856700798372316,
                0.2222222307777906025184, 0.1818173598483167618944, 0.153889162531311768367, 0.1320899040052515849286,
                0.1361320972610591262253);
}

/// The same for z <= (3 - sqrt(8))^2, a coefficient shorter: degree 6, [2^-24; 0.029438]; 2^-51 and 2^-57.
template <class V>
LANEWISE_TARGET_INLINE V atanh_tail_to_sqrt_2(V z) {
  return paired(z, z * z, 0.666666666666666962726, 0.399999999998998545525, 0.285714286259241001531,
                0.222222111367309932417, 0.1818288920320271506714, 0.1533171521254462488226, 0.1461655458454956812986);
}

/// c / (1 + f), within 1 % for 0 <= f <= 0.5 and 5 % below.
template <class V>
LANEWISE_TARGET_INLINE V divided_by_one_plus(V c, V f) {
  using T = typename V::value_type;
  return c * fma(fma(V(T(0.6)), f, V(T(-0.95))), f, V(T(1)));
}

/// sign * e * ln 2 + log(1 + f) + correction / (1 + f), the correction at most a few units in the last place of f, the
/// sign a constant, 1 or -1. `two_plus_f` need not be exact.
template <bool corrected, class V>
LANEWISE_TARGET_INLINE V natural_log(V f, V two_plus_f, V e, typename V::value_type sign, V correction = V(0)) {
  using T = typename V::value_type;
  const V ln2_hi(sign * ln2_upper<T>), ln2_lo(sign * ln2_lower<T>);
  if constexpr (sizeof(T) == 4) {
    // sollya: fpminimax(log(1 + x) / x, [|1, ..., 9|], [|SG...|], [-0.25; 0.5], relative, 1); relative error 2^-27.5.
    const V f2 = f * f;
    const V q = paired(f, f2, T(0.3333345353603363037), T(-0.25000116229057312), T(0.1999071836471557617),
                       T(-0.166464477777481079), T(0.144785270094871521), T(-0.1316938847303390503),
                       T(0.1047988235950469971), T(-4.517995938658714294e-2));
    V small = e * ln2_lo;
    if constexpr (corrected) small = small + divided_by_one_plus(correction, f);
    if constexpr (HWY_NATIVE_FMA != 0) {
      const V square_and_after = fma(f, q, V(T(-0.5)));
      if constexpr (!corrected)
        return fma(e, V(sign * T(0x1.62e43p-1)), fma(f2, square_and_after, f));  // ln 2 but for 0.05 ULP
      return fma(e, ln2_hi, f + fma(f2, square_and_after, small));
    } else {
      return fma(e, ln2_hi, f + ((f2 * f * q - V(T(0.5)) * f2) + small));
    }
  } else {
    const V s = f / two_plus_f;
    const V half_square = V(T(0.5)) * f * f;
    V small = e * ln2_lo;
    if constexpr (corrected) small = small + divided_by_one_plus(correction, f);
    const V z = s * s;
    small = fma(s, fma(z, atanh_tail(z), half_square), small);
    return fma(e, ln2_hi, f - (half_square - small));
  }
}

/// (log(1 + r) - r) / r^2 times a factor, -0.0353 <= r <= 0.0548 or -1/32 <= r <= 1/16. sollya: fpminimax((log(1 + x) -
/// x) / x^2, 8, [|D...|], that range, absolute); relative error of log(1 + r) 2^-56.0 and 2^-55.3.
template <bool narrow, class V>
LANEWISE_TARGET_INLINE V log_tail(V r, V r2, double factor) {
  if constexpr (narrow) {
    return paired(r, r2, -0x1.ffffffffffffcp-2 * factor, 0x1.5555555555695p-2 * factor, -0x1.000000001582ap-2 * factor,
                  0x1.9999999642659p-3 * factor, -0x1.5555530cf0f54p-3 * factor, 0x1.249250f39e62cp-3 * factor,
                  -0x1.000a496e70496p-3 * factor, 0x1.c799e75d7f2e2p-4 * factor, -0x1.7c0d44ad1d9cdp-4 * factor);
  } else {
    return paired(r, r2, -0x1.fffffffffffffp-2 * factor, 0x1.5555555555a26p-2 * factor, -0x1.0000000005702p-2 * factor,
                  0x1.99999989d80d1p-3 * factor, -0x1.5555542e6d683p-3 * factor, 0x1.2492ae14e6685p-3 * factor,
                  -0x1.0009c845887a1p-3 * factor, 0x1.c5f6ed8e7991dp-4 * factor, -0x1.6aa0a452b6edfp-4 * factor);
  }
}

/// f64 with AVX-512: log(x) times a constant c_hi + c_lo, of which e_hi + e_lo is ln 2's share. Special values as
/// getexp and getmant have them.
template <class V, class Table>
LANEWISE_TARGET_INLINE V log_by_table(const Table& table, V x, double c_hi, double c_lo, double e_hi, double e_lo) {
  const V e = V::apply([](auto v) LANEWISE_ATTR_INLINE { return exponent(v); }, x);
  const V m = V::apply([](auto v) LANEWISE_ATTR_INLINE { return significand_from_1(v); }, x);
  // The pieces begin 1/128 earlier than the table says: else both r and its sum with the rest would be rounded to parts
  // of the result so large, at 1.12 and 0.97, that it would be beyond 1 ULP.
  using U = simd<std::uint64_t, V::size()>;
  constexpr std::uint64_t earlier = std::uint64_t(1) << 45, last = 0x3FFFFFFFFFFFFFFF;
  const U piece = min(bit_cast<std::uint64_t>(m) + U(earlier), U(last)) >> 48;
  const auto [c, log_hi, log_lo] = look_up<3, double, V::size()>(table, piece);
  const V r = fms(m, c, V(1.0)), r2 = r * r;
  const V sum = e_hi == 1 ? e + log_hi : fma(e, V(e_hi), log_hi);
  V rest = e_lo == 0 ? log_lo : fma(e, V(e_lo), log_lo);
  if (c_lo != 0) rest = fma(r, V(c_lo), rest);
  rest = fma(r2, log_tail<true>(r, r2, c_hi), rest);
  return sum + (c_hi == 1 ? r + rest : fma(r, V(c_hi), rest));
}

/// f64 with AVX-512: log(1 + hi + lo) + extra * ln 2, lo and extra numbers or nothing.
template <class V, class Low, class Extra>
LANEWISE_TARGET_INLINE V log_of_one_plus_by_table(V hi, Low lo, Extra extra) {
  using U = simd<std::uint64_t, V::size()>;
  constexpr std::uint64_t one = std::bit_cast<std::uint64_t>(1.0);
  const V sum = V(1.0) + hi;
  const U bits = bit_cast<std::uint64_t>(sum);
  const auto [c, log_hi, log_lo] = look_up<3, double, V::size()>(detail::logarithms_e, bits >> 48);
  const V power = bit_cast<double>(bit_cast<std::uint64_t>(c) + (U(one) - (bits & U(0x7FF0000000000000u))));
  V e = V::apply([](auto v) LANEWISE_ATTR_INLINE { return exponent(v); }, sum);
  if constexpr (std::same_as<Extra, V>) e = e + extra;
  const V r = fma(hi, power, power - V(1.0)), r2 = r * r;
  V rest = fma(e, V(ln2_lower<double>), log_lo);
  if constexpr (std::same_as<Low, V>) {
    const V low = lo * power;
    rest = rest + fnma(low, r, low);  // over 1 + r
  }
  rest = fma(r2, log_tail<false>(r, r2, 1), rest);
  const V whole = fma(e, V(ln2_upper<double>), log_hi);
  const double_word<V> start = fast_two_sum(whole, r);  // whole is 0 or larger than r
  return start.hi + (start.lo + rest);
}

struct nothing {};

/// log(1 + x) + extra * ln 2, -1 < x < huge_argument; extra is a number or nothing. -0 for -0. near_sum is 1 + x but
/// for a few units in the last place of x.
template <class V, class Extra>
LANEWISE_TARGET_INLINE V log_of_one_plus_near(V x, V near_sum, Extra extra) {
  using T = typename V::value_type;
  if constexpr (sizeof(T) == 8 && has_avx512) {
    return copysign(log_of_one_plus_by_table(x, nothing(), extra), x);
  } else {
    // f = 2^-e x - (1 - 2^-e) is x where e = 0, the zeros' sign included, and elsewhere the difference of two numbers
    // within a factor of 2, so exact. But x = -1/4 + epsilon / 8 needs e = 0 to be so, while its sum rounds to 3/4: in
    // f32 this would make it 1.13 ULP, in f64 it happens to do no harm.
    auto [minus_e, power] = negated_exponent_and_power_of(near_sum);
    if constexpr (std::same_as<Extra, V>) minus_e = minus_e - extra;
    return natural_log<false>(fms(x, power, V(T(1)) - power), fma(near_sum, power, V(T(1))), minus_e, T(-1));
  }
}

/// log(1 + hi + lo) + extra * ln 2, hi >= 0, |lo| at most a few units in the last place of hi.
template <class V, class Extra>
LANEWISE_TARGET_INLINE V log_of_one_plus(V hi, V lo, Extra extra) {
  using T = typename V::value_type;
  if constexpr (sizeof(T) == 8 && has_avx512) {
    return log_of_one_plus_by_table(hi, lo, extra);
  } else {
    const V sum = V(T(1)) + hi;
    auto [minus_e, power] = negated_exponent_and_power_of(sum);
    if constexpr (std::same_as<Extra, V>) minus_e = minus_e - extra;
    return natural_log<true>(fms(hi, power, V(T(1)) - power), fma(sum, power, V(T(1))), minus_e, T(-1), lo * power);
  }
}

/// Above huge_argument 2^-e is close to subnormal. What is larger is multiplied by 2^-huge_exponent first.
template <class T>
inline constexpr T huge_argument = sizeof(T) == 4 ? T(0x1p100) : T(0x1p1000);
template <class T>
inline constexpr T huge_exponent = sizeof(T) == 4 ? T(50) : T(500);
template <class T>
inline constexpr T huge_down = sizeof(T) == 4 ? T(0x1p-50) : T(0x1p-500);

/// f64: log(1 + f) times a constant c_hi + c_lo, plus rest; sqrt(1/2) <= 1 + f < sqrt(2).
template <class V>
LANEWISE_TARGET_INLINE V scaled_log(V f, typename V::value_type c_hi, typename V::value_type c_lo, V rest) {
  using T = typename V::value_type;
  const V s = f / (V(T(2)) + f);
  const V half = V(T(0.5)) * f, half_square = half * f;
  const V z = s * s;
  const V tail = s * fma(z, atanh_tail_to_sqrt_2(z), half_square);
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fma(f, V(c_hi), fma(fnma(half, f, tail), V(c_hi), fma(f, V(c_lo), rest)));
  } else {
    const V f_short = upper_bits(f);
    const T c_short = static_cast<T>(static_cast<float>(c_hi));  // times f_short exact
    const V low = (f - f_short) * V(c_hi) + f_short * V((c_hi - c_short) + c_lo) + (rest + tail * V(c_hi));
    const auto [sum, lost] = fast_two_sum(f_short * V(c_short), half_square * V(-c_hi));
    return sum + (lost + low);
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_LOG_PARTS_HPP
