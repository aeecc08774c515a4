// SPDX-License-Identifier: MIT
// exp of f64 with more digits than that has, for functions that have it as a factor.

#include <cstdint>

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
template <std::size_t N>
struct binary_scale {
  using V = simd<double, N>;
  /// Adding it leaves a whole number in the lowest bits.
  static constexpr double magic = 0x1.8p52;
  /// What the factor of targets without scaling instruction is too large by, so that 2^power need not be normal.
  static constexpr int excess = 200;

  /// x * 2^power rounded once, from subnormal results to x * 2^power = 2^800.
  LANEWISE_TARGET_INLINE V operator()(V x) const {
    if constexpr (has_avx512) {
      return V::apply([](auto a, auto b) LANEWISE_ATTR_INLINE { return scale(a, b); }, x, power);
    } else {
      return x * factor() * V(0x1p-200);
    }
  }
  /// 2^(power + excess).
  LANEWISE_TARGET_INLINE V factor() const {
    return bit_cast<double>((bit_cast<std::uint64_t>(shifted) + simd<std::uint64_t, N>(1023 + excess)) << 52);
  }

  V power, shifted;  // shifted = power + magic
};

/// (hi + lo) * 2^scale, with |lo| up to an eighth of hi.
template <std::size_t N>
struct scaled_double_word {
  simd<double, N> hi, lo;
  binary_scale<N> scale;
};

/// exp(hi + lo), |lo| at most a last place of hi, to about a thirtieth of a last place, where it is less than 2^800 and
/// not below 2^-1200.
/// Reduced by a multiple of ln 2 in two words. The polynomial is through Chebyshev's nodes (mpmath): 2^-61.
template <std::size_t N>
LANEWISE_TARGET_INLINE scaled_double_word<N> exp_double_word(simd<double, N> hi, simd<double, N> lo) {
  using V = simd<double, N>;
  const V shifted = fma(hi, V(0x1.71547652b82fep0), V(binary_scale<N>::magic));
  const V n = shifted - V(binary_scale<N>::magic);
  const V rest_hi = fnma(n, V(0x1.62e42fefa3p-1), hi);  // exact, fused or not
  const V rest_lo = fnma(n, V(0x1.3de6af278ece6p-42), lo);
  const V r = rest_hi + rest_lo;
  const V r_lo = (rest_hi - r) + rest_lo;
  const V r2 = rounded(r * r);
  const V q = paired(r, r2, 0x1.0000000000000p-1, 0x1.5555555555557p-3, 0x1.5555555555552p-5, 0x1.11111111100dcp-7,
                     0x1.6c16c16c17a21p-10, 0x1.a01a01abe7fe1p-13, 0x1.a01a019feb6e4p-16, 0x1.71de0231960ebp-19,
                     0x1.27e4e9ce2bcacp-22, 0x1.af4de97ca4194p-26, 0x1.1f5d332412997p-29);
  const V sum = V(1.0) + r;
  const V tail = fma(r2, q, r_lo) + (r - (sum - V(1.0)));
  return {sum, tail, {n, shifted}};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_EXP_DOUBLE_WORD_HPP
