// SPDX-License-Identifier: MIT
// Exponentials: exp, exp2, exp10, expm1. Subnormal results are rounded once, overflow sets in where it should, NaN
// stays NaN.

#include "lanewise/simd/math/detail/exp_parts.hpp"
#include "lanewise/simd/reduce.hpp"
#include "lanewise/simd/round.hpp"

#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_EXP_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_EXP_HPP
#undef LANEWISE_SIMD_MATH_EXP_HPP
#else
#define LANEWISE_SIMD_MATH_EXP_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// 2^k times the significand, where f(x) gives both. Beyond |x| <= usual, where 2^k is no normal number, x is brought
/// within [low, high] first, beyond which results are 0 or infinite. With AVX-512 f takes any x; that k is infinite or
/// NaN is all that is needed then.
template <class V, class F>
LANEWISE_TARGET_INLINE V scaled_exponential(V x, typename V::value_type usual, typename V::value_type low,
                                            typename V::value_type high, F f) {
  if constexpr (has_avx512) {
    const auto [significand, whole, k] = f(x);
    return scale_anywhere(significand, k);
  } else {
    if (!all_within(x, usual)) [[unlikely]] {
      const auto [significand, whole, k] = f(bring_within(x, low, high));
      return scale_anywhere(significand, k);
    }
    const auto [significand, whole, k] = f(x);
    return times_power_of_two(significand, whole);
  }
}

/// What `whole` of `scaled` is more than k.
template <class T>
inline constexpr T whole_number_unbiased = whole_number<T>(-exponent_bias<T>);

template <class V>
struct scaled {
  V significand, whole, k;
};

/// 1 + x g(x) for |x g(x)| < 0.42, the coefficients of g given. Without fused multiply-add the largest product is made
/// of halves, so that it is not rounded before it is added: exp10 would err by 1.18 ULP. x is hi + lo, rounded.
template <class V, class... C>
LANEWISE_TARGET_INLINE V one_plus(V x, V hi, V lo, typename V::value_type g0, C... g) {
  using T = typename V::value_type;
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fma(horner(x, g0, g...), x, V(T(1)));
  } else {
    const V x_hi = upper_bits(hi), g_hi = upper_bits(V(g0));
    const V rest = (x * x) * horner(x, g...) + (x * (V(g0) - g_hi) + ((hi - x_hi) + lo) * g_hi);
    return V(T(1)) + (x_hi * g_hi + rest);
  }
}

/// 2^r, |r| <= 0.5. Relative error 3.7e-9 (f32), 5.8e-18 (f64); fpminimax(2^x, [|1,...,n|], ..., 1) of Sollya.
template <class V>
LANEWISE_TARGET_INLINE V exp2_significand(V r) {
  using T = typename V::value_type;
  if constexpr (sizeof(typename V::value_type) == 4) {
    return one_plus(r, r, V(T(0)), 0x1.62e43p-1f, 0x1.ebfbd8p-3f, 0x1.c6af74p-5f, 0x1.3b3096p-7f, 0x1.5f0ca8p-10f,
                    0x1.3fad5cp-13f);
  } else {
    return one_plus(r, r, V(T(0)), 0x1.62e42fefa39efp-1, 0x1.ebfbdff82c5a6p-3, 0x1.c6b08d704a12cp-5,
                    0x1.3b2ab6fb9fd9dp-7, 0x1.5d87fe789e99p-10, 0x1.4309130f6fc36p-13, 0x1.ffcbfc667752fp-17,
                    0x1.62bfc64f78edcp-20, 0x1.b52522db2536dp-24, 0x1.e61d57b36be8ap-28, 0x1.e972f12c4fed4p-32);
  }
}

/// 10^r, |r| <= 0.15075. Relative error 3.0e-9 (f32), 5.8e-18 (f64); made like the above, for f32 with fused
/// multiply-add then adjusted by a random search for the least error with all roundings: 1.004 ULP without it.
template <class V>
LANEWISE_TARGET_INLINE V exp10_significand(V r, V hi, V lo) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    constexpr bool fused = HWY_NATIVE_FMA != 0;
    return one_plus(r, hi, lo, 0x1.26bb1cp1f, fused ? 0x1.53524ap1f : 0x1.535248p1f, 0x1.046f9ap1f,
                    fused ? 0x1.2bdbbep0f : 0x1.2bdbdep0f, 0x1.156bdcp-1f, fused ? 0x1.a3c35ep-3f : 0x1.a49384p-3f);
  } else {
    return one_plus(r, hi, lo, 0x1.26bb1bbb55516p1, 0x1.53524c73cea77p1, 0x1.0470591de2b47p1, 0x1.2bd7609fd501ep0,
                    0x1.1429ffd21ffbfp-1, 0x1.a7ed70a1c20a3p-3, 0x1.16e4deea0874bp-4, 0x1.41165e7ea027bp-6,
                    0x1.4899e46335abap-8, 0x1.2f7460b58c31cp-10, 0x1.f761e68de37d4p-13);
  }
}

}  // namespace impl

/// e^x. 0 for -inf, inf for inf. Error: at most max_ulp::exp.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> exp(simd<T, N> x) {
  using V = simd<T, N>;
  return impl::scaled_exponential(x, impl::pick<T>(87, 708), impl::pick<T>(-105, -746), impl::pick<T>(89, 710),
                                  [](V a) LANEWISE_ATTR_INLINE {
                                    const impl::reduced<V> r = impl::reduce_by_ln2<-impl::exponent_bias<T>>(a, a);
                                    return impl::scaled<V>{impl::exp_significand(r), r.whole, r.k};
                                  });
}

