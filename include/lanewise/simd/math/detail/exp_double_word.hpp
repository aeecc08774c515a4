// SPDX-License-Identifier: MIT
// exp with more digits than T has, for functions that have it as a factor.

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/polynomial.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_EXP_DOUBLE_WORD_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_EXP_DOUBLE_WORD_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_EXP_DOUBLE_WORD_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_EXP_DOUBLE_WORD_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// A whole power of two in a form that is quick to multiply by.
template <std::floating_point T, std::size_t N>
struct binary_scale {
  using V = simd<T, N>;
  using unsigned_type = hwy::MakeUnsigned<T>;
  static constexpr int digits = sizeof(T) == 4 ? 24 : 53, bias = sizeof(T) == 4 ? 127 : 1023;
  /// Adding it leaves a whole number in the lowest bits.
  static constexpr T magic = sizeof(T) == 4 ? T(0x1.8p23) : T(0x1.8p52);
  /// What the factor of targets without scaling instruction is too large by, so that 2^power need not be normal.
  static constexpr int excess = sizeof(T) == 4 ? 64 : 200;
  static constexpr T too_much = sizeof(T) == 4 ? T(0x1p64) : T(0x1p200);

  /// x * 2^power rounded once, from subnormal results to x * 2^power = 2^60 (f64: 2^800).
  LANEWISE_TARGET_INLINE V operator()(V x) const {
    if constexpr (has_avx512) {
      return V::make([&](auto r) LANEWISE_ATTR_INLINE { return scale(x.native(r), power.native(r)); });
    } else {
      return x * factor() * V(1 / too_much);
    }
  }
  /// 2^(power + excess).
  LANEWISE_TARGET_INLINE V factor() const {
    const auto bits = bit_cast<unsigned_type>(shifted);
    return bit_cast<T>((bits + simd<unsigned_type, N>(static_cast<unsigned_type>(bias + excess))) << (digits - 1));
  }

  V power, shifted;  // shifted = power + magic
};

/// (hi + lo) * 2^scale, with |lo| up to an eighth of hi.
template <std::floating_point T, std::size_t N>
struct scaled_double_word {
  simd<T, N> hi, lo;
  binary_scale<T, N> scale;
};

/// exp(hi + lo), |lo| at most a last place of hi, to about a thirtieth of a last place of T, where it is less than
/// 2^60 (f64: 2^800) and not below 2^-180 (2^-1200).
/// Reduced by a multiple of ln 2 in two words. The polynomial is through Chebyshev's nodes (mpmath): 2^-30, 2^-61.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE scaled_double_word<T, N> exp_double_word(simd<T, N> hi, simd<T, N> lo) {
  using V = simd<T, N>;
  using power_type = binary_scale<T, N>;
  constexpr bool f32 = sizeof(T) == 4;
  const V shifted = fma(hi, V(f32 ? T(0x1.715476p0) : T(0x1.71547652b82fep0)), V(power_type::magic));
  const V n = shifted - V(power_type::magic);
  const V rest_hi = fnma(n, V(f32 ? T(0x1.62ep-1) : T(0x1.62e42fefa3p-1)), hi);  // exact, fused or not
  const V rest_lo = fnma(n, V(f32 ? T(0x1.0bfbe8p-15) : T(0x1.3de6af278ece6p-42)), lo);
  const V r = rest_hi + rest_lo;
  const V r_lo = (rest_hi - r) + rest_lo;
  V q;
  if constexpr (f32) {
    q = horner(r, 0x1p-1f, 0x1.555556p-3f, 0x1.5554eap-5f, 0x1.1110ep-7f, 0x1.6d4324p-10f, 0x1.a124f2p-13f);
  } else {
    q = horner(r, 0x1.0000000000000p-1, 0x1.5555555555557p-3, 0x1.5555555555552p-5, 0x1.11111111100dcp-7,
               0x1.6c16c16c17a21p-10, 0x1.a01a01abe7fe1p-13, 0x1.a01a019feb6e4p-16, 0x1.71de0231960ebp-19,
               0x1.27e4e9ce2bcacp-22, 0x1.af4de97ca4194p-26, 0x1.1f5d332412997p-29);
  }
  const V sum = V(T(1)) + r;
  const V tail = fma(rounded(r * r), q, r_lo) + (r - (sum - V(T(1))));
  return {sum, tail, {n, shifted}};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_EXP_DOUBLE_WORD_HPP
