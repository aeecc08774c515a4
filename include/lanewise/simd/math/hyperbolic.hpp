// SPDX-License-Identifier: MIT
// Hyperbolic functions: sinh, cosh, tanh, from e^r of the reduced |x|; tanh of f32 with AVX-512 by pieces.

#include "lanewise/simd/math/detail/exp_parts.hpp"
#include "lanewise/simd/math/detail/piecewise.hpp"
#include "lanewise/simd/math/detail/tanh_table.hpp"

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
    return paired(r2, r2 * r2, 0x1.000000000000cp-1, 0x1.555555554fde6p-5, 0x1.6c16c1861491p-10, 0x1.a01995867942cp-16,
                  0x1.28b133c911d71p-22);
  }
}

/// s of sinh r = r + r^3 s(r^2), |r| <= 0.3472. Absolute error of sinh 3.2e-9 (f32), relative 2.7e-19 (f64);
/// fpminimax(sinh(x), [|3,5,...,n|], ..., x).
template <class V>
LANEWISE_TARGET_INLINE V sinh_tail(V r2) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(r2, 0x1.55548ep-3f, 0x1.123c1ap-7f);
  } else {
    return paired(r2, r2 * r2, 0x1.5555555555559p-3, 0x1.111111110f63bp-7, 0x1.a01a01b0152b5p-13, 0x1.71ddf7d3e82dfp-19,
                  0x1.af5faa21bb976p-26);
  }
}

/// x = k ln 2 + r, |x| < 750, and what sinh and cosh of it are made of:
///   cosh x = plus * cosh r + minus * sinh r, sinh x = minus * cosh r + plus * sinh r
/// with plus = 2^(k - 1) + 2^(-k - 1) and minus = 2^(k - 1) - 2^(-k - 1); cosh r = 1 + r2 * cosh_tail, sinh r = r_hi +
/// sinh_rest, r_hi exact. So neither needs a division.
template <class V>
struct hyperbolic_parts {
  V whole, k, r2, cosh_tail, r_hi, sinh_rest;
};
template <class V>
LANEWISE_TARGET_INLINE hyperbolic_parts<V> hyperbolic_in_parts(V x) {
  const reduced<V> a = reduce_by_ln2<-1>(x, x);
  const V r2 = a.r * a.r;
  return {a.whole, a.k, r2, cosh_tail(r2), a.r_hi, fms(r2 * a.r, sinh_tail(r2), a.k_lo)};
}

/// f(parts, 2^(k - 1), 2^(-k - 1)) of |x|, computed as f(parts, 1 / 2, ...) * 2^k where those might not be numbers.
template <class V, class F>
LANEWISE_TARGET_INLINE V of_hyperbolic_parts(V x, F f) {
  using T = typename V::value_type;
  const V a = abs(x);
  if (!all_within(x, pick<T>(86, 707))) [[unlikely]] {
    const hyperbolic_parts<V> p = hyperbolic_in_parts(at_most(a, pick<T>(89.5f, 710.5)));
    const V small = select(p.k < V(T(80)), inverse_power_of_two<0>(p.whole), V(T(0)));  // 2^(1 - k)
    return scale_anywhere(f(p, V(T(0.5)), (small * V(T(0.125))) * small), p.k);
  }
  const hyperbolic_parts<V> p = hyperbolic_in_parts(a);
  return f(p, power_of_two(p.whole), inverse_power_of_two<-2>(p.whole));
}

/// See lanewise::sinh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> accurate_sinh(simd<T, N> x) {
  using V = simd<T, N>;
  // No case for small x: k = 0 up to sinh x = 0.35, and from there on the sums lose nothing: at k = 1 minus is 0.75,
  // what is added to it is -0.4 or more, and the result at least 0.35.
  const auto sum = [](const hyperbolic_parts<V>& p, V large, V small) LANEWISE_ATTR_INLINE {
    // From k = 12 (f32) or 27 on plus is rounded to 2^(k - 1): minus, too, and e^-r times what is lost of both is
    // added.
    const V plus = large + small;
    const V small_part = plus - large, minus = large - small_part, lost = small - small_part;
    const V small_terms = fma(plus, p.sinh_rest, fma(minus * p.r2, p.cosh_tail, fms(lost, p.r_hi, lost)));
    if constexpr (HWY_NATIVE_FMA != 0) {
      return minus + fma(plus, p.r_hi, small_terms);
    } else {
      const double_word<V> product = two_product(plus, p.r_hi);
      return minus + (product.hi + (product.lo + small_terms));
    }
  };
  const V size = of_hyperbolic_parts(x, sum);
  return V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return hn::CopySignToAbs(a, b); }, size, x);
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

