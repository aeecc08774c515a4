// SPDX-License-Identifier: MIT
// pow for positive finite x, and its special values.
//
// f32: 2^(y log2(x)) in f64, which is exact enough to be rounded but once. f64: the logarithm as the sum of two
// numbers, good to 65 bits, since an error in it is multiplied by up to 745; log(m) = 2 s (1 + s^2 / 3 + ...), s = (m -
// 1) / (m + 1), where the terms up to s^5 / 5 have twice the precision and the rest, below 2^-18, has not.

#include "lanewise/simd/math/detail/log_parts.hpp"
#include "lanewise/simd/round.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_POW_PARTS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_POW_PARTS_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_POW_PARTS_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_POW_PARTS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// 1.5 * 2^52: added to a number below 2^51 it rounds to a whole one, which stands in the lowest bits of the sum.
inline constexpr double to_whole = 6755399441055744.0;

/// p * 2^k for k = sum - to_whole where all results are normal.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> times_power(simd<double, N> p, simd<double, N> k, simd<double, N> sum) {
  using V = simd<double, N>;
  if constexpr (has_avx512) {
    return V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return scale(a, b); }, p, k);
  } else {
    return bit_cast<double>(bit_cast<std::uint64_t>(p) + (bit_cast<std::uint64_t>(sum) << 52));
  }
}

/// log(x) for x = m * 2^e, to 65 bits; the second part may be a few units in the last place of the first.
template <std::size_t N>
LANEWISE_TARGET_INLINE double_word<simd<double, N>> log_of_twice_the_precision(simd<double, N> m, simd<double, N> e) {
  using V = simd<double, N>;
  const V one(1.0), f = m - one;
  const V d = m + one, d_lo = m - (d - one);
  const V inverse = one / d;
  const V s = rounded(f * inverse);
  V rest;
  if constexpr (HWY_NATIVE_FMA != 0) {
    rest = fnma(s, d_lo, fnma(s, d, f));
  } else {
    const V product = s * d;
    rest = ((f - product) - product_error(s, d, product)) - s * d_lo;
  }
  // w = s^2 / 3 + s^4 (1/5 + ...), as if s were exact; what it lacks follows by atanh's derivative, 1 / (1 - s^2).
  const V s2 = s + s, rest2 = rest * (inverse + inverse);
  const V z = rounded(s * s), z_lo = product_error(s, s, z);
  const V s_lo = fma(fma(z, z, z), rest2, rest2);
  // sollya: fpminimax((atanh(sqrt(x)) / sqrt(x) - 1 - x / 3) / x^2, 7, [|D...|], [2^-26; 0.029438], relative);
  // relative error 2^-54.
  const V third(0x1.5555555555555p-2);
  const V z2 = rounded(z * z), z2_lo = fma(z + z, z_lo, product_error(z, z, z2));
  const V w3 = rounded(z * third);
  const V w3_lo = fma(z, V(0x1.5555555555555p-56), fma(z_lo, third, product_error(z, third, w3)));
  const V w7 = paired(z, z2, 0.1428571428571315526934, 0.1111111111138948781552, 9.0909090767322661697e-2,
                      7.69230504332622938568e-2, 6.66706574320320710658e-2, 5.86074730671057309017e-2,
                      5.79243089418360543319e-2);
  const V a5 = fma(z, w7, V(0.2));
  const V w5 = rounded(z2 * a5);
  const V w5_lo = fma(z2_lo, a5, product_error(z2, a5, w5));
  const V w = w3 + w5, w_lo = (w5 - (w - w3)) + (w3_lo + w5_lo);
  const V p = rounded(s2 * w), p_lo = fma(s2, w_lo, product_error(s2, w, p));
  const V log_m = s2 + p, log_m_lo = (p - (log_m - s2)) + (s_lo + p_lo);
  const V e_ln2 = rounded(e * V(ln2_upper<double>));
  const V sum = e_ln2 + log_m;
  return {sum, (log_m - (sum - e_ln2)) + fma(e, V(ln2_lower<double>), log_m_lo)};
}

