// SPDX-License-Identifier: MIT
// asinh, acosh: log(1 + t) of a t that is known to twice the precision. atanh: by half the logarithm of a ratio.

#include <type_traits>

#include "lanewise/simd/math/detail/log_parts.hpp"
#include "lanewise/simd/math/detail/scale.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
#undef LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
#else
#define LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// What is lost of sqrt(s) as rounded to root: (s + s_lo - root^2) / (2 root), `rest` being that numerator, to 12 bits
/// where the CPU has an estimate, or to 20 if refined (f32 with AVX-512: 14). 0 for s = 0.
template <bool refined, class V>
LANEWISE_TARGET_INLINE V rest_of_root(V s, V root, V rest) {
  using T = typename V::value_type;
  if constexpr (has_avx512 || (sizeof(T) == 4 && HWY_TARGET == HWY_AVX2)) {
    const V not_zero = max(s, V(smallest_normal<T>));
    const auto estimate_of = [](auto v) LANEWISE_ATTR_INLINE {
      if constexpr (has_avx512) {
        return inverse_sqrt_estimate(v);
      } else {
        return hn::ApproximateReciprocalSqrt(v);
      }
    };
    const V inverse = V::apply(estimate_of, not_zero);
    V half = V(T(0.5)) * inverse;
    if constexpr (refined && !(has_avx512 && sizeof(T) == 4)) {  // from s, which is there before its root
      half = fma(half, fnma(not_zero * inverse, half, V(T(0.5))), half);
    }
    return rest * half;
  } else {
    return V(T(0.5)) * rest / max(root, V(smallest_normal<T>));
  }
}

/// asinh and acosh of arguments from here on are log(2 x), for they square it; x times `large_down` is taken.
template <class T>
inline constexpr T squares_to = sizeof(T) == 4 ? T(0x1p60) : T(0x1p500);
template <class T>
inline constexpr T large_down = sizeof(T) == 4 ? T(0x1p-30) : T(0x1p-440);
template <class T>
inline constexpr T large_exponent = sizeof(T) == 4 ? T(31) : T(441);

/// log(1 + t) of double_word t = of(x), or log(2 x) for x so large that the rest is lost.
template <class V, class Of>
LANEWISE_TARGET_INLINE V log_of_one_plus_or_twice(V x, Of of) {
  using T = typename V::value_type;
  const auto large = x >= V(squares_to<T>);
  const double_word<V> t = of(select(large, V(T(1)), x));
  return log_of_one_plus(select(large, x * V(large_down<T>), t.hi), select(large, V(T(0)), t.lo),
                         select(large, V(large_exponent<T>), V(T(0))));
}

}  // namespace impl

/// The inverse hyperbolic sine; keeps the sign of zeros, infinities and NaN. Error: at most max_ulp::asinh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> asinh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto of = [](V a) LANEWISE_ATTR_INLINE {
    // t = a + (sqrt(1 + a^2) - 1)
    const V one(T(1)), s = fma(a, a, one), root = sqrt(s);
    V rest;
    if constexpr (HWY_NATIVE_FMA != 0) {
      rest = fma(a, a, fnma(root, root, one));
    } else {
      const impl::double_word<V> square = impl::two_product(a, a), back = impl::two_product(root, root);
      rest = ((one - back.hi) + square.hi) + (square.lo - back.lo);
    }
    const auto t = impl::fast_two_sum(a, root - one);
    return impl::double_word<V>{t.hi, t.lo + impl::rest_of_root<true>(s, root, rest)};
  };
  const V size = abs(x);
  if (!all(size < V(impl::squares_to<T>))) [[unlikely]] {
    const V result = impl::log_of_one_plus_or_twice(size, of);
    return select(size < V(impl::infinity<T>), copysign(result, x), x + x);
  }
  const impl::double_word<V> t = of(size);
  return copysign(impl::log_of_one_plus(t.hi, t.lo, impl::nothing()), x);
}

