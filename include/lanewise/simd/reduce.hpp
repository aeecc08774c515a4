// SPDX-License-Identifier: MIT
// Across lanes: reduce_add, reduce_mul, reduce_min, reduce_max of simd; any, all, none, count of mask.

#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_SIMD_REDUCE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_REDUCE_HPP
#undef LANEWISE_SIMD_REDUCE_HPP
#else
#define LANEWISE_SIMD_REDUCE_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// Folds a register in halves down to one lane. op takes two Highway vectors of any width.
template <class V, class Op>
LANEWISE_TARGET_INLINE auto fold_register(V v, Op op) {
  using D = hn::DFromV<V>;
  if constexpr (hn::MaxLanes(D()) == 1) {
    return hn::GetLane(v);
  } else {
    constexpr hn::Half<D> half;
    return fold_register(op(hn::LowerHalf(half, v), hn::UpperHalf(half, v)), op);
  }
}

/// Folds all lanes in halves: lane i meets lane i + N / 2, then i + N / 4, ... The order, and so the rounding, is the
/// same on every target.
template <element T, std::size_t N, class Op>
LANEWISE_TARGET_INLINE T fold(simd<T, N> v, Op op) {
  if constexpr (simd<T, N>::registers == 1) {
    return fold_register(v.native(0), op);
  } else {
    constexpr std::size_t half = simd<T, N>::registers / 2;
    return fold(simd<T, N / 2>::make(
                    [&](auto r) LANEWISE_ATTR_INLINE { return op(v.native(r), v.native(r + half)); }),
                op);
  }
}

}  // namespace impl

/// The sum of all lanes, added in halves (pairwise); integers wrap. simd<int, 4>{1, 2, 3, 4}: 10.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_add(simd<T, N> v) {
  return impl::fold(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return hn::Add(a, b); });
}

/// The product of all lanes, in halves; integers wrap.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_mul(simd<T, N> v) {
  return impl::fold(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return hn::Mul(a, b); });
}

/// The smallest lane; unspecified if a lane is NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_min(simd<T, N> v) {
  return impl::fold(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return hn::Min(a, b); });
}

/// The largest lane; unspecified if a lane is NaN.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE T reduce_max(simd<T, N> v) {
  return impl::fold(v, [](auto a, auto b) LANEWISE_ATTR_INLINE { return hn::Max(a, b); });
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