/// pow(x, y) for x = m * 2^e; f64: |y| < 2^65.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> positive_pow(simd<double, N> m, simd<double, N> e, simd<double, N> y) {
  using V = simd<double, N>;
  const auto log_x = log_of_twice_the_precision(m, e);
  const V z = rounded(y * log_x.hi);
  const V z_lo = fma(y, log_x.lo, product_error(y, log_x.hi, z));

  const auto exponential = [](V a, V a_lo) LANEWISE_ATTR_INLINE {
    struct parts {
      V p, k, sum;
    };
    const V sum = fma(a, V(0x1.71547652b82fep+0), V(to_whole));
    const V k = sum - V(to_whole);
    const V r_hi = fnma(k, V(ln2_upper<double>), a), r_lo = fnma(k, V(ln2_lower<double>), a_lo);
    const V r = r_hi + r_lo, r_rest = r_lo - (r - r_hi);
    // e^r = 1 + r + r^2 (1/2 + ...). sollya: fpminimax((exp(x) - 1 - x) / x^2, 9, [|D...|], [-0.34658; 0.34658],
    // absolute); error 2^-53, in the result 2^-56.
    const V r2 = r * r;
    const V tail = paired(r, r2, 0.500000000000000111022, 0.1666666666666667406815, 4.16666666666231644278e-2,
                          8.33333333332257966686e-3, 1.388888891749759770325e-3, 1.984126988565398279699e-4,
                          2.48015209864913970016e-5, 2.75572432667687639433e-6, 2.7620200807278032973e-7,
                          2.510973157110604683624e-8);
    const V one_r = V(1.0) + r;
    return parts{one_r + ((r - (one_r - V(1.0))) + fma(r2, tail, r_rest)), k, sum};
  };

  const auto outside = abs(z) > V(708.0);
  if (any(outside)) [[unlikely]] {
    // Overflow, underflow, and subnormal results: the power of two in two steps, of which only the second rounds.
    const V z_in = min(max(z, V(-800.0)), V(800.0));
    const auto [p, k, sum] = exponential(z_in, select(abs(z) < V(800.0), z_lo, 0.0));
    if constexpr (has_avx512) {
      return times_power(p, k, sum);
    } else {
      const V half_sum = fma(k, V(0.5), V(to_whole)), half = half_sum - V(to_whole);
      const V rest = k - half;
      return times_power(p, half, half_sum) * times_power(V(1.0), rest, rest + V(to_whole));
    }
  }
  const auto [p, k, sum] = exponential(z, z_lo);
  return times_power(p, k, sum);
}

template <std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> positive_pow(simd<float, N> m32, simd<float, N> e32, simd<float, N> y32) {
  using V = simd<double, N>;
  const V m = cast<double>(m32), e = cast<double>(e32), y = cast<double>(y32);
  const V s = (m - V(1.0)) / (m + V(1.0));
  // sollya: fpminimax(2 / log(2) * atanh(sqrt(x)) / sqrt(x), 4, [|D...|], [2^-26; 0.029438], relative); 2^-37.8.
  const V square = s * s;
  const V log2_x = fma(s,
                       paired(square, square * square, 2.885390081790081939772, 0.961796673347840691548,
                              0.5770835837141995439126, 0.4116727989026351397506, 0.3407285493474885851306),
                       e);
  V z = y * log2_x;
  if constexpr (!has_avx512) z = min(max(z, V(-1000.0)), V(1000.0));
  V k, sum;
  if constexpr (has_avx512) {
    k = nearbyint(z);  // z may be as large as 2^135
    sum = k;
  } else {
    sum = z + V(to_whole);
    k = sum - V(to_whole);
  }
  const V f = z - k;
  // sollya: fpminimax(2^x, [|1, ..., 6|], [|D...|], [-0.5; 0.5], relative, 1); relative error 2^-28.9.
  const V p = paired(f, f * f, 1.0, 0.693147202855035727, 0.2402264791364580876, 5.55033247117463144e-2,
                     9.61843735533063349e-3, 1.339887439985595376e-3, 1.535336257651567283e-4);
  return cast<float>(times_power(p, k, sum));
}

/// pow(x, y) by C11, F.10.4.4, from the power of |x| where both are finite and x is not 0.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> pow_specials(simd<T, N> x, simd<T, N> y, simd<T, N> power) {
  using V = simd<T, N>;
  const V zero(T(0)), one(T(1)), inf(infinity<T>), size = abs(x), half = y * V(T(0.5));
  const auto whole = trunc(y) == y;
  const auto odd = whole & (trunc(half) != half) & (abs(y) < inf);
  const auto negative_y = y < zero;
  power = select(size == zero, select(negative_y, inf, zero), power);
  power = select(size == inf, select(negative_y, zero, inf), power);
  const V to_the_infinite = select(size == one, one, select((size < one) ^ negative_y, zero, inf));
  power = select(abs(y) == inf, to_the_infinite, power);
  power = select(odd, copysign(power, x), power);
  const auto undefined = (x < zero) & (size < inf) & !whole;
  power = select(undefined | either_is_nan(x, y), V(quiet_nan<T>), power);
  return select((y == zero) | (x == one), one, power);
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_POW_PARTS_HPP
