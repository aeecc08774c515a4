// SPDX-License-Identifier: MIT
// Powers of two: whole numbers in floating point, 2^k for them, and x * 2^k rounded once.

#include <bit>
#include <cstdint>
#include <type_traits>

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_SCALE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_SCALE_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_SCALE_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_SCALE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// The one of two constants that is T's.
template <std::floating_point T>
constexpr T pick(float f32, double f64) {
  if constexpr (sizeof(T) == 4) {
    return f32;
  } else {
    return f64;
  }
}

template <std::floating_point T>
inline constexpr int fraction_bits = sizeof(T) == 4 ? 23 : 52;
template <std::floating_point T>
inline constexpr int exponent_bias = sizeof(T) == 4 ? 127 : 1023;

/// x + whole_number<T>() is x rounded to the nearest whole number k, halves to even, as k + whole_number<T>(): for |x|
/// up to 2^21 (f32) or 2^50 (f64). No conversion to integers is needed, which AVX2 lacks for f64.
///
/// x + whole_number<T>(s) the same, and the last bits are those of the exponent of 2^(k + s).
template <std::floating_point T>
constexpr T whole_number(int s = 0) {
  return pick<T>(0x1.8p23f, 0x1.8p52) + static_cast<T>(exponent_bias<T> + s);
}

/// 2^(k + s) for t = k + whole_number<T>(s) and a normal result.
template <class V>
LANEWISE_TARGET_INLINE V power_of_two(V t) {
  using T = typename V::value_type;
  return bit_cast<T>(bit_cast<unsigned_of<T>>(t) << fraction_bits<T>);
}

/// y * 2^(k + s + bias) for the same t and normal y and result: the exponents as integers, which is neither a product's
/// work nor its latency.
template <class V>
LANEWISE_TARGET_INLINE V times_power_of_two(V y, V t) {
  using T = typename V::value_type;
  using bits = unsigned_of<T>;
  return bit_cast<T>(bit_cast<bits>(y) + (bit_cast<bits>(t) << fraction_bits<T>));
}

/// r for |r| < 2, something within (-2, 2) for all else, infinities and NaN included: no comparison, but an AND.
template <class V>
LANEWISE_TARGET_INLINE V brought_below_2(V r) {
  using T = typename V::value_type;
  using bits = unsigned_of<T>;
  constexpr bits top_of_exponent = bits(1) << (8 * sizeof(T) - 2);
  return bit_cast<T>(bit_cast<bits>(r) & static_cast<bits>(~top_of_exponent));
}

/// 2^(inverse - k - s) for t = k + whole_number<T>(s) and a result that is normal or would be 2^-bias, for which it is
/// 0.
template <int inverse, class V>
LANEWISE_TARGET_INLINE V inverse_power_of_two(V t) {
  using T = typename V::value_type;
  using bits = unsigned_of<T>;
  constexpr bits start = static_cast<bits>(2 * exponent_bias<T> + inverse) << fraction_bits<T>;
  return bit_cast<T>(simd<bits, V::size()>(start) - (bit_cast<bits>(t) << fraction_bits<T>));
}

/// x * 2^k for whole numbers k and 0.25 <= |x| < 4, rounded once: overflow and subnormal results as they should be.
/// |k| is at most 250 (f32) or 2000 (f64) except with AVX-512, where k may be anything; NaN where x is NaN.
template <class V>
LANEWISE_TARGET_INLINE V scale_anywhere(V x, V k) {
  using T = typename V::value_type;
  if constexpr (has_avx512) {
    return V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return scale(a, b); }, x, k);
  } else {
    constexpr T whole = whole_number<T>();
    const V first = k * V(T(0.5)) + V(whole);
    const V second = (k - (first - V(whole))) + V(whole);
    return (x * power_of_two(first)) * power_of_two(second);
  }
}

/// x with everything below `low` or above `high` brought there; NaN stays.
template <class V>
LANEWISE_TARGET_INLINE V at_most(V x, typename V::value_type high) {
  if constexpr (HWY_ARCH_X86 && HWY_TARGET <= HWY_SSE2) {
    return min(V(high), x);  // x86 gives the second where one is NaN
  } else {
    return select(x > V(high), V(high), x);
  }
}
template <class V>
LANEWISE_TARGET_INLINE V at_least(V x, typename V::value_type low) {
  if constexpr (HWY_ARCH_X86 && HWY_TARGET <= HWY_SSE2) {
    return max(V(low), x);
  } else {
    return select(x < V(low), V(low), x);
  }
}
template <class V>
LANEWISE_TARGET_INLINE V bring_within(V x, typename V::value_type low, typename V::value_type high) {
  return at_most(at_least(x, low), high);
}

/// Whether |x| <= high in all lanes, which of NaN is not so. Integers are compared where that is one instruction, which
/// leaves the multipliers alone.
template <class V>
LANEWISE_TARGET_INLINE bool all_within(V x, typename V::value_type high) {
  using T = typename V::value_type;
  using bits = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
  if constexpr (HWY_NATIVE_FMA != 0) {
    return !any(bit_cast<bits>(abs(x)) > simd<bits, V::size()>(std::bit_cast<bits>(high)));
  } else {
    return all(abs(x) <= V(high));
  }
}

/// c - a * b with one rounding, without fused multiply-add too.
template <class V>
LANEWISE_TARGET_INLINE V remainder_of_product(V a, V b, V c) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fnma(a, b, c);
  } else {
    const double_word<V> product = two_product(a, b);
    return (c - product.hi) - product.lo;
  }
}

/// 1 / x with a relative error below 2^-13.9 (f32) or 2^-27.8 (f64): enough where a remainder is divided, or where the
/// quotient is corrected by its remainder. Estimates of AVX-512 and AVX2 are improved by Newton's step as far as need
/// be; AVX2 has none for f64.
template <class V>
LANEWISE_TARGET_INLINE V near_inverse(V x) {
  using T = typename V::value_type;
  constexpr bool f32 = sizeof(T) == 4;
  if constexpr (has_avx512 || (f32 && HWY_TARGET == HWY_AVX2)) {
    const auto estimate_of = [](auto v) LANEWISE_ATTR_INLINE {
      if constexpr (has_avx512) {
        return inverse_estimate(v);
      } else {
        return hn::ApproximateReciprocal(v);
      }
    };
    const V estimate = V::apply(estimate_of, x);
    if constexpr (has_avx512 && f32) {
      return estimate;
    } else {
      return fma(fnma(estimate, x, V(T(1))), estimate, estimate);
    }
  } else {
    return V(T(1)) / x;
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_SCALE_HPP
