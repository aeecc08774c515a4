// SPDX-License-Identifier: MIT
// Rows of a table in memory, a row a lane, transposed to columns.

#include <array>
#include <cstdint>

#include "lanewise/simd/math/detail/piecewise.hpp"
#include "lanewise/simd/math/detail/tangents.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_LOOK_UP_ROWS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_LOOK_UP_ROWS_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_LOOK_UP_ROWS_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_LOOK_UP_ROWS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// The three columns of the rows that the low bits of `index` name.
template <std::size_t N, std::size_t Rows>
LANEWISE_TARGET_INLINE std::array<simd<double, N>, 3> look_up_rows(const detail::tangents<Rows>& table,
                                                                   simd<std::uint64_t, N> index) {
  using V = simd<double, N>;
  using native = typename V::native_type;
  using D = hn::DFromV<native>;
  constexpr std::uint64_t mask = detail::tangents<Rows>::allocated - 1;
  struct registers {
    native c0, c1, c2;
  };
  const auto one = [&](auto r) LANEWISE_ATTR_INLINE {
    const auto i = index.native(r);
    if constexpr (hn::MaxLanes(D()) == 4) {
      // A register is as long as a row: four loads instead of eight. The mask is left to the scalar units, which are
      // idle.
      const D d;
      const native r0 = hn::Load(d, table.row[hn::ExtractLane(i, 0) & mask]);
      const native r1 = hn::Load(d, table.row[hn::ExtractLane(i, 1) & mask]);
      const native r2 = hn::Load(d, table.row[hn::ExtractLane(i, 2) & mask]);
      const native r3 = hn::Load(d, table.row[hn::ExtractLane(i, 3) & mask]);
      const native low01 = hn::InterleaveLower(d, r0, r1), low23 = hn::InterleaveLower(d, r2, r3);
      return registers{
          hn::ConcatLowerLower(d, low23, low01),
          hn::ConcatLowerLower(d, hn::InterleaveUpper(d, r2, r3), hn::InterleaveUpper(d, r0, r1)),
          hn::ConcatUpperUpper(d, low23, low01),
      };
    } else {
      using Indices = hn::Vec<hn::DFromV<decltype(i)>>;
      const auto masked = hn::And(i, hn::Set(hn::DFromV<Indices>(), mask));
      const transposed_columns<detail::tangents<Rows>, Indices> columns(table, masked);
      return registers{columns.template get<0>(), columns.template get<1>(), columns.template get<2>()};
    }
  };
  if constexpr (V::registers == 1) {
    const registers only = one(std::integral_constant<std::size_t, 0>());
    const auto of = [](native v) LANEWISE_ATTR_INLINE { return V::make([&](auto) LANEWISE_ATTR_INLINE { return v; }); };
    return {of(only.c0), of(only.c1), of(only.c2)};
  } else {
    return [&]<std::size_t... r>(std::index_sequence<r...>) LANEWISE_ATTR_INLINE {
      const registers all[] = {one(std::integral_constant<std::size_t, r>())...};
      return std::array<V, 3>{V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].c0; }),
                              V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].c1; }),
                              V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].c2; })};
    }(std::make_index_sequence<V::registers>());
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_LOOK_UP_ROWS_HPP
