// SPDX-License-Identifier: MIT
// What functions of e^x have in common: x = k ln 2 + r with a whole number k, e^x = 2^k e^r.

#include "lanewise/simd/math/detail/polynomial.hpp"
#include "lanewise/simd/math/detail/scale.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_EXP_PARTS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_EXP_PARTS_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_EXP_PARTS_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_EXP_PARTS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// x = k ln 2 + r, |r| <= 0.3472, for |x| up to 110 (f32) or 750 (f64). `whole` is k + whole_number<T>(s). k is
/// x_for_k / ln 2, rounded; x_for_k is x or near it. r_hi is exact:
/// k has at most 8 (f32) or 11 (f64) bits, and ln2_hi has 15 or 41; r = r_hi - k_lo, rounded,
/// k_lo = k * ln2_lo.
template <class V>
struct reduced {
  V whole, k, r_hi, k_lo, r;
};

template <class T>
inline constexpr T ln2_hi = pick<T>(0x1.62e4p-1f, 0x1.62e42fefa4p-1);
template <class T>
inline constexpr T ln2_lo = pick<T>(0x1.7f7d1cp-20f, -0x1.8432a1b0e2634p-43);
template <class T>
inline constexpr T log2_e = pick<T>(0x1.715476p0f, 0x1.71547652b82fep0);

template <int s = 0, class V>
LANEWISE_TARGET_INLINE reduced<V> reduce_by_ln2(V x, V x_for_k) {
  using T = typename V::value_type;
  const V whole = fma(x_for_k, V(log2_e<T>), V(whole_number<T>(s)));
  const V k = whole - V(whole_number<T>(s));
  const V r_hi = fnma(k, V(ln2_hi<T>), x);
  const V k_lo = rounded(k * V(ln2_lo<T>));
  return {whole, k, r_hi, k_lo, r_hi - k_lo};
}

/// h of e^r = 1 + r + r^2 h(r), |r| <= 0.3472. Relative error of e^r 3.2e-9 (f32), 3.9e-18 (f64); fpminimax(exp(x),
/// [|2,...,n|], ..., 1 + x) of Sollya. In pairs: what follows is so long that CPUs overlap few iterations of a loop.
template <class V>
LANEWISE_TARGET_INLINE V exp_tail(V r, V r2) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return paired(r, r2, 0x1.fffffcp-2f, 0x1.55549p-3f, 0x1.5558a4p-5f, 0x1.123ae4p-7f, 0x1.6a5c5ep-10f);
  } else {
    return paired(r, r2, 0x1.000000000000ap-1, 0x1.55555555554fbp-3, 0x1.555555555065bp-5, 0x1.11111111275ebp-7,
                  0x1.6c16c184989bep-10, 0x1.a01a012cc6e2ap-13, 0x1.a01998ecc4e99p-16, 0x1.71df1ee64e6bfp-19,
                  0x1.28ae76944cbecp-22, 0x1.ad8b36ce565b6p-26);
  }
}

/// g of e^r = 1 + r + r^2 / 2 + r^3 g(r) for ln 0.75 <= r <= ln 1.5: for expm1, whose result may be a quarter of e^r.
/// Relative error of e^r 8.7e-11 (f32), 4.4e-18 (f64); made like the above.
template <class V>
LANEWISE_TARGET_INLINE V expm1_tail(V r, V r2) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return paired(r, r2, 0x1.55555cp-3f, 0x1.555526p-5f, 0x1.1103acp-7f, 0x1.6ce0d2p-10f, 0x1.b9cf0ap-13f);
  } else {
    return paired(r, r2, 0x1.55555555556d1p-3, 0x1.55555555559fbp-5, 0x1.11111110924cfp-7, 0x1.6c16c16bf14dp-10,
                  0x1.a01a053311c8ap-13, 0x1.a019f0a34547p-16, 0x1.71d373e57ba81p-19, 0x1.28454f84fa1ffp-22,
                  0x1.c5fb31b6baa74p-26);
  }
}

/// e^x = 2^k (1 + r_hi + tail), exact but for the error of `tail`, which is a fraction of a unit in the last place of
/// the sum.
template <class V>
struct exp_parts {
  V whole, k, r_hi, tail;
};

template <int s = 0, class V>
LANEWISE_TARGET_INLINE exp_parts<V> exp_in_parts(V x) {
  const reduced<V> a = reduce_by_ln2<s>(x, x);
  const V r2 = a.r * a.r;
  return {a.whole, a.k, a.r_hi, fms(r2, exp_tail(a.r, r2), a.k_lo)};
}

/// start + r_hi + tail as a sum of two, |start| >= |r_hi| or start = 0; `more` is added to the smaller.
template <class V>
LANEWISE_TARGET_INLINE double_word<V> sum_of_parts(V start, const exp_parts<V>& e) {
  const V c = start + e.r_hi;
  const V rest = ((start - c) + e.r_hi) + e.tail;
  const V hi = c + rest;
  return {hi, rest - (hi - c)};
}

/// e^r, in [0.7, 1.42]. With AVX-512 positive and finite for whatever r, too.
template <class V>
LANEWISE_TARGET_INLINE V exp_significand(const reduced<V>& a) {
  using T = typename V::value_type;
  V r = HWY_NATIVE_FMA != 0 ? fnma(a.k, V(ln2_lo<T>), a.r_hi) : a.r;  // one operation less
  if constexpr (has_avx512) r = brought_below_2(r);
  const V r2 = r * r;
  if constexpr (HWY_NATIVE_FMA == 0) {
    return V(T(1)) + (a.r_hi + (r2 * exp_tail(r, r2) - a.k_lo));
  } else if constexpr (sizeof(T) == 4) {
    return horner(r, 1.0f, 1.0f, 0x1.fffffcp-2f, 0x1.55549p-3f, 0x1.5558a4p-5f, 0x1.123ae4p-7f, 0x1.6a5c5ep-10f);
  } else {
    return fma(fma(exp_tail(r, r2), r, V(T(1))), r, V(T(1)));
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_EXP_PARTS_HPP
