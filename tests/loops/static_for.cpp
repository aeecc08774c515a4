// SPDX-License-Identifier: MIT
// static_for: indices in order and usable as constants.
#include <lanewise/loops/static_for.hpp>
#include <lanewise/simd/simd.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <vector>

TEST_CASE("static_for calls its body with 0 to n - 1, in order") {
  std::vector<std::size_t> seen;
  lanewise::static_for<5>([&]<std::size_t i>() { seen.push_back(i); });
  CHECK(seen == std::vector<std::size_t>{0, 1, 2, 3, 4});
  lanewise::static_for<0>([]<std::size_t>() { FAIL("no index to call with"); });
}

TEST_CASE("static_for's index is a constant expression") {
  std::size_t lanes = 0;
  lanewise::static_for<4>([&]<std::size_t i>() { lanes += lanewise::simd<float, (std::size_t{1} << i)>::size(); });
  CHECK(lanes == 1 + 2 + 4 + 8);
  const std::array<int, 3> values{7, 8, 9};
  int sum = 0;
  lanewise::static_for<3>([&]<std::size_t i>() { sum += std::get<i>(values); });
  CHECK(sum == 24);
}

TEST_CASE("static_for over an array of vectors") {
  std::array<lanewise::simd<float, 4>, 6> rows;
  lanewise::static_for<6>([&]<std::size_t i>() LANEWISE_ATTR { rows[i] = static_cast<float>(i); });
  for (std::size_t i = 0; i < 6; ++i) CHECK(rows[i][3] == static_cast<float>(i));
}
