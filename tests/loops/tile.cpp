// SPDX-License-Identifier: MIT
// tile: each point in exactly one tile, in order, in 1 to 3 dimensions.
#include <lanewise/loops/tile.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace {

/// Tiles a space and checks sizes, order and cover.
template <std::size_t... Size>
void check(std::array<std::size_t, sizeof...(Size)> shape) {
  constexpr std::size_t dimensions = sizeof...(Size);
  constexpr std::array<std::size_t, dimensions> full{Size...};
  std::size_t points = 1, tiles = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    points *= shape[d];
    tiles *= (shape[d] + full[d] - 1) / full[d];
  }
  std::vector<int> seen(points, 0);
  std::vector<std::array<std::size_t, dimensions>> begins;
  bool sizes_are_right = true;
  lanewise::tile<Size...>(shape, [&](auto begin, auto size) {
    begins.push_back(begin);
    std::size_t volume = 1;
    for (std::size_t d = 0; d < dimensions; ++d) {
      sizes_are_right = sizes_are_right && begin[d] % full[d] == 0 && size[d] == std::min(full[d], shape[d] - begin[d]);
      volume *= size[d];
    }
    for (std::size_t p = 0; p < volume; ++p) {
      std::size_t rest = p, index = 0, stride = 1;
      for (std::size_t d = dimensions; d-- > 0;) {
        index += (begin[d] + rest % size[d]) * stride;
        rest /= size[d];
        stride *= shape[d];
      }
      ++seen.at(index);
    }
  });
  CHECK(sizes_are_right);
  CHECK(begins.size() == tiles);
  CHECK(std::ranges::all_of(seen, [](int times) { return times == 1; }));
  CHECK(std::ranges::is_sorted(begins));  // the last dimension runs fastest
}

}  // namespace

TEST_CASE("tile covers one dimension") {
  for (std::size_t n = 0; n <= 20; ++n) {
    check<1>({n});
    check<4>({n});
    check<7>({n});
  }
}

TEST_CASE("tile covers two dimensions") {
  for (std::size_t m : {0U, 1U, 2U, 3U, 5U, 8U, 13U}) {
    for (std::size_t n : {0U, 1U, 3U, 4U, 9U, 17U}) {
      check<2, 4>({m, n});
      check<5, 1>({m, n});
    }
  }
}

TEST_CASE("tile covers three dimensions") {
  for (std::size_t l : {0U, 1U, 4U, 5U}) {
    for (std::size_t m : {0U, 1U, 6U, 7U}) {
      for (std::size_t n : {0U, 1U, 2U, 9U}) check<2, 3, 4>({l, m, n});
    }
  }
}

TEST_CASE("tile's documented example") {
  std::vector<std::array<std::size_t, 4>> tiles;
  lanewise::tile<2, 4>({3, 6}, [&](auto begin, auto size) { tiles.push_back({begin[0], begin[1], size[0], size[1]}); });
  CHECK(tiles == std::vector<std::array<std::size_t, 4>>{{0, 0, 2, 4}, {0, 4, 2, 2}, {2, 0, 1, 4}, {2, 4, 1, 2}});
}
