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

/// x = k ln 2 + r, |r| <= 0.3472, for |x| up to 110 (f32) or 750 (f64). `whole` is k + whole_number<T>(s). r_hi is exact:
/// k has at most 8 (f32) or 11 (f64) bits, and ln2_hi has 15 or 41; r = r_hi - k * ln2_lo, rounded.
template <class V>
struct reduced {
  V whole, k, r_hi, r;
};

template <class T>
inline constexpr T ln2_hi = pick<T>(0x1.62e4p-1f, 0x1.62e42fefa4p-1);
template <class T>
inline constexpr T ln2_lo = pick<T>(0x1.7f7d1cp-20f, -0x1.8432a1b0e2634p-43);
template <class T>
inline constexpr T log2_e = pick<T>(0x1.715476p0f, 0x1.71547652b82fep0);

template <int s = 0, class V>
LANEWISE_TARGET_INLINE reduced<V> reduce_by_ln2(V x) {
  using T = typename V::value_type;
  const V whole = fma(x, V(log2_e<T>), V(whole_number<T>(s)));
  const V k = whole - V(whole_number<T>(s));
  const V r_hi = fnma(k, V(ln2_hi<T>), x);
  return {whole, k, r_hi, fnma(k, V(ln2_lo<T>), r_hi)};
}

/// h of e^r = 1 + r + r^2 h(r), |r| <= 0.3472. Relative error of e^r 3.2e-9 (f32), 3.9e-18 (f64); fpminimax(exp(x),
/// [|2,...,n|], ..., 1 + x) of Sollya.
template <class V>
LANEWISE_TARGET_INLINE V exp_tail(V r) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(r, 0x1.fffffcp-2f, 0x1.55549p-3f, 0x1.5558a4p-5f, 0x1.123ae4p-7f, 0x1.6a5c5ep-10f);
  } else {
    return horner(r, 0x1.000000000000ap-1, 0x1.55555555554fbp-3, 0x1.555555555065bp-5, 0x1.11111111275ebp-7,
                  0x1.6c16c184989bep-10, 0x1.a01a012cc6e2ap-13, 0x1.a01998ecc4e99p-16, 0x1.71df1ee64e6bfp-19,
                  0x1.28ae76944cbecp-22, 0x1.ad8b36ce565b6p-26);
  }
}

/// The same with one more coefficient: relative error of e^r 1.4e-10 (f32), 7.7e-20 (f64). For expm1, whose result may
/// be a third of e^r.
template <class V>
LANEWISE_TARGET_INLINE V exp_tail_precise(V r) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(r, 0x1p-1f, 0x1.555552p-3f, 0x1.5554e2p-5f, 0x1.1115a8p-7f, 0x1.6d53bcp-10f, 0x1.9ab55ap-13f);
  } else {
    return horner(r, 0x1p-1, 0x1.555555555555cp-3, 0x1.5555555555542p-5, 0x1.111111110e9e9p-7, 0x1.6c16c16c1f363p-10,
                  0x1.a01a01b450a74p-13, 0x1.a01a01793d984p-16, 0x1.71ddee4aca326p-19, 0x1.27e53ba55bb77p-22,
                  0x1.af6ed4cf22c9dp-26, 0x1.1ee1a927d335dp-29);
  }
}

/// e^x = 2^k (1 + r_hi + tail), exact but for the error of `tail`, which is a fraction of a unit in the last place of
/// the sum.
template <class V>
struct exp_parts {
  V whole, k, r_hi, tail;
};

template <int s = 0, bool precise = false, class V>
LANEWISE_TARGET_INLINE exp_parts<V> exp_in_parts(V x) {
  using T = typename V::value_type;
  const reduced<V> a = reduce_by_ln2<s>(x);
  V h;
  if constexpr (precise) {
    h = exp_tail_precise(a.r);
  } else {
    h = exp_tail(a.r);
  }
  return {a.whole, a.k, a.r_hi, fnma(a.k, V(ln2_lo<T>), (a.r * a.r) * h)};
}

/// start + r_hi + tail as a sum of two, |start| >= |r_hi| or start = 0; `more` is added to the smaller.
template <class V>
LANEWISE_TARGET_INLINE double_word<V> sum_of_parts(V start, const exp_parts<V>& e) {
  const V c = start + e.r_hi;
  const V rest = ((start - c) + e.r_hi) + e.tail;
  const V hi = c + rest;
  return {hi, rest - (hi - c)};
}

/// e^x for |x| <= 110 (f32) or 750 (f64) as 2^k times the result, which lies in [0.7, 1.42].
template <class V>
LANEWISE_TARGET_INLINE V exp_significand(const reduced<V>& a) {
  using T = typename V::value_type;
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fma(fma(exp_tail(a.r), a.r, V(T(1))), a.r, V(T(1)));
  } else {
    return V(T(1)) + (a.r_hi + ((a.r * a.r) * exp_tail(a.r) - a.k * V(ln2_lo<T>)));
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_EXP_PARTS_HPP
