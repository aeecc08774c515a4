// SPDX-License-Identifier: MIT
// tile: a loop nest cut into blocks of a fixed shape, with smaller ones at the edges.

#include "lanewise/config/highway.hpp"

#include <array>
#include <cstddef>

#if defined(LANEWISE_LOOPS_TILE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_LOOPS_TILE_HPP
#undef LANEWISE_LOOPS_TILE_HPP
#else
#define LANEWISE_LOOPS_TILE_HPP
#endif

LANEWISE_BEGIN_TARGET

/// Cuts a space of `shape` = {n0, n1, ...} into tiles of Size... and calls body(begin, size) for each, two arrays with
/// one entry for each dimension; the last dimension runs fastest. Tiles at the far edges are smaller. Every point
/// belongs to exactly one tile; an empty dimension means no calls. Dimensions: 1 to 3. No memory, no threads.
///
/// tile<2, 4>({3, 6}, [](auto begin, auto size) { ... });  // (0,0) 2x4, (0,4) 2x2, (2,0) 1x4, (2,4) 1x2
template <std::size_t... Size, class Body>
LANEWISE_TARGET_INLINE void tile(std::array<std::size_t, sizeof...(Size)> shape, Body&& body) {
  constexpr std::size_t dimensions = sizeof...(Size);
  static_assert(dimensions >= 1 && dimensions <= 3, "tile<...> serves 1 to 3 dimensions");
  static_assert(((Size > 0) && ...), "tile<...>: each size must be at least 1");
  constexpr std::array<std::size_t, dimensions> full{Size...};

  std::array<std::size_t, dimensions> begin{};
  std::array<std::size_t, dimensions> size{};
  const auto along = [&](auto& self, auto dimension) LANEWISE_ATTR -> void {
    constexpr std::size_t d = dimension;
    if constexpr (d == dimensions) {
      body(begin, size);
    } else {
      for (std::size_t i = 0; i < shape[d]; i += size[d]) {
        begin[d] = i;
        size[d] = shape[d] - i < full[d] ? shape[d] - i : full[d];
        self(self, std::integral_constant<std::size_t, d + 1>());
      }
    }
  };
  along(along, std::integral_constant<std::size_t, 0>());
}

LANEWISE_END_TARGET

#endif  // LANEWISE_LOOPS_TILE_HPP
