// SPDX-License-Identifier: MIT
// Trigonometric functions: sin, cos, sincos, tan, sinpi, cospi, and faster ones of a restricted range in fast::.
//
// All are right for any argument, however large. Where nothing else is said: NaN for infinities and NaN; -0 gives -0 in
// the odd functions.

#include "lanewise/simd/math/detail/polynomial.hpp"
#include "lanewise/simd/math/detail/reduce_angle.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_TRIGONOMETRIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_TRIGONOMETRIC_HPP
#undef LANEWISE_SIMD_MATH_TRIGONOMETRIC_HPP
#else
#define LANEWISE_SIMD_MATH_TRIGONOMETRIC_HPP
#endif

LANEWISE_BEGIN_TARGET

/// The results of sincos.
template <std::floating_point T, std::size_t N>
struct sine_and_cosine {
  simd<T, N> sin, cos;
};

namespace impl {

// sin(r) = r + r s (s0 + s1 s + ...) and cos(r) = 1 - s / 2 - s s (c0 + c1 s + ...) with s = r^2, |r| <= pi / 4.
// sollya: fpminimax(sin(x), [|3, ..., 7 or 13|], [|SG... or D...|], [0; 0.79], relative, x), relative error 2^-27.8 and
// 2^-57.7; fpminimax(cos(x), [|4, ..., 8 or 14|], [|SG... or D...|], [0; 0.79], absolute, 1 - x^2 / 2), error 2^-33 and
// 2^-64. tan(r) = r + r s (1/3 + s (a0 + a1 s + ...) / (1 + b1 s + ...)), rational Remez fits, relative error 2^-30.8
// and 2^-64.8.
template <class T>
struct trigonometric_terms;
template <>
struct trigonometric_terms<float> {
  static constexpr int count = 3;
  static constexpr float sine[3] = {-0x1.555544p-3f, 0x1.1106d6p-7f, -0x1.992462p-13f};
  static constexpr float cosine[3] = {-0x1.55554ap-5f, 0x1.6c0c24p-10f, -0x1.99e5cap-16f};
  static constexpr int above_count = 1, below_count = 3;
  static constexpr float above[1] = {0x1.11111cp-3f};
  static constexpr float below[3] = {1, -0x1.9e78a6p-2f, -0x1.a4bcfep-13f};
};
template <>
struct trigonometric_terms<double> {
  static constexpr int count = 6;
  static constexpr double sine[6] = {-0x1.5555555555547p-3, 0x1.111111110f5cbp-7,   -0x1.a01a019bbeecdp-13,
                                     0x1.71de3531b3de8p-19, -0x1.ae5e3040063a2p-26, 0x1.5d83837e9da8ep-33};
  static constexpr double cosine[6] = {-0x1.555555555554bp-5, 0x1.6c16c16c14ffep-10,  -0x1.a01a019c8a558p-16,
                                       0x1.27e4f7ec36a54p-22, -0x1.1ee9d6ee46c0fp-29, 0x1.8fa361a26fa55p-37};
  static constexpr int above_count = 3, below_count = 4;
  static constexpr double above[3] = {0x1.1111111111111p-3, -0x1.043e0f7cb9078p-7, 0x1.65dd402d7cc43p-14};
  static constexpr double below[4] = {1, -0x1.db78733fb54c1p-2, 0x1.92662d8acc9f9p-6, -0x1.0c745746f5741p-12};
};

/// The polynomial in s whose coefficient number i is term(i).
template <int count, class V, class Term>
LANEWISE_TARGET_INLINE V polynomial_of(V s, Term term) {
  V q = term(std::integral_constant<int, count - 1>());
  [&]<int... i>(std::integer_sequence<int, i...>) LANEWISE_ATTR_INLINE {
    ((q = fma(q, s, term(std::integral_constant<int, count - 2 - i>()))), ...);
  }(std::make_integer_sequence<int, count - 1>());
  return q;
}

/// The sine of the angle where the quadrant, less 1, is even, the cosine where it is odd, with the sign that the
/// quadrant gives it: sin(x) for an offset of 1, cos(x) for 2. One polynomial with the coefficients of the one or the
/// other: hi + (hi s q - negated_lo) and -1 + hi (hi (1/2 + s q) - negated_lo).
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sine_or_cosine(reduced_angle<T, N> x) {
  using V = simd<T, N>;
  using terms = trigonometric_terms<T>;
  const by_parity<T, N, typename reduced_angle<T, N>::bits> parity{x.quadrant};
  const V s = x.hi * x.hi;
  const V q = polynomial_of<terms::count>(
      s, [&](auto i) LANEWISE_ATTR_INLINE { return parity.constant(terms::cosine[i], terms::sine[i]); });
  V result;
  if constexpr (HWY_NATIVE_FMA != 0) {
    const V rest = fms(x.hi, fma(q, s, parity.constant(T(0.5), T(0))), x.negated_lo);
    result = parity.choose(fma(x.hi, rest, V(T(-1))), x.hi + rest);
  } else {
    // Four roundings, as of 1/2 + s q and of its products with hi, would be too many: -1 + s / 2 with its error.
    const V half = s * parity.constant(T(0.5), T(-0.0));
    const auto [sum, error] = fast_two_sum(parity.choose(V(T(-1)), x.hi), half);
    const V factor = parity.choose(x.hi, V(T(1)));
    result = sum - (factor * (x.negated_lo - s * x.hi * q) - error);  // so that -0 stays
  }
  return flip_sign<1>(result, x.quadrant);
}

/// The sine and, an offset further, the cosine: the same values, by polynomials that need no selection.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE sine_and_cosine<T, N> sine_and_cosine_of(reduced_angle<T, N> x) {
  using V = simd<T, N>;
  using bits = typename reduced_angle<T, N>::bits;
  using terms = trigonometric_terms<T>;
  const auto next = x.quadrant + simd<bits, N>(bits(1));
  if constexpr (HWY_NATIVE_FMA != 0) {
    const by_parity<T, N, bits> parity{x.quadrant};
    const V s = x.hi * x.hi;
    const V p = polynomial_of<terms::count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::sine[i]); });
    const V q = polynomial_of<terms::count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::cosine[i]); });
    const V sine = x.hi + fms(x.hi, fma(p, s, V(T(0))), x.negated_lo);
    const V negated_cosine = fma(x.hi, fms(x.hi, fma(q, s, V(T(0.5))), x.negated_lo), V(T(-1)));
    return {flip_sign<1>(parity.choose(negated_cosine, sine), x.quadrant),
            flip_sign<1>(parity.choose(sine, negated_cosine), next)};
  } else {
    return {sine_or_cosine(x), sine_or_cosine(reduced_angle<T, N>{x.hi, x.negated_lo, next})};
  }
}