/// tanh by a polynomial below 1, and by e^2|x| from there on.
template <class V>
LANEWISE_TARGET_INLINE V tanh_by_exponential(V x) {
  using T = typename V::value_type;
  const V a = abs(x);
  // From 1 on 1 - 2 / (e^2|x| + 1), numerator and denominator times 2^-k. What is subtracted is so small there that
  // three roundings of it do not matter.
  const V half = at_most(a, pick<T>(9.1f, 19.1));
  const V exponent = half + half;
  const reduced<V> e = reduce_by_ln2<-1>(exponent, exponent);
  const V r2 = e.r * e.r;
  const V z = fma(r2, exp_tail(e.r, r2), e.r);
  const V twice = inverse_power_of_two<0>(e.whole);  // 2^(1 - k)
  const V start = fma(twice, V(T(0.5)), V(T(1)));
  const V large = V(T(1)) - twice / (start + z);
  const V a2 = a * a;
  const V tail = tanh_tail(a2);
  V small;
  if constexpr (HWY_NATIVE_FMA != 0) {
    small = fma(a2 * a, tail, a);
  } else {  // what is lost of the products would make it 1.08 ULP
    const double_word<V> square = two_product(a, a), cube = two_product(square.hi, a);
    const double_word<V> product = two_product(cube.hi, tail), sum = fast_two_sum(a, product.hi);
    small = sum.hi + (sum.lo + (product.lo + (cube.lo + square.lo * a) * tail));
  }
  return copysign(select(a < V(T(1)), small, large), x);
}

/// tanh by a polynomial for each of 16 pieces, as long as it is not rounded to 1.
template <class V>
LANEWISE_TARGET_INLINE V tanh_by_pieces(V x) {
  constexpr float one_from = 9.02f, pieces_per_unit = 1.7735f;
  const V magnitude = at_most(abs(x), one_from);
  // Leaves 12 bits behind the point, of which the number of the piece is to be freed.
  const auto piece = bit_cast<std::uint32_t>(fma(magnitude, V(pieces_per_unit), V(0x1.8p11f))) >> 12;
  const piecewise_result<V> f = evaluate(detail::tanh_f32, magnitude, piece);
  // In the first piece the center is 0 and t is x, which the polynomial has been relieved of.
  return copysign(fma(f.t, f.quotient, max(f.t, f.center)), x);
}

}  // namespace impl

/// The hyperbolic sine, odd: -0 for -0, -inf for -inf, inf for inf. Error: at most max_ulp::sinh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sinh(simd<T, N> x) {
  return impl::accurate_sinh(x);
}

/// The hyperbolic cosine, even: 1 for zeros, inf for -inf and inf. Error: at most max_ulp::cosh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cosh(simd<T, N> x) {
  using V = simd<T, N>;
  // large (1 + r_hi + ...) + small (1 - r_hi + ...), whose first product is exact.
  const auto sum = [](const impl::hyperbolic_parts<V>& p, V large, V small) LANEWISE_ATTR_INLINE {
    const V plus = large + small, minus = large - small;
    const V small_terms = fma(minus, p.sinh_rest, fma(plus * p.r2, p.cosh_tail, fnma(small, p.r_hi, small)));
    return large + fma(large, p.r_hi, small_terms);
  };
  return impl::of_hyperbolic_parts(x, sum);
}

/// The hyperbolic tangent, odd: -0 for -0, -1 for -inf, 1 for inf. Error: at most max_ulp::tanh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tanh(simd<T, N> x) {
  if constexpr (impl::has_avx512 && sizeof(T) == 4) {
    return impl::tanh_by_pieces(x);
  } else {
    return impl::tanh_by_exponential(x);
  }
}

namespace fast {

/// The hyperbolic sine, 1.3 times as fast for f32 and 1.2 for f64 (Zen 5, 2026-11) where there is fused
/// multiply-add, else the same. Error: at most max_ulp::fast::sinh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sinh(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (HWY_NATIVE_FMA == 0) {
    return impl::accurate_sinh(x);
  } else {
    // The same sum with the sign of x all the way, -0 too, which is why it is `less` and not its opposite that is added
    // to. What is lost of plus and less is not accounted for.
    const V whole = fma(x, V(impl::log2_e<T>), V(impl::whole_number<T>(-1)));
    const V k = whole - V(impl::whole_number<T>(-1));
    // The first difference is exact. (And the second leaves -0 so, ln 2 being split in two positive numbers.)
    const V near_r = fnma(k, V(impl::pick<T>(0x1.62e42ep-1f, 0x1.62e42fefa39efp-1)), x);
    const V r = fnma(k, V(impl::pick<T>(0x1.efa39ep-25f, 0x1.abc9e3b39803fp-56)), near_r), r2 = r * r;
    const V large = impl::power_of_two(whole), small = impl::inverse_power_of_two<-2>(whole);
    const V plus = large + small, less = small - large;
    const V small_terms = r2 * fms(plus * r, impl::sinh_tail(r2), less * impl::cosh_tail(r2));
    const V result = fma(plus, r, small_terms) - less;
    constexpr T limit = impl::pick<T>(86, 707);
    if (!impl::all_within(x, limit)) [[unlikely]]
      return select(abs(x) <= limit, result, impl::accurate_sinh(x));
    return result;
  }
}

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_HYPERBOLIC_HPP