/// 2^x, exact for whole numbers x. 0 for -inf, inf for inf. Error: at most max_ulp::exp2.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> exp2(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (impl::has_avx512) {
    const V r = V::make([&](auto i) LANEWISE_ATTR_INLINE { return impl::fraction(x.native(i)); });
    return impl::scale_anywhere(impl::exp2_significand(r), nearbyint(x));
  } else {
    return impl::scaled_exponential(x, impl::pick<T>(126, 1022), impl::pick<T>(-151, -1076), impl::pick<T>(129, 1025),
                                    [](V a) LANEWISE_ATTR_INLINE {
                                      const V whole = a + V(impl::whole_number_unbiased<T>);
                                      const V k = whole - V(impl::whole_number_unbiased<T>);
                                      return impl::scaled<V>{impl::exp2_significand(a - k), whole, k};
                                    });
  }
}

/// 10^x. 0 for -inf, inf for inf. Error: at most max_ulp::exp10.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> exp10(simd<T, N> x) {
  using V = simd<T, N>;
  return impl::scaled_exponential(
      x, impl::pick<T>(37.75f, 307.5), impl::pick<T>(-46, -325), impl::pick<T>(39, 309), [](V a) LANEWISE_ATTR_INLINE {
        if constexpr (impl::has_avx512) a = impl::bring_within(a, impl::pick<T>(-46, -325), impl::pick<T>(39, 309));
        constexpr T log2_10 = impl::pick<T>(0x1.a934fp1f, 0x1.a934f0979a371p1);
        constexpr T log10_2_hi = impl::pick<T>(0x1.344p-2f, 0x1.34413509f8p-2);
        constexpr T log10_2_lo = impl::pick<T>(0x1.3509f8p-18f, -0x1.80433b83b532ap-44);
        const V whole = fma(a, V(log2_10), V(impl::whole_number_unbiased<T>));
        const V k = whole - V(impl::whole_number_unbiased<T>);
        const V hi = fnma(k, V(log10_2_hi), a);
        const V r = fnma(k, V(log10_2_lo), hi);
        return impl::scaled<V>{impl::exp10_significand(r, hi, k * V(-log10_2_lo)), whole, k};
      });
}

namespace impl {

/// (e^x - 1) 2^-k and k, for |x| < 750. inverse(whole, k) is 2^-k.
template <class V, class F>
LANEWISE_TARGET_INLINE scaled<V> expm1_in_parts(V x, F inverse) {
  using T = typename V::value_type;
  // x = k ln 2 + r with r between ln 0.75 and ln 1.5. Then the result is at least as large a number as e^r - 1 is in
  // the sum 2^k (e^r - 1) + (2^k - 1), for each k: at k = 1 |e^r - 1| = 0.25 meets the result 0.5, at k = -1 0.5 and
  // 0.25. Beyond those bounds the rounding of e^r - 1 would count twice as much, so 1 / ln 2 is taken a little less
  // than it is.
  constexpr T inverse_ln2 = pick<T>(0x1.71546p0f, 0x1.71547652bp0);
  const V whole =
      fma(x - V(pick<T>(0x1.e27078p-5f, 0x1.e27076e2af2e6p-5)), V(inverse_ln2), V(whole_number_unbiased<T>));
  const V k = whole - V(whole_number_unbiased<T>);
  const V r_hi = fnma(k, V(ln2_hi<T>), x);
  const V k_lo = rounded(k * V(ln2_lo<T>));
  const V r = r_hi - k_lo;
  const V r2 = r * r;
  // Signs are such that zeros keep theirs: what is subtracted is +0.
  const V m = inverse(whole, k);
  const V start = m - V(T(1));  // less 1 - 2^-k
  const V lost = m - (start + V(T(1)));
  V less;  // than r_hi is e^r - 1 by this
  if constexpr (sizeof(T) == 4) {
    less = fnma(r2, fma(expm1_tail(r, r2), r, V(T(0.5))), k_lo + lost);
  } else {  // 1.01 ULP that way
    less = fnma(r2, V(T(0.5)), fnma(r2 * r, expm1_tail(r, r2), k_lo + lost));
  }
  return {(r_hi - less) - start, whole, k};
}

}  // namespace impl

/// e^x - 1, accurate for small x too; -0 for -0, -1 for -inf, inf for inf. Error: at most max_ulp::expm1.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> expm1(simd<T, N> x) {
  using V = simd<T, N>;
  if (!impl::all_within(x, impl::pick<T>(86, 707))) [[unlikely]] {
    const auto e = impl::expm1_in_parts(impl::bring_within(x, impl::pick<T>(-86, -707), impl::pick<T>(88.9f, 709.9)),
                                        [](V, V k) LANEWISE_ATTR_INLINE { return impl::scale_anywhere(V(T(1)), -k); });
    return impl::scale_anywhere(e.significand, e.k);
  }
  const auto e = impl::expm1_in_parts(
      x, [](V whole, V) LANEWISE_ATTR_INLINE { return impl::inverse_power_of_two<-impl::exponent_bias<T>>(whole); });
  return impl::times_power_of_two(e.significand, e.whole);  // 0 only where k = 0
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_EXP_HPP
