// SPDX-License-Identifier: MIT
// Numbers taken apart: x = m * 2^e with m between sqrt(1/2) and sqrt(2), for logarithms.

#include <bit>
#include <limits>

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_SPLIT_EXPONENT_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_SPLIT_EXPONENT_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_SPLIT_EXPONENT_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_SPLIT_EXPONENT_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

template <class T>
inline constexpr T infinity = std::numeric_limits<T>::infinity();
template <class T>
inline constexpr T quiet_nan = std::numeric_limits<T>::quiet_NaN();
template <class T>
inline constexpr T smallest_normal = std::numeric_limits<T>::min();

template <class T>
using signed_bits_of = hwy::MakeSigned<T>;
template <class T>
inline constexpr int mantissa_bits = std::numeric_limits<T>::digits - 1;

/// The upper end of m: sqrt(2), or 1.5. log2 needs the former, lest |log2(m)| exceed 1/2 and so lose a bit to e = -1.
enum class split_at { sqrt_2, three_halves };
template <class T, split_at range>
inline constexpr T lower_end = static_cast<T>(range == split_at::sqrt_2 ? 0.70710678118654752440 : 0.75);

/// x = m * 2^e.
template <class V>
struct split_number {
  V m, e;
};

/// Of the bits of a positive f64 its biased exponent, plus 2^52: there is no conversion from 64-bit integers below
/// AVX-512. That of 1 is `exponent_of_one`.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> exponent_as_float(simd<std::uint64_t, N> bits) {
  return bit_cast<double>((bits >> 52) | simd<std::uint64_t, N>(std::bit_cast<std::uint64_t>(0x1p52)));
}
inline constexpr double exponent_of_one = 0x1p52 + 1023;

/// x in m and e, m from half to all of the range's end, for normal positive x. With AVX-512 for all x: subnormals too;
/// zero has m = 1, e = -inf; infinity m = 1, e = inf; NaN and x < 0 have m = NaN.
template <split_at range, class T, std::size_t N>
LANEWISE_TARGET_INLINE split_number<simd<T, N>> split_exponent(simd<T, N> x) {
  using V = simd<T, N>;
  using U = unsigned_of<T>;
  constexpr T low_end = lower_end<T, range>;
  if constexpr (has_avx512) {
    const V e = V::apply([](auto v) LANEWISE_ATTR_INLINE { return exponent(v); }, x);
    const auto next_if = [&](auto upper) LANEWISE_ATTR_INLINE {
      return V::make([&](auto r) LANEWISE_ATTR_INLINE {
        return hn::MaskedAddOr(e.native(r), upper.native(r), e.native(r), V(T(1)).native(r));
      });
    };
    if constexpr (range == split_at::three_halves) {
      const V m = V::apply([](auto v) LANEWISE_ATTR_INLINE { return significand(v); }, x);
      return {m, next_if(m < V(T(1)))};
    } else {
      const V m = V::apply([](auto v) LANEWISE_ATTR_INLINE { return significand_from_1(v); }, x);
      const auto upper = m >= V(2 * low_end);
      return {V::make([&](auto r) LANEWISE_ATTR_INLINE {
                return hn::MaskedMulOr(m.native(r), upper.native(r), m.native(r), V(T(0.5)).native(r));
              }),
              next_if(upper)};
    }
  } else if constexpr (sizeof(T) == 4) {
    using I = std::int32_t;
    const auto bits = bit_cast<I>(x);
    const auto k = (bits - simd<I, N>(std::bit_cast<I>(low_end))) >> 23;
    return {bit_cast<T>(bits - (k << 23)), cast<T>(k)};
  } else {
    constexpr U one = std::bit_cast<U>(T(1)), low = std::bit_cast<U>(low_end), mantissa = (U(1) << 52) - 1;
    const auto bits = bit_cast<U>(x) + simd<U, N>(one - low);
    const V e = exponent_as_float(bits) - V(exponent_of_one);
    const V m = bit_cast<T>((bits & simd<U, N>(mantissa)) + simd<U, N>(low));
    return {m, e};
  }
}

/// -e, which is +0 where e is 0, and 2^-e for the e for which x * 2^-e is above 0.75 and at most 1.5, for normal
/// positive x with e < emax.
template <class V>
struct negated_exponent_and_power {
  V minus_e, inverse_power;
};
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE negated_exponent_and_power<simd<T, N>> negated_exponent_and_power_of(simd<T, N> x) {
  using V = simd<T, N>;
  using U = unsigned_of<T>;
  // Integers with AVX-512 too: they are sooner done than getexp and scalef (log1p f64 1.2 times as fast, Zen 5,
  // 2026-11).
  if constexpr (sizeof(T) == 4) {
    using I = std::int32_t;
    constexpr I one = std::bit_cast<I>(T(1)), last = std::bit_cast<I>(T(1.5));
    const auto k = (simd<I, N>(last) - bit_cast<I>(x)) >> 23;
    return {cast<T>(k), bit_cast<T>(simd<I, N>(one) + (k << 23))};
  } else {
    constexpr U one = std::bit_cast<U>(T(1)), last = std::bit_cast<U>(T(0.75)), mantissa = (U(1) << 52) - 1;
    const auto bits = bit_cast<U>(x) + simd<U, N>(one - last - 1);
    const V minus_e = V(exponent_of_one) - exponent_as_float(bits);
    return {minus_e, bit_cast<T>(simd<U, N>(one + one) - (bits & simd<U, N>(~mantissa)))};
  }
}

/// e and 2^-e.
template <class V>
struct exponent_and_power {
  V e, inverse_power;
};

/// floor(log2(x)) and 2^- that, for normal positive x with an exponent less than emax.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE exponent_and_power<simd<T, N>> exponent_and_inverse_power_from_1(simd<T, N> x) {
  using V = simd<T, N>;
  using U = unsigned_of<T>;
  constexpr U one = std::bit_cast<U>(T(1)), exponent_bits = std::bit_cast<U>(infinity<T>);
  const simd<U, N> bits = bit_cast<U>(x);
  const V power = bit_cast<T>(simd<U, N>(2 * one) - (bits & simd<U, N>(exponent_bits)));
  if constexpr (has_avx512) {
    return {V::apply([](auto v) LANEWISE_ATTR_INLINE { return exponent(v); }, x), power};
  } else if constexpr (sizeof(T) == 4) {
    return {cast<T>(bit_cast<std::int32_t>(bits >> 23)) - V(T(127)), power};
  } else {
    return {exponent_as_float(bits) - V(exponent_of_one), power};
  }
}

/// Where x is not from low to high, 0 < low: NaN, too.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE auto outside_positive(simd<T, N> x, T low, T high) {
  // Integers, turned so that low is the smallest: one comparison for all. And "greater", which is an instruction.
  using I = signed_bits_of<T>;
  using limits = std::numeric_limits<I>;
  const I first = std::bit_cast<I>(low), last = std::bit_cast<I>(high);
  return bit_cast<I>(x) + simd<I, N>(limits::max() - first + 1) > simd<I, N>(limits::min() + (last - first));
}

/// Where x is not a normal positive number: zero, subnormal, negative, infinite or NaN.
template <class T, std::size_t N>
LANEWISE_TARGET_INLINE auto not_normal_positive(simd<T, N> x) {
  return outside_positive(x, smallest_normal<T>, std::numeric_limits<T>::max());
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_SPLIT_EXPONENT_HPP
