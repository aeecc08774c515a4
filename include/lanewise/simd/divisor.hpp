// SPDX-License-Identifier: MIT
// divisor<T>: an integer prepared once to divide many vectors by multiplication and shifts.

#include <bit>

#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/bits.hpp"

#if defined(LANEWISE_SIMD_DIVISOR_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_DIVISOR_HPP
#undef LANEWISE_SIMD_DIVISOR_HPP
#else
#define LANEWISE_SIMD_DIVISOR_HPP
#endif

LANEWISE_BEGIN_TARGET

/// A divisor of vectors of T, prepared by its constructor: v / d and v % d give what v / d.value() and v % d.value()
/// give, also for 0 and -1, many times faster.
///
/// The method: Granlund and Montgomery, Division by Invariant Integers using Multiplication (1994), figures 4.1
/// and 5.2; 8 bits in halves of 16-bit lanes, where the reciprocal has no need of a 17th bit.
template <integer_element T>
class divisor {
  using U = hwy::MakeUnsigned<T>;
  static constexpr int bits = static_cast<int>(8 * sizeof(T));

 public:
  LANEWISE_TARGET_INLINE explicit divisor(T d) : value_(d) {
    const U magnitude = static_cast<U>(d < 0 ? U{0} - static_cast<U>(d) : static_cast<U>(d));
    // 2^log is the least power of two that is not below the magnitude.
    const int log = magnitude <= 1 ? 0 : static_cast<int>(std::bit_width(static_cast<U>(magnitude - 1)));
    if constexpr (sizeof(T) == 1) {
      const int more = std::is_signed_v<T> ? (log > 0 ? log - 1 : 0) : log;
      const unsigned numerator = 256u << more;
      if (magnitude != 0) {
        multiplier_ = static_cast<short_t>(std::is_signed_v<T> ? numerator / magnitude + 1
                                                               : (numerator + magnitude - 1) / magnitude);
      } else {
        multiplier_ = std::is_signed_v<T> ? 256 : 0;
      }
      shift_ = magnitude == 0 && std::is_signed_v<T> ? bits - 1 : more;
    } else if constexpr (std::is_signed_v<T>) {
      shift_ = magnitude == 0 ? bits - 1 : (log > 0 ? log - 1 : 0);
      // floor(2^bits 2^shift / magnitude) + 1 - 2^bits
      if (magnitude == 1) {
        multiplier_ = 1;
      } else if (magnitude != 0) {
        multiplier_ = static_cast<T>(reciprocal(static_cast<U>(U{1} << shift_), magnitude) + 1u);
      }
    } else {
      // floor(2^bits (2^log - d) / d) + 1
      if (magnitude != 0) {
        const U power = log == bits ? U{0} : static_cast<U>(U{1} << log);
        multiplier_ = static_cast<T>(reciprocal(static_cast<U>(power - magnitude), magnitude) + 1u);
        first_shift_ = log < 1 ? log : 1;
        shift_ = log > 1 ? log - 1 : 0;
      } else {
        first_shift_ = bits - 1;
        shift_ = 1;
      }
    }
  }

  LANEWISE_TARGET_INLINE T value() const { return value_; }

  template <std::size_t N>
  friend LANEWISE_TARGET_INLINE simd<T, N> operator/(simd<T, N> v, const divisor& d) {
    return d.divide(v);
  }
  template <std::size_t N>
  friend LANEWISE_TARGET_INLINE simd<T, N> operator%(simd<T, N> v, const divisor& d) {
    return v - d.divide(v) * simd<T, N>(d.value_);
  }
  template <std::size_t N>
  friend LANEWISE_TARGET_INLINE simd<T, N>& operator/=(simd<T, N>& v, const divisor& d) {
    return v = v / d;
  }
  template <std::size_t N>
  friend LANEWISE_TARGET_INLINE simd<T, N>& operator%=(simd<T, N>& v, const divisor& d) {
    return v = v % d;
  }

 private:
  using short_t = std::conditional_t<std::is_signed_v<T>, std::int16_t, std::uint16_t>;
  using multiplier_t = std::conditional_t<sizeof(T) == 1, short_t, T>;

  /// The lower bits of 2^bits * high / d, cut off.
  static U reciprocal(U high, U d) {
    U remainder = static_cast<U>(high % d), result = 0;
    for (int i = 0; i < bits; ++i) {
      const bool carry = (remainder >> (bits - 1)) != 0;
      remainder = static_cast<U>(remainder << 1);
      result = static_cast<U>(result << 1);
      if (carry || remainder >= d) {
        remainder = static_cast<U>(remainder - d);
        result = static_cast<U>(result | 1u);
      }
    }
    return result;
  }

  /// The magnitude of a quotient rounded down, with its sign.
  template <std::size_t N>
  LANEWISE_TARGET_INLINE simd<T, N> with_sign(simd<T, N> q, simd<T, N> dividend) const {
    const simd<T, N> sign(static_cast<T>(value_ < 0 ? -1 : 0));
    const auto truncated = simd<T, N>::apply(
        [](auto x, auto n) LANEWISE_ATTR_INLINE { return hn::Sub(x, hn::BroadcastSignBit(n)); }, q, dividend);
    return (truncated ^ sign) - sign;
  }

  template <std::size_t N>
  LANEWISE_TARGET_INLINE simd<T, N> divide(simd<T, N> v) const {
    if constexpr (sizeof(T) == 1 && N == 1) {
      return cast<T>(cast<short_t>(v) / divisor<short_t>(value_));
    } else if constexpr (sizeof(T) == 1) {
      using halves = simd<short_t, N / 2>;
      const auto pairs = bit_cast<std::uint16_t>(v);
      const auto quotients = [&](auto upper_bytes) LANEWISE_ATTR_INLINE {
        return bit_cast<std::uint16_t>(mul_high(bit_cast<short_t>(upper_bytes), halves(multiplier_)) >> shift_);
      };
      const auto even = quotients(shift_left<8>(pairs)), odd = quotients(pairs & std::uint16_t(0xFF00));
      const auto q = bit_cast<T>(shift_left<8>(odd) | (even & std::uint16_t(0xFF)));
      if constexpr (std::is_signed_v<T>) {
        return with_sign(q, v);
      } else {
        return q;
      }
    } else {
      const auto high = mul_high(v, simd<T, N>(multiplier_));
      if constexpr (std::is_signed_v<T>) {
        return with_sign((v + high) >> shift_, v);
      } else {
        return (high + ((v - high) >> first_shift_)) >> shift_;
      }
    }
  }

  T value_;
  multiplier_t multiplier_ = 0;
  int first_shift_ = 0, shift_ = 0;
};

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_DIVISOR_HPP
