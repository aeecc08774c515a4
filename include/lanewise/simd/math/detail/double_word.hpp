// SPDX-License-Identifier: MIT
// Numbers of twice the precision as an unevaluated sum of two vectors, |lo| <= half a unit in the last place of hi.
// Source: Muller et al., Handbook of Floating-Point Arithmetic, 2nd edition, chapters 4 and 14.

#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_DOUBLE_WORD_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_DOUBLE_WORD_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_DOUBLE_WORD_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_DOUBLE_WORD_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// x as it has been rounded. A compiler may contract a * b + c to a fused multiply-add (g++ does so by default, across
/// statements too) and so use a * b unrounded where the error of the rounded product is accounted for elsewhere.
template <class V>
LANEWISE_TARGET_INLINE V rounded(V x) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return V::make([&](auto r) LANEWISE_ATTR_INLINE {
      auto v = x.native(r);
      asm("" : LANEWISE_VECTOR_CONSTRAINT(v.raw));
      return v;
    });
  } else {
    return x;
  }
}

/// hi + lo.
template <class V>
struct double_word {
  V hi, lo;
};

/// a + b exactly, |a| >= |b| or a = 0.
template <class V>
LANEWISE_TARGET_INLINE double_word<V> fast_two_sum(V a, V b) {
  const V sum = a + b;
  return {sum, b - (sum - a)};
}

/// a + b exactly.
template <class V>
LANEWISE_TARGET_INLINE double_word<V> two_sum(V a, V b) {
  const V sum = a + b;
  const V b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// The upper half of the significand, so that products of two upper halves are exact.
template <class V>
LANEWISE_TARGET_INLINE V upper_bits(V x) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return bit_cast<float>(bit_cast<std::uint32_t>(x) & 0xFFFFF000u);
  } else {
    return bit_cast<double>(bit_cast<std::uint64_t>(x) & 0xFFFFFFFFF8000000u);
  }
}

/// a * b exactly, barring overflow and underflow: one fused multiply-add, or Dekker's 17 operations where there is
/// none.
template <class V>
LANEWISE_TARGET_INLINE double_word<V> two_product(V a, V b) {
  const V product = rounded(a * b);
  if constexpr (HWY_NATIVE_FMA != 0) {
    return {product, fms(a, b, product)};
  } else {
    const V a_hi = upper_bits(a), b_hi = upper_bits(b);
    const V a_lo = a - a_hi, b_lo = b - b_hi;
    return {product, ((a_hi * b_hi - product) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo};
  }
}

/// The error of the product p = a * b as rounded.
template <class V>
LANEWISE_TARGET_INLINE V product_error(V a, V b, V p) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fms(a, b, p);
  } else {
    const V a_hi = upper_bits(a), b_hi = upper_bits(b);
    const V a_lo = a - a_hi, b_lo = b - b_hi;
    return ((a_hi * b_hi - p) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo;
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_DOUBLE_WORD_HPP
