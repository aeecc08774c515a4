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
// 2^-64. tan(r) = r (1 + p0 s + ...) / (1 + q0 s + ...), rational Remez fits, relative error 2^-35 and 2^-55.4.
template <class T>
struct trigonometric_terms;
template <>
struct trigonometric_terms<float> {
  static constexpr int count = 3;
  static constexpr float sine[3] = {-0x1.555544p-3f, 0x1.1106d6p-7f, -0x1.992462p-13f};
  static constexpr float cosine[3] = {-0x1.55554ap-5f, 0x1.6c0c24p-10f, -0x1.99e5cap-16f};
  static constexpr int tangent_count = 2;
  static constexpr float above[2] = {-0x1.c81d72p-4f, 0x1.19bffep-10f};
  static constexpr float below[2] = {-0x1.c75cb2p-2f, 0x1.05ac6ep-6f};
};
template <>
struct trigonometric_terms<double> {
  static constexpr int count = 6;
  static constexpr double sine[6] = {-0x1.5555555555547p-3, 0x1.111111110f5cbp-7,   -0x1.a01a019bbeecdp-13,
                                     0x1.71de3531b3de8p-19, -0x1.ae5e3040063a2p-26, 0x1.5d83837e9da8ep-33};
  static constexpr double cosine[6] = {-0x1.555555555554bp-5, 0x1.6c16c16c14ffep-10,  -0x1.a01a019c8a558p-16,
                                       0x1.27e4f7ec36a54p-22, -0x1.1ee9d6ee46c0fp-29, 0x1.8fa361a26fa55p-37};
  static constexpr int tangent_count = 3;
  static constexpr double above[3] = {-0x1.06b920f1d019fp-3, 0x1.6fc4751740008p-9, -0x1.f62b4560a7b52p-18};
  static constexpr double below[3] = {-0x1.d8b1e5ce3d600p-2, 0x1.7e7a2510f7ebbp-6, -0x1.b51fdd2adfaa7p-13};
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
/// other. What is subtracted last is exact to a quarter of the result's unit.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sine_or_cosine(reduced_angle<T, N> x) {
  using V = simd<T, N>;
  using terms = trigonometric_terms<T>;
  const auto sine = is_odd<T>(x.quadrant);
  const V s = x.hi * x.hi;
  const V q = polynomial_of<terms::count>(
      s, [&](auto i) LANEWISE_ATTR_INLINE { return select(sine, V(terms::sine[i]), V(terms::cosine[i])); });
  // hi less the sine: negated_lo - s hi q. The cosine less 1: hi negated_lo - hi hi / 2 - s s q.
  const V half = V::make([&](auto r) LANEWISE_ATTR_INLINE {
    return hn::IfThenZeroElse(sine.native(r), hn::Mul(x.hi.native(r), hn::Set(typename V::tag(), T(-0.5))));
  });
  const V small = fnma(s * select(sine, x.hi, s), q, x.negated_lo * select(sine, V(T(1)), x.hi));
  return flip_sign<1>(select(sine, x.hi, V(T(-1))) - fma(half, x.hi, small), x.quadrant);
}

/// f32 without fused multiply-add is computed in f64: its own precision would give 1.1 ULP, sinpi 1.8.
template <class T>
inline constexpr bool by_f64 = sizeof(T) == 4 && HWY_NATIVE_FMA == 0;

/// x * x - s, where s is x * x rounded.
template <class V>
LANEWISE_TARGET_INLINE V error_of_square(V x, V s) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fms(x, x, s);
  } else {
    return two_product(x, x).lo;
  }
}

/// x where its magnitude is less than `limit`, else 0 with its sign, NaN for infinities.
template <class V>
LANEWISE_TARGET_INLINE V zero_from(V x, typename V::value_type limit) {
  return select(abs(x) < V(limit), x, x * V(0));
}

/// pi x as an angle.
template <int offset, std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE reduced_angle<T, N> reduce_half_turns(simd<T, N> x) {
  using V = simd<T, N>;
  using bits = typename reduced_angle<T, N>::bits;
  constexpr T pi = T(0x1.921fb54442d18p1);
  constexpr T rest_of_pi = sizeof(T) == 4 ? T(-0x1.777a5cp-24) : T(0x1.1a62633145c06p-53);
  const V bounded = zero_from(x, sizeof(T) == 4 ? T(0x1p24) : T(0x1p53));
  const V y = bounded - V(T(2)) * nearbyint(bounded * V(T(0.5)));
  const V whole = fma(y, V(T(2)), V(rounding_shift<T> + T(offset)));
  const V f = fnma(whole - V(rounding_shift<T> + T(offset)), V(T(0.5)), y);
  const auto [hi, lo] = two_product(f, V(pi));
  return {hi, fnma(f, V(rest_of_pi), -lo), bit_cast<bits>(whole)};
}

}  // namespace impl

/// The sine. Error: at most max_ulp::sin.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sin(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) return cast<T>(sin(cast<double>(x)));
  return impl::sine_or_cosine(impl::reduce_angle<1>(x));
}

/// The cosine. Error: at most max_ulp::cos.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cos(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) return cast<T>(cos(cast<double>(x)));
  return impl::sine_or_cosine(impl::reduce_angle<2>(x));
}

