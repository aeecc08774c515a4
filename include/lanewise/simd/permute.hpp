// SPDX-License-Identifier: MIT
// Lanes moved to places known at run time: permute, slice, broadcast. Shuffles known at compile time, in shuffle.hpp,
// are cheaper.

#include "lanewise/simd/shuffle.hpp"

#if defined(LANEWISE_SIMD_PERMUTE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_PERMUTE_HPP
#undef LANEWISE_SIMD_PERMUTE_HPP
#else
#define LANEWISE_SIMD_PERMUTE_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

template <element T>
using lane_index = hwy::UnsignedFromSize<sizeof(T)>;

/// v's lanes [first, first + n registers' worth) by the bits of `indices` that count within them; `of_register(r)`
/// looks up in the r-th register or, for n > 1, in it and the next; bit_set(b) is the mask of indices with that bit.
template <std::size_t first, std::size_t n, std::size_t lanes, class Lookup, class BitSet>
LANEWISE_TARGET_INLINE auto look_up_registers(Lookup look_up, BitSet bit_set) {
  if constexpr (n <= 2) {
    return look_up(std::integral_constant<std::size_t, first>());
  } else {
    const auto lower = look_up_registers<first, n / 2, lanes>(look_up, bit_set);
    const auto upper = look_up_registers<first + n / 2, n / 2, lanes>(look_up, bit_set);
    return hn::IfThenElse(bit_set(std::integral_constant<std::size_t, n / 2 * lanes>()), upper, lower);
  }
}

}  // namespace impl

/// Lane k of the result is lane indices[k] of v, of which it takes the value modulo N: as many lanes as there are
/// indices, which are integers of any type.
///
/// permute(simd<float, 4>{1, 2, 3, 4}, simd<int, 4>{3, 3, 0, -2})  // {4, 4, 1, 3}
template <element T, std::size_t N, integer_element U, std::size_t M>
LANEWISE_TARGET_INLINE simd<T, M> permute(simd<T, N> v, simd<U, M> indices) {
  using to = simd<T, M>;
  using from = simd<T, N>;
  using index = impl::lane_index<T>;
  using larger = std::conditional_t<(M > N), to, from>;
  constexpr std::size_t lanes = from::lanes_per_register;
  const simd<index, M> lane = cast<index>(indices);
  return to::make([&](auto r) LANEWISE_ATTR_INLINE {
    constexpr typename larger::tag d;
    constexpr hn::RebindToUnsigned<typename larger::tag> di;
    // Those of two registers, where there are two: one instruction on AVX-512.
    constexpr auto in_table = static_cast<index>(from::registers > 1 ? 2 * lanes - 1 : lanes - 1);
    const auto table_indices =
        hn::IndicesFromVec(d, hn::And(hn::ResizeBitCast(di, lane.native(r)), hn::Set(di, in_table)));
    const auto look_up = [&](auto s) LANEWISE_ATTR_INLINE {
      constexpr typename larger::tag tag;
      if constexpr (from::registers == 1) {
        return hn::TableLookupLanes(hn::ResizeBitCast(tag, v.native()), table_indices);
      } else {
        return hn::TwoTablesLookupLanes(tag, v.native(s), v.native(s + 1), table_indices);
      }
    };
    const auto bit_set = [&](auto bit) LANEWISE_ATTR_INLINE {
      constexpr typename larger::tag tag;
      constexpr hn::RebindToUnsigned<typename larger::tag> tag_of_index;
      if constexpr (bit <= static_cast<index>(-1)) {
        const auto all = hn::ResizeBitCast(tag_of_index, lane.native(r));
        return hn::RebindMask(tag, hn::TestBit(all, hn::Set(tag_of_index, static_cast<index>(bit))));
      } else {
        // Eight-bit lanes of which there are more than 256: the indices' own type may tell.
        const auto upper_bits = cast<std::uint8_t>(cast<std::uint16_t>(indices) >> 8);
        const auto all = hn::ResizeBitCast(tag_of_index, upper_bits.native(r));
        return hn::RebindMask(tag, hn::TestBit(all, hn::Set(tag_of_index, static_cast<index>(bit >> 8))));
      }
    };
    return hn::ResizeBitCast(typename to::tag(), impl::look_up_registers<0, from::registers, lanes>(look_up, bit_set));
  });
}

/// M lanes from lane `offset` on, counted around.
template <std::size_t M, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, M> slice(simd<T, N> v, std::size_t offset) {
  using index = std::conditional_t<(N > 256 && sizeof(T) == 1), std::uint16_t, impl::lane_index<T>>;
  return permute(v, simd<index, M>::iota(static_cast<index>(offset)));
}

/// Lane `lane`, modulo N, in all N lanes.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> broadcast(simd<T, N> v, std::size_t lane) {
  using index = std::conditional_t<(N > 256 && sizeof(T) == 1), std::uint16_t, impl::lane_index<T>>;
  constexpr std::size_t lanes = simd<T, N>::lanes_per_register;
  const simd<T, lanes> one = permute(v, simd<index, lanes>(static_cast<index>(lane)));
  return simd<T, N>::make([&](auto) LANEWISE_ATTR_INLINE { return one.native(); });
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_PERMUTE_HPP
