// SPDX-License-Identifier: MIT
// Across lanes: reduce, reduce_add, reduce_mul, reduce_min, reduce_max of simd; any, all, none, count of mask.

#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_SIMD_REDUCE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_REDUCE_HPP
#undef LANEWISE_SIMD_REDUCE_HPP
#else
#define LANEWISE_SIMD_REDUCE_HPP
#endif

LANEWISE_BEGIN_TARGET

/// The lower and the upper half of the lanes.
template <element T, std::size_t N>
  requires(N > 1)
LANEWISE_TARGET_INLINE simd<T, N / 2> lower_half(simd<T, N> v) {
  using half = simd<T, N / 2>;
  if constexpr (simd<T, N>::registers == 1) {
    return half::make([&](auto) LANEWISE_ATTR_INLINE { return hn::LowerHalf(typename half::tag(), v.native()); });
  } else {
    return half::make([&](auto r) LANEWISE_ATTR_INLINE { return v.native(r); });
  }
}
template <element T, std::size_t N>
  requires(N > 1)
LANEWISE_TARGET_INLINE simd<T, N / 2> upper_half(simd<T, N> v) {
  using half = simd<T, N / 2>;
  if constexpr (simd<T, N>::registers == 1) {
    return half::make([&](auto) LANEWISE_ATTR_INLINE { return hn::UpperHalf(typename half::tag(), v.native()); });
  } else {
    return half::make([&](auto r) LANEWISE_ATTR_INLINE { return v.native(r + half::registers); });
  }
}

/// All lanes combined to one by op, which takes two simd of any number of lanes: lane i meets lane i + N / 2, then
/// i + N / 4, and so on. The order, and so the rounding, is the same on every target.
///
/// reduce(simd<int, 4>{1, 7, 5, 2}, [](auto a, auto b) { return max(a, b); })  // 7
template <element T, std::size_t N, class Op>
LANEWISE_TARGET_INLINE T reduce(simd<T, N> v, Op op) {
  if constexpr (N == 1) {
    return v[0];
  } else {
    return reduce(op(lower_half(v), upper_half(v)), op);
  }
}

/// The sum of all lanes, added in halves (pairwise); integers wrap. simd<int, 4>{1, 2, 3, 4}: 10.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_add(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a + b; });
}

/// The product of all lanes, in halves; integers wrap.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_mul(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return a * b; });
}

/// The smallest lane; unspecified if a lane is NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_min(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return min(a, b); });
}

/// The largest lane; unspecified if a lane is NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_max(simd<T, N> v) {
  return reduce(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return max(a, b); });
}

/// How many lanes are true.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t count(mask<T, N> m) {
  return impl::for_registers<mask<T, N>::registers>(
      [](auto... c) LANEWISE_ATTR_INLINE { return (c + ...); },
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::CountTrue(typename mask<T, N>::tag(), m.native(r)); });
}

/// Whether no lane, every lane, at least one lane is true.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE bool none(mask<T, N> m) {
  return impl::for_registers<mask<T, N>::registers>(
      [](auto... c) LANEWISE_ATTR_INLINE { return (c && ...); },
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::AllFalse(typename mask<T, N>::tag(), m.native(r)); });
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE bool all(mask<T, N> m) {
  return impl::for_registers<mask<T, N>::registers>(
      [](auto... c) LANEWISE_ATTR_INLINE { return (c && ...); },
      [&](auto r) LANEWISE_ATTR_INLINE { return hn::AllTrue(typename mask<T, N>::tag(), m.native(r)); });
}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE bool any(mask<T, N> m) {
  return !none(m);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_REDUCE_HPP