/// 1 / x to half the bits at least.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> inverse_for_newton(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (has_avx512 && sizeof(T) == 4) {
    return V::apply([](auto v) LANEWISE_ATTR_INLINE { return inverse_estimate(v); }, x);
  } else {
    return V(T(1)) / x;
  }
}

/// The tangent: T = hi + rest in the even quadrants, -1 / T in the odd ones. Where it is not `precise`, the angle has
/// one word; else what the roundings of T lose, up to 1.3 units, is added and counts in the reciprocal too.
template <bool precise, std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tangent(reduced_angle<T, N> x) {
  using V = simd<T, N>;
  using terms = trigonometric_terms<T>;
  const by_parity<T, N, typename reduced_angle<T, N>::bits> parity{x.quadrant};
  const V s = rounded(x.hi * x.hi), one(T(1));
  const V above = polynomial_of<terms::above_count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::above[i]); });
  const V below = polynomial_of<terms::below_count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::below[i]); });
  const V p = fma(s, above / below, V(T(1) / 3)), sp = rounded(s * p);
  if constexpr (precise) {
    // s p grows 0.55 times as fast as s where that counts; the second word counts 1 + tan^2 times, about 1 + 1.5 s.
    const V lost = fma(product_error(x.hi, x.hi, s), V(T(0.55)), product_error(s, p, sp));
    const V second = x.negated_lo * fma(s, V(T(1.5)), one);
    V rest;
    if constexpr (HWY_NATIVE_FMA != 0) {
      rest = fma(x.hi, sp, fms(x.hi, lost, second));
    } else {
      const auto product = two_product(x.hi, sp);
      rest = product.hi - ((second - x.hi * lost) - product.lo);
    }
    const V t = x.hi + rest, t_lo = rest - (t - x.hi);
    const V y = inverse_for_newton(t);
    return parity.choose(t, fms(y, fma(t_lo, y, product_error(t, y, one)), y));
  } else {
    const V t = fma(x.hi, sp, x.hi);
    return parity.choose(t, V(T(-1)) / t);
  }
}

/// f32 without fused multiply-add is computed in f64: its own precision would give 1.1 ULP, sinpi 1.8.
template <class T>
inline constexpr bool by_f64 = sizeof(T) == 4 && HWY_NATIVE_FMA == 0;

/// The same of an f64 angle, to the precision of f32: r (1 + s q) and -1 (1 - s / 2 + ...).
/// sollya: fpminimax(sin(x), [|3, ..., 9|], [|D...|], [0; 0.79], relative, x) and fpminimax(cos(x), [|4, ..., 8|],
/// [|D...|], [0; 0.79], absolute, 1 - x^2 / 2), errors 2^-37 and 2^-33.
inline constexpr double rough_sine[4] = {-0x1.5555554c0451bp-3, 0x1.1111081b15e75p-7, -0x1.a00f3f72dfa88p-13,
                                         0x1.6cc2c7ebee0c2p-19};