/// The inverse hyperbolic cosine: +0 at 1, NaN below, inf at infinity. Error: at most max_ulp::acosh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> acosh(simd<T, N> x) {
  using V = simd<T, N>;
  const auto of = [](V a) LANEWISE_ATTR_INLINE {
    // t = (a - 1) + sqrt(a^2 - 1)
    const V one(T(1)), u = a - one;
    const impl::double_word<V> square = impl::two_product(a, a);
    const V less = square.hi - one;
    const V s = less + square.lo, root = sqrt(s);
    const V s_lo = (less - s) + square.lo;
    V rest;
    if constexpr (HWY_NATIVE_FMA != 0) {
      rest = fnma(root, root, s) + s_lo;
    } else {
      const impl::double_word<V> back = impl::two_product(root, root);
      rest = ((s - back.hi) - back.lo) + s_lo;
    }
    const auto t = impl::fast_two_sum(root, u);
    return impl::double_word<V>{t.hi, t.lo + impl::rest_of_root<false>(s, root, rest)};
  };
  if (!all((x >= V(T(1))) & (x < V(impl::squares_to<T>)))) [[unlikely]] {
    const auto inside = x >= V(T(1));
    const V result = impl::log_of_one_plus_or_twice(select(inside, x, V(T(1))), of);
    return select(x < V(impl::infinity<T>), select(inside, result, V(impl::quiet_nan<T>)), x);
  }
  const impl::double_word<V> t = of(x);
  return impl::log_of_one_plus(t.hi, t.lo, impl::nothing());
}

/// The inverse hyperbolic tangent: infinities at -1 and 1, NaN beyond; keeps zeros. Error: at most max_ulp::atanh.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> atanh(simd<T, N> x) {
  using V = simd<T, N>;
  using U = impl::unsigned_of<T>;
  constexpr T close_to_1 = sizeof(T) == 4 ? T(0x1p-20) : T(0x1p-48);
  const auto core = [&](V a, auto any_close_to_1) LANEWISE_ATTR_INLINE {
    // atanh(a) = k ln 2 / 2 + atanh(s), (1 + s) / (1 - s) = 2^-k (1 + a) / (1 - a); s is a where k = 0, for a up to
    // 1/4, and elsewhere between -1/4 and 1/4: so small that its roundings hardly count in the result. k needs only be
    // near log2: by 1 / (1 - a) within 13 %, by integers.
    const V one(T(1)), rest = one - a;
    constexpr U two = 2 * std::bit_cast<U>(T(1));
    const V inverse = bit_cast<T>(simd<U, N>(two) - bit_cast<U>(rest));
    const auto [k, power] = impl::exponent_and_inverse_power_from_1(max(fma(inverse, V(T(2.6666)), V(T(-2))), one));
    const V less = one - power;
    V dividend = fma(a, power, a - less), divisor = impl::remainder_of_product(a, less, one + power);
    if constexpr (any_close_to_1) {
      const auto close = rest < V(close_to_1);
      const V other = fma(a, power, power);
      dividend = select(close, other - rest, dividend);
      divisor = select(close, other + rest, divisor);
    }
    const V s = dividend / divisor;
    const V z = s * s;
    // sollya: fpminimax((atanh(sqrt(x)) / sqrt(x) - 1) / x, ..., [2^-24; 0.0635], relative); 2^-30 and 2^-60.
    V q;
    if constexpr (sizeof(T) == 4) {
      q = impl::paired(z, z * z, 0x1.555554p-2f, 0x1.999d78p-3f, 0x1.237a14p-3f, 0x1.fb3268p-4f);
    } else {
      q = impl::paired(z, z * z, 0x1.5555555555555p-2, 0x1.999999999998dp-3, 0x1.24924924b687fp-3, 0x1.c71c7186affabp-4,
                       0x1.745d2ed10d216p-4, 0x1.3b0f2da2f43f7p-4, 0x1.118eb405b9bf2p-4, 0x1.d260b114d8574p-5,
                       0x1.17554556df544p-4);
    }
    const auto sum = impl::fast_two_sum(k * V(T(0.5) * impl::ln2_upper<T>), s);  // the product is exact
    V rest_of_sum = fma(k, V(T(0.5) * impl::ln2_lower<T>), sum.lo);
    if constexpr (sizeof(T) == 8) {  // what the division lost: 1.0005 ULP without it, at 0.46, where divisor is 1.3
      rest_of_sum = fma(impl::remainder_of_product(s, divisor, dividend), V(T(0.77)), rest_of_sum);
    }
    return sum.hi + fma(s * z, q, rest_of_sum);
  };
  const V size = abs(x);
  if (!all(size < V(T(1) - close_to_1))) [[unlikely]] {  // there 1 + 2^-k would be rounded
    const auto inside = size < V(T(1));
    const V beyond = select(size == V(T(1)), V(impl::infinity<T>), V(impl::quiet_nan<T>));
    return copysign(select(inside, core(select(inside, size, T(0)), std::true_type()), beyond), x);
  }
  return copysign(core(size, std::false_type()), x);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_INVERSE_HYPERBOLIC_HPP
