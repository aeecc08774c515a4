// SPDX-License-Identifier: MIT
// Hyperbolic functions: sinh, cosh, tanh. All from e^r of the reduced |x|, without a branch.

#include "lanewise/simd/math/detail/exp_parts.hpp"

#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_HYPERBOLIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_HYPERBOLIC_HPP
#undef LANEWISE_SIMD_MATH_HYPERBOLIC_HPP
#else
#define LANEWISE_SIMD_MATH_HYPERBOLIC_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// c of cosh r = 1 + r^2 c(r^2), |r| <= 0.3472. Relative error of cosh 1.0e-10 (f32), 3.6e-18 (f64); fpminimax(cosh(x),
/// [|2,4,...,n|], ..., 1) of Sollya.
template <class V>
LANEWISE_TARGET_INLINE V cosh_tail(V r2) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(r2, 0x1p-1f, 0x1.5554e4p-5f, 0x1.6d517cp-10f);
  } else {
    return horner(r2, 0x1.000000000000cp-1, 0x1.555555554fde6p-5, 0x1.6c16c1861490fp-10, 0x1.a0199586798efp-16,
                  0x1.28b133c8b7bc1p-22);
  }
}

/// s of sinh r = r + r^3 s(r^2), |r| <= 0.3472. Absolute error of sinh 9.9e-12 (f32), 6.1e-20 (f64); fpminimax(sinh(x),
/// [|3,5,...,n|], ..., absolute, x).
template <class V>
LANEWISE_TARGET_INLINE V sinh_tail(V r2) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(r2, 0x1.555556p-3f, 0x1.110ffp-7f, 0x1.a26f64p-13f);
  } else {
    return horner(r2, 0x1.555555555555cp-3, 0x1.111111110e9d4p-7, 0x1.a01a01b45c9d6p-13, 0x1.71ddee2843a18p-19,
                  0x1.af6f14b559c59p-26);
  }
}

/// |x| = k ln 2 + r, and what sinh and cosh of it are made of:
///   2 cosh x = 2^(k - 1) (plus * cosh r + minus * sinh r), 2 sinh x = 2^(k - 1) (minus * cosh r + plus * sinh r)
/// with plus = 2 + 2 * 4^-k and minus = 2 - 2 * 4^-k; cosh r = 1 + cosh_rest, sinh r = r_hi + sinh_rest. So neither
/// needs a division, and sinh no case for small x, for which k = 0. `small` is 2 * 4^-k, which plus and minus may have
/// rounded.
template <class V>
struct hyperbolic_parts {
  V whole, k, r_hi, cosh_rest, sinh_rest, plus, minus, small;
};

template <class V>
LANEWISE_TARGET_INLINE hyperbolic_parts<V> hyperbolic_in_parts(V x) {
  using T = typename V::value_type;
  const V bounded = at_most(abs(x), pick<T>(89.5f, 710.5));
  const reduced<V> a = reduce_by_ln2<-2>(bounded, bounded);
  const V r2 = a.r * a.r;
  const V i = inverse_power_of_two<0>(a.whole);  // 2^(2 - k)
  const V small = (i * V(T(0.125))) * i;
  return {a.whole,         a.k,  a.r_hi, r2 * cosh_tail(r2), fms(r2 * a.r, sinh_tail(r2), a.k_lo), V(T(2)) + small,
          V(T(2)) - small, small};
}

/// y * 2^(k - 2).
template <class V>
LANEWISE_TARGET_INLINE V finish_hyperbolic(V y, const hyperbolic_parts<V>& p) {
  using T = typename V::value_type;
  if constexpr (has_avx512) {
    return scale_anywhere(y, p.k - V(T(2)));
  } else {
    return y * power_of_two(p.whole);
  }
}