inline constexpr double rough_cosine[4] = {-0.5, 0x1.55554a5349f68p-5, -0x1.6c0c4e397930ap-10, 0x1.99f0269f6870dp-16};
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> sine_or_cosine_for_f32(f64_angle<N> x) {
  using V = f64<N>;
  const by_parity<double, N, std::uint64_t> parity{x.quadrant};
  const V s = x.rest * x.rest;
  const V q =
      polynomial_of<4>(s, [&](auto i) LANEWISE_ATTR_INLINE { return parity.constant(rough_cosine[i], rough_sine[i]); });
  return cast<float>(flip_sign<1>(parity.choose(V(-1.0), x.rest) * fma(s, q, V(1.0)), x.quadrant));
}
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> tangent_for_f32(f64_angle<N> x) {
  using V = f64<N>;
  const by_parity<double, N, std::uint64_t> parity{x.quadrant};
  const V s = x.rest * x.rest;
  const V p = polynomial_of<4>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(rough_sine[i]); });
  const V q = polynomial_of<4>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(rough_cosine[i]); });
  const V sine = x.rest * fma(s, p, V(1.0)), cosine = fma(s, q, V(1.0));
  return cast<float>(flip_sign<0>(parity.choose(sine, cosine) / parity.choose(cosine, sine), x.quadrant));
}

/// x where its magnitude is less than `limit`, else 0 with its sign, NaN for infinities.
template <class V>
LANEWISE_TARGET_INLINE V zero_from(V x, typename V::value_type limit) {
  return select(abs(x) < V(limit), x, x * V(0));
}

/// x = 2 k + (whole - offset) / 2 + rest, exactly; zero for the large x that are even.
template <std::floating_point T, std::size_t N>
struct half_turns {
  simd<T, N> whole, rest;
};
template <int offset, std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE half_turns<T, N> split_half_turns(simd<T, N> x) {
  using V = simd<T, N>;
  const V bounded = zero_from(x, sizeof(T) == 4 ? T(0x1p24) : T(0x1p53));
  const V y = bounded - V(T(2)) * nearbyint(bounded * V(T(0.5)));
  const V whole = fma(y, V(T(2)), V(rounding_shift<T> + T(offset)));
  return {whole, fnma(whole - V(rounding_shift<T> + T(offset)), V(T(0.5)), y)};
}

/// sin(pi x), cos(pi x) for offsets of 1 and 2, but for the signs of zeros.
template <int offset, std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sine_or_cosine_of_pi_times(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (by_f64<T>) {
    const auto turns = split_half_turns<offset>(cast<double>(x));
    return sine_or_cosine_for_f32(
        f64_angle<N>{turns.rest * f64<N>(0x1.921fb54442d18p1), bit_cast<std::uint64_t>(turns.whole)});
  } else {
    constexpr T pi = T(0x1.921fb54442d18p1);
    constexpr T rest_of_pi = sizeof(T) == 4 ? T(-0x1.777a5cp-24) : T(0x1.1a62633145c06p-53);
    const auto turns = split_half_turns<offset>(x);
    const auto [hi, lo] = two_product(turns.rest, V(pi));
    return sine_or_cosine(reduced_angle<T, N>{hi, fnma(turns.rest, V(rest_of_pi), -lo),
                                              bit_cast<typename reduced_angle<T, N>::bits>(turns.whole)});
  }
}

}  // namespace impl

/// The sine. Error: at most max_ulp::sin.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sin(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) {
    return impl::sine_or_cosine_for_f32(impl::angle_in_f64<1>(x));
  } else {
    return impl::sine_or_cosine(impl::reduce_angle<1>(x));
  }
}

/// The cosine. Error: at most max_ulp::cos.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cos(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) {
    return impl::sine_or_cosine_for_f32(impl::angle_in_f64<2>(x));
  } else {
    return impl::sine_or_cosine(impl::reduce_angle<2>(x));
  }
}

/// sin(x) and cos(x). Error: at most max_ulp::sin and max_ulp::cos.
///
/// const auto [s, c] = sincos(x);
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE sine_and_cosine<T, N> sincos(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) {
    const auto angle = impl::angle_in_f64<1>(x);
    return {impl::sine_or_cosine_for_f32(angle),
            impl::sine_or_cosine_for_f32<N>({angle.rest, angle.quadrant + impl::u64<N>(1)})};
  } else {
    return impl::sine_and_cosine_of(impl::reduce_angle<1>(x));
  }
}

