// SPDX-License-Identifier: MIT
// Polynomials in fused multiply-adds, coefficients of the lowest power first.

#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_POLYNOMIAL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_POLYNOMIAL_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_POLYNOMIAL_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_POLYNOMIAL_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// c0 + c1 x + c2 x^2 + ..., by Horner's rule: the fewest operations, each waiting for the one before. The arithmetic
/// of choice in a loop over independent vectors, where the CPU overlaps the iterations.
template <class V>
LANEWISE_TARGET_INLINE V horner(V, typename V::value_type c0) {
  return V(c0);
}
template <class V, class... C>
LANEWISE_TARGET_INLINE V horner(V x, typename V::value_type c0, C... c) {
  return fma(horner(x, c...), x, V(c0));
}

/// The same in pairs, (c0 + c1 x) + (c2 + c3 x) x^2 + ..., Horner's rule in x^2: half the latency for one product more.
template <class V>
LANEWISE_TARGET_INLINE V paired(V, V, typename V::value_type c0) {
  return V(c0);
}
template <class V>
LANEWISE_TARGET_INLINE V paired(V x, V, typename V::value_type c0, typename V::value_type c1) {
  return fma(V(c1), x, V(c0));
}
template <class V, class... C>
LANEWISE_TARGET_INLINE V paired(V x, V x2, typename V::value_type c0, typename V::value_type c1, C... c) {
  return fma(paired(x, x2, c...), x2, fma(V(c1), x, V(c0)));
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_POLYNOMIAL_HPP