/// t of tanh x = x + x^3 t(x^2), |x| <= 1.01. Relative error of tanh 5.1e-10 (f32), 1.4e-18 (f64); fpminimax(tanh(x),
/// [|3,5,...,n|], ..., x) of Sollya.
template <class V>
LANEWISE_TARGET_INLINE V tanh_tail(V x2) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return paired(x2, x2 * x2, -0x1.555552p-2f, 0x1.11104p-3f, -0x1.b9f7bap-5f, 0x1.64c96ep-6f, -0x1.190a7ap-7f,
                  0x1.9084ccp-9f, -0x1.b1442p-11f, 0x1.ed546p-14f);
  } else {
    return paired(x2, x2 * x2, -0x1.555555555554dp-2, 0x1.1111111110971p-3, -0x1.ba1ba1b9cd941p-5, 0x1.664f487612d48p-6,
                  -0x1.226e3422ce208p-7, 0x1.d6d3a89d2995ap-9, -0x1.7da19b626f6p-10, 0x1.3549863e8da2bp-11,
                  -0x1.f4cc3a9800f61p-13, 0x1.93557a27c616bp-14, -0x1.3e88c1255f7acp-15, 0x1.dc0d1a51ca982p-17,
                  -0x1.3ae90dd3aff7dp-18, 0x1.4cf9c228edd3fp-20, -0x1.e1ac24612e5f8p-23, 0x1.5ae6bf160fef4p-26);
  }
}

}  // namespace impl

/// The hyperbolic sine, odd: -0 for -0, -inf for -inf, inf for inf. Error: at most max_ulp::sinh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sinh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto p = impl::hyperbolic_in_parts(x);
  V sum, rest;  // minus + plus * r_hi
  if constexpr (HWY_NATIVE_FMA != 0) {
    sum = fma(p.plus, p.r_hi, p.minus);
    rest = fma(p.plus, p.r_hi, p.minus - sum);
  } else {
    const impl::double_word<V> product = impl::two_product(p.plus, p.r_hi);
    sum = p.minus + product.hi;
    rest = ((p.minus - sum) + product.hi) + product.lo;
  }
  const V plus_lost = p.small - (p.plus - V(T(2)));
  const V minus_lost = (V(T(2)) - p.minus) - p.small;
  rest = fma(plus_lost, p.r_hi, rest + minus_lost);
  const V y = sum + fma(p.plus, p.sinh_rest, fma(p.minus, p.cosh_rest, rest));
  return copysign(impl::finish_hyperbolic(y, p), x);
}

/// The hyperbolic cosine, even: 1 for zeros, inf for -inf and inf. Error: at most max_ulp::cosh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cosh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto p = impl::hyperbolic_in_parts(x);
  const V plus_lost = p.small - (p.plus - V(T(2)));
  const V rest = fma(p.minus, p.sinh_rest, fma(p.plus, p.cosh_rest, plus_lost));
  if constexpr (HWY_NATIVE_FMA != 0) {
    return impl::finish_hyperbolic(p.plus + fma(p.minus, p.r_hi, rest), p);
  } else {  // minus * r_hi in two parts, of which only the smaller one is rounded
    return impl::finish_hyperbolic(p.plus + ((p.r_hi + p.r_hi) + (rest - p.small * p.r_hi)), p);
  }
}

/// The hyperbolic tangent, odd: -0 for -0, -1 for -inf, 1 for inf. Error: at most max_ulp::tanh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tanh(simd<T, N> x) {
  using V = simd<T, N>;
  const V a = abs(x);
  // From 1 on 1 - 2 / (e^2|x| + 1), numerator and denominator times 2^-k. What is subtracted is so small there that
  // three roundings of it do not matter.
  const V half = impl::at_most(a, impl::pick<T>(9.1f, 19.1));
  const V exponent = half + half;
  const impl::reduced<V> e = impl::reduce_by_ln2<-1>(exponent, exponent);
  const V r2 = e.r * e.r;
  const V z = fma(r2, impl::exp_tail(e.r, r2), e.r);
  const V twice = impl::inverse_power_of_two<0>(e.whole);  // 2^(1 - k)
  const V start = fma(twice, V(T(0.5)), V(T(1)));
  const V large = V(T(1)) - twice / (start + z);
  const V a2 = a * a;
  const V tail = impl::tanh_tail(a2);
  V small;
  if constexpr (HWY_NATIVE_FMA != 0) {
    small = fma(a2 * a, tail, a);
  } else {  // what is lost of the products would make it 1.08 ULP
    const impl::double_word<V> square = impl::two_product(a, a), cube = impl::two_product(square.hi, a);
    const impl::double_word<V> product = impl::two_product(cube.hi, tail), sum = impl::fast_two_sum(a, product.hi);
    small = sum.hi + (sum.lo + (product.lo + (cube.lo + square.lo * a) * tail));
  }
  return copysign(select(a < V(T(1)), small, large), x);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_HYPERBOLIC_HPP
