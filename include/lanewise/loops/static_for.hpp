// SPDX-License-Identifier: MIT
// static_for: a loop whose index is a compile-time constant.

#include "lanewise/config/highway.hpp"

#include <cstddef>
#include <utility>

#if defined(LANEWISE_LOOPS_STATIC_FOR_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_LOOPS_STATIC_FOR_HPP
#undef LANEWISE_LOOPS_STATIC_FOR_HPP
#else
#define LANEWISE_LOOPS_STATIC_FOR_HPP
#endif

LANEWISE_BEGIN_TARGET

/// Calls body<i>() for i = 0 to n - 1, unrolled. For loops over arrays of simd: with a run-time index g++ keeps such an
/// array in memory (measured on a matrix micro-kernel: 76 to 95 instead of 116 GFLOP/s, g++ 12, Zen 4, 2026-11).
///
/// static_for<4>([&]<std::size_t i>() LANEWISE_ATTR { acc[i] = fma(a[i], b[i], acc[i]); });
template <std::size_t n, class Body>
LANEWISE_TARGET_INLINE void static_for(Body&& body) {
  [&]<std::size_t... i>(std::index_sequence<i...>)
      LANEWISE_ATTR_INLINE { (body.template operator()<i>(), ...); }(std::make_index_sequence<n>());
}

LANEWISE_END_TARGET

#endif  // LANEWISE_LOOPS_STATIC_FOR_HPP
