// SPDX-License-Identifier: MIT
// The transpose of a square of vectors.

#include "lanewise/simd/shuffle.hpp"

#if defined(LANEWISE_SIMD_TRANSPOSE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_TRANSPOSE_HPP
#undef LANEWISE_SIMD_TRANSPOSE_HPP
#else
#define LANEWISE_SIMD_TRANSPOSE_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// Of a pair of rows, the groups of `size` lanes whose number is even or odd, alternately from one and the other.
template <std::size_t n, std::size_t size, bool odd>
struct exchanged {
  static constexpr int of(std::size_t k) {
    const std::size_t group = k / size;
    const std::size_t lane = (group - group % 2 + odd) * size + k % size;
    return static_cast<int>(group % 2 == 0 ? lane : n + lane);
  }
};

/// One step, which exchanges bit `size` of the number of the row with the same bit of the number of the lane. Within
/// 16 bytes the lanes are interleaved instead, which is one instruction: the bits of the row enter as the lowest, so
/// that they are in order after the last step.
template <std::size_t size, bool odd, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> transpose_rows(simd<T, N> a, simd<T, N> b) {
  if constexpr (size * sizeof(T) < 16) {
    return simd<T, N>::make([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr typename simd<T, N>::tag d;
      if constexpr (odd) {
        return hn::InterleaveUpper(d, a.native(r), b.native(r));
      } else {
        return hn::InterleaveLower(d, a.native(r), b.native(r));
      }
    });
  } else {
    return shuffle_by<exchanged<N, size, odd>, N>(a, b);
  }
}

template <std::size_t size, element T, std::size_t N>
LANEWISE_TARGET_INLINE std::array<simd<T, N>, N> transpose_from(std::array<simd<T, N>, N> rows) {
  if constexpr (size == 0) {
    return rows;
  } else {
    return transpose_from<size / 2>([&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
      return std::array<simd<T, N>, N>{transpose_rows<size, (i & size) != 0>(rows[i & ~size], rows[i | size])...};
    }(std::make_index_sequence<N>()));
  }
}

}  // namespace impl

/// Lane j of the i-th result is lane i of rows[j]: log2(N) steps of N instructions.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::array<simd<T, N>, N> transpose(std::array<simd<T, N>, N> rows) {
  return impl::transpose_from<N / 2>(rows);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_TRANSPOSE_HPP
