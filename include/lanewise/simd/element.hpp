// SPDX-License-Identifier: MIT
#pragma once
// The element types, the same on every target, among them the two 16-bit floats. Costs <bit>, <concepts>, <limits>.

#include <bit>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "lanewise/config/macros.hpp"

namespace lanewise {

/// A 16-bit float with `exponent_bits` of exponent: storage and conversions. Arithmetic on single values happens in
/// float, into which it converts by itself; conversions to it round to nearest even, overflow to infinity, keep NaN.
template <int exponent_bits>
struct small_float {
  std::uint16_t bits;

  small_float() = default;

  template <class X>
    requires(!std::same_as<X, small_float> && std::convertible_to<X, double>)
  LANEWISE_INLINE constexpr small_float(X x) : bits(rounded(static_cast<double>(x))) {}

  LANEWISE_INLINE static constexpr small_float from_bits(std::uint16_t bits) {
    small_float x = 0;
    x.bits = bits;
    return x;
  }

  LANEWISE_INLINE constexpr operator float() const {
    const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
    const std::uint32_t magnitude = bits & 0x7FFFu;
    constexpr std::uint32_t infinity = ((1u << exponent_bits) - 1) << significand_bits;
    constexpr int shift = 23 - significand_bits;
    if (magnitude >= infinity) return std::bit_cast<float>(sign | 0x7F800000u | (magnitude - infinity) << shift);
    if (magnitude >= 1u << significand_bits) {
      return std::bit_cast<float>(sign | ((magnitude << shift) + ((127u - bias) << 23)));
    }
    if constexpr (bias == 127) {  // subnormal here, subnormal there
      return std::bit_cast<float>(sign | magnitude << shift);
    } else {
      const float value = static_cast<float>(magnitude) * std::bit_cast<float>((128u - bias - significand_bits) << 23);
      return sign != 0 ? -value : value;
    }
  }

 private:
  static constexpr int significand_bits = 15 - exponent_bits;
  static constexpr std::uint32_t bias = (1u << (exponent_bits - 1)) - 1;

  LANEWISE_INLINE static constexpr std::uint16_t rounded(double x) {
    const std::uint64_t pattern = std::bit_cast<std::uint64_t>(x);
    const std::uint64_t sign = pattern >> 48 & 0x8000u;
    const std::uint64_t magnitude = pattern & 0x7FFFFFFFFFFFFFFFu;
    constexpr std::uint64_t infinity = ((std::uint64_t{1} << exponent_bits) - 1) << significand_bits;
    if (magnitude > 0x7FF0000000000000u)
      return static_cast<std::uint16_t>(sign | infinity | 1u << (significand_bits - 1));
    // The bits to drop: those behind the significand, and more for what becomes subnormal.
    const int exponent = static_cast<int>(magnitude >> 52) - 1023;
    const int below_normal = 1 - static_cast<int>(bias) - exponent;
    const int drop = 52 - significand_bits + (below_normal > 0 ? below_normal : 0);
    if (drop > 54) return static_cast<std::uint16_t>(sign);
    const std::uint64_t significand = (magnitude & 0xFFFFFFFFFFFFFu) | std::uint64_t{1} << 52;
    const std::uint64_t kept = significand >> drop;
    const std::uint64_t rest = significand & ((std::uint64_t{1} << drop) - 1);
    const std::uint64_t half = std::uint64_t{1} << (drop - 1);
    std::uint64_t result = kept + (rest > half || (rest == half && (kept & 1u) != 0) ? 1 : 0);
    if (below_normal <= 0)
      result += static_cast<std::uint64_t>(exponent + static_cast<int>(bias) - 1) << significand_bits;
    return static_cast<std::uint16_t>(sign | (result < infinity ? result : infinity));
  }
};

/// IEEE 754 binary16: 11 bits of precision, up to 65504.
using float16 = small_float<5>;

/// The upper half of a float: 8 bits of precision, the range of a float.
using bfloat16 = small_float<8>;

/// The 16-bit floats: simd computes with them in float, or directly where the target can.
template <class T>
concept half_element = std::same_as<T, float16> || std::same_as<T, bfloat16>;

/// The floating-point element types.
template <class T>
concept floating_element = std::same_as<T, float> || std::same_as<T, double> || half_element<T>;

/// The integer element types: 8 to 64 bits, signed and unsigned.
template <class T>
concept integer_element =
    std::same_as<T, std::int8_t> || std::same_as<T, std::int16_t> || std::same_as<T, std::int32_t> ||
    std::same_as<T, std::int64_t> || std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> ||
    std::same_as<T, std::uint32_t> || std::same_as<T, std::uint64_t>;

/// The element types of simd.
template <class T>
concept element = integer_element<T> || floating_element<T>;

}  // namespace lanewise

template <int exponent_bits>
struct std::numeric_limits<lanewise::small_float<exponent_bits>> {
 private:
  using T = lanewise::small_float<exponent_bits>;
  static constexpr std::uint16_t one_ulp_above_zero = 1;
  static constexpr std::uint16_t smallest_normal = 1u << (15 - exponent_bits);
  static constexpr std::uint16_t inf = ((1u << exponent_bits) - 1) << (15 - exponent_bits);

 public:
  static constexpr bool is_specialized = true;
  static constexpr bool is_signed = true;
  static constexpr bool is_integer = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_iec559 = true;
  static constexpr bool is_bounded = true;
  static constexpr bool is_modulo = false;
  static constexpr bool has_infinity = true;
  static constexpr bool has_quiet_NaN = true;
  static constexpr bool has_signaling_NaN = true;
  static constexpr std::float_round_style round_style = std::round_to_nearest;
  static constexpr int radix = 2;
  static constexpr int digits = 16 - exponent_bits;
  static constexpr int digits10 = (digits - 1) * 301 / 1000;
  static constexpr int max_digits10 = digits * 301 / 1000 + 2;
  static constexpr int max_exponent = 1 << (exponent_bits - 1);
  static constexpr int min_exponent = 3 - max_exponent;
  static constexpr int max_exponent10 = max_exponent * 301 / 1000;
  static constexpr int min_exponent10 = min_exponent * 301 / 1000;

  LANEWISE_INLINE static constexpr T min() { return T::from_bits(smallest_normal); }
  LANEWISE_INLINE static constexpr T max() { return T::from_bits(inf - 1); }
  LANEWISE_INLINE static constexpr T lowest() { return T::from_bits(0x8000u | (inf - 1)); }
  LANEWISE_INLINE static constexpr T denorm_min() { return T::from_bits(one_ulp_above_zero); }
  LANEWISE_INLINE static constexpr T infinity() { return T::from_bits(inf); }
  LANEWISE_INLINE static constexpr T quiet_NaN() { return T::from_bits(inf | 1u << (14 - exponent_bits)); }
  LANEWISE_INLINE static constexpr T signaling_NaN() { return T::from_bits(inf | 1); }
  LANEWISE_INLINE static constexpr T round_error() { return T(0.5f); }
  LANEWISE_INLINE static constexpr T epsilon() { return T(1.0 / (1 << (digits - 1))); }
};