/// The tangent. Error: at most max_ulp::tan.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tan(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) {
    return impl::tangent_for_f32(impl::angle_in_f64<0>(x));
  } else {
    return impl::tangent<true>(impl::reduce_angle<0, true>(x));
  }
}

/// sin(pi x): exact at multiples of 1/2; a zero has x's sign. Error: at most max_ulp::sinpi.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sinpi(simd<T, N> x) {
  using V = simd<T, N>;
  const V result = impl::sine_or_cosine_of_pi_times<1>(x);
  return select(result == V(T(0)), x * V(T(0)), result);
}

/// cos(pi x): exact at multiples of 1/2; zeros are positive. Error: at most max_ulp::cospi.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cospi(simd<T, N> x) {
  return impl::sine_or_cosine_of_pi_times<2>(x) + simd<T, N>(T(0));
}

namespace impl {

/// The sine (cosine) of moderate x for the functions in fast: half turns, the rest in one word, one odd polynomial.
/// sollya: fpminimax(sin(x), [|3, ..., 9 or 17|], [|SG... or D...|], [0; 1.575], relative, x); those of f32 then
/// adjusted by a random search for the least error with all roundings, over every x from 0.1 to 6.5 and every r, up
/// to the 1.5713 that the inexact `inverse` lets through: 1.89 units instead of 2.10, and no result beyond 1.
template <bool cosine, std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> fast_sine(simd<T, N> x) {
  using V = simd<T, N>;
  using bits = typename reduced_angle<T, N>::bits;
  constexpr bool f32 = sizeof(T) == 4;
  constexpr T inverse = f32 ? T(0x1.45f306p-2) : T(0x1.45f306dc9c883p-2);
  constexpr T shift = rounding_shift<T> + T(cosine);
  V whole, n;
  if constexpr (cosine) {
    whole = fma(x, V(inverse), V(T(-0.5))) + V(shift);
    n = (whole - V(shift)) + V(T(0.5));
  } else {
    whole = fma(x, V(inverse), V(shift));
    n = whole - V(shift);
  }
  V r = fnma(n, V(f32 ? T(0x1.921fb4p1) : T(0x1.921fb54442d18p1)), x);
  r = fnma(n, V(f32 ? T(0x1.4442dp-23) : T(0x1.1a62633145c06p-53)), r);
  r = fnma(n, V(f32 ? T(0x1.84698ap-47) : T(0x1.c1cd129024e09p-106)), r);
  const V s = r * r;
  V terms;
  if constexpr (f32) {
    terms = horner(s, -0x1.55554p-3f, 0x1.110d1p-7f, -0x1.9f2476p-13f, 0x1.59e716p-19f);
  } else {
    terms = horner(s, -0x1.5555555555555p-3, 0x1.11111111110c8p-7, -0x1.a01a01a014d49p-13, 0x1.71de3a529e891p-19,
                   -0x1.ae6454d2f9b46p-26, 0x1.6123cc8b71a4fp-33, -0x1.ae435d84861c9p-41, 0x1.882debe39fc47p-49);
  }
  return flip_sign<0>(fma(r, s * terms, r), bit_cast<bits>(whole));
}

/// Moderate x as quarter turns, the rest in one word.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<T, N> fast_angle(simd<T, N> x) {
  using V = simd<T, N>;
  using constants = quarter_turn<T>;
  const V whole = fma(x, V(constants::inverse), V(rounding_shift<T>));
  const V n = whole - V(rounding_shift<T>);
  const V start = fnma(n, V(constants::first), x);
  const V r = fnma(n, V(constants::far[1]), fnma(n, V(constants::far[0]), start));
  return {r, V(T(0)), bit_cast<typename reduced_angle<T, N>::bits>(whole)};
}

}  // namespace impl

namespace fast {

/// The sine for |x| <= 10000, nonsense beyond; sin(-0) may be +0. Error: at most max_ulp::fast::sin. The precise one
/// where the target has no fused multiply-add.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sin(simd<T, N> x) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return impl::fast_sine<false>(x);
  } else {
    return HWY_NAMESPACE::sin(x);
  }
}

/// The cosine for |x| <= 10000, nonsense beyond. Error: at most max_ulp::fast::cos. As fast::sin otherwise.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cos(simd<T, N> x) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return impl::fast_sine<true>(x);
  } else {
    return HWY_NAMESPACE::cos(x);
  }
}

/// The tangent for |x| <= 10000, nonsense beyond. Error: at most max_ulp::fast::tan. As fast::sin otherwise.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tan(simd<T, N> x) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return impl::tangent<false>(impl::fast_angle(x));
  } else {
    return HWY_NAMESPACE::tan(x);
  }
}

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_TRIGONOMETRIC_HPP