/// sin(x) and cos(x). Error: at most max_ulp::sin and max_ulp::cos.
///
/// const auto [s, c] = sincos(x);
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE sine_and_cosine<T, N> sincos(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) return {sin(x), cos(x)};
  using V = simd<T, N>;
  using terms = impl::trigonometric_terms<T>;
  using bits = typename impl::reduced_angle<T, N>::bits;
  const auto angle = impl::reduce_angle<0>(x);
  const auto odd = impl::is_odd<T>(angle.quadrant);
  const V s = angle.hi * angle.hi;
  const V p = impl::polynomial_of<terms::count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::sine[i]); });
  const V q = impl::polynomial_of<terms::count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::cosine[i]); });
  const V sine = angle.hi - fnma(s * angle.hi, p, angle.negated_lo);
  const V cosine = V(T(1)) + fma(angle.hi * V(T(-0.5)), angle.hi, fnma(s * s, q, angle.hi * angle.negated_lo));
  return {impl::flip_sign<1>(select(odd, cosine, sine), angle.quadrant),
          impl::flip_sign<1>(select(odd, sine, cosine), angle.quadrant + simd<bits, N>(bits(1)))};
}

/// The tangent. Error: at most max_ulp::tan.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> tan(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) return cast<T>(tan(cast<double>(x)));
  using V = simd<T, N>;
  using terms = impl::trigonometric_terms<T>;
  const auto angle = impl::reduce_angle<0, true>(x);
  const auto odd = impl::is_odd<T>(angle.quadrant);
  // Near a multiple of pi / 2, where the polynomials are 1, the second word may reach far into the first.
  const V hi = angle.hi - angle.negated_lo, negated_lo = angle.negated_lo - (angle.hi - hi);
  const V s = angle.hi * angle.hi, one(T(1));
  const V p =
      impl::polynomial_of<terms::tangent_count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::above[i]); });
  const V q =
      impl::polynomial_of<terms::tangent_count>(s, [](auto i) LANEWISE_ATTR_INLINE { return V(terms::below[i]); });
  // Numerator and denominator in two words. negated_lo turns the one by the other, as in the sine of a sum.
  const V sp = s * angle.hi;
  const V n = impl::rounded(fma(sp, p, hi)), d = impl::rounded(fma(s, q, one));
  const V missing = one - d;
  const V n_lo = fma(angle.negated_lo, missing, fma(sp, p, hi - n) - negated_lo);
  const V d_lo = fma(s, q, missing) + fma(impl::error_of_square(angle.hi, s), q, angle.negated_lo * n);
  const V above = select(odd, d, n), above_lo = select(odd, d_lo, n_lo);
  const V below = select(odd, n, d), below_lo = select(odd, n_lo, d_lo);
  const V reciprocal = one / below;
  const V quotient = impl::rounded(above * reciprocal);
  V rest = fnma(quotient, below_lo, above_lo);
  if constexpr (HWY_NATIVE_FMA != 0) {
    rest = fnma(quotient, below, above) + rest;
  } else {
    const auto product = impl::two_product(quotient, below);
    rest = ((above - product.hi) - product.lo) + rest;
  }
  // A zero keeps its sign, which the sums lose.
  return select(x == V(T(0)), x, impl::flip_sign<0>(fma(rest, reciprocal, quotient), angle.quadrant));
}

/// sin(pi x): exact at multiples of 1/2; a zero has x's sign. Error: at most max_ulp::sinpi.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sinpi(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) return cast<T>(sinpi(cast<double>(x)));
  using V = simd<T, N>;
  const V result = impl::sine_or_cosine(impl::reduce_half_turns<1>(x));
  return select(result == V(T(0)), x * V(T(0)), result);
}

/// cos(pi x): exact at multiples of 1/2; zeros are positive. Error: at most max_ulp::cospi.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> cospi(simd<T, N> x) {
  if constexpr (impl::by_f64<T>) return cast<T>(cospi(cast<double>(x)));
  return impl::sine_or_cosine(impl::reduce_half_turns<2>(x)) + simd<T, N>(T(0));
}

namespace impl {

/// The sine (cosine) of moderate x for the functions in fast: half turns, the rest in one word, one odd polynomial.
/// sollya: fpminimax(sin(x), [|3, ..., 9 or 17|], [|SG... or D...|], [0; 1.575], relative, x).
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
    terms = horner(s, -0x1.55554cp-3f, 0x1.110ed4p-7f, -0x1.9f6f2p-13f, 0x1.5da7f2p-19f);
  } else {
    terms = horner(s, -0x1.5555555555555p-3, 0x1.11111111110c8p-7, -0x1.a01a01a014d49p-13, 0x1.71de3a529e891p-19,
                   -0x1.ae6454d2f9b46p-26, 0x1.6123cc8b71a4fp-33, -0x1.ae435d84861c9p-41, 0x1.882debe39fc47p-49);
  }
  return flip_sign<0>(fma(r * s, terms, r), bit_cast<bits>(whole));
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

}  // namespace fast

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_TRIGONOMETRIC_HPP
