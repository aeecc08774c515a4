// SPDX-License-Identifier: MIT
#include "lanewise/data/overlap.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <random>
#include <set>
#include <vector>

#include "lanewise/data/matrix.hpp"

using lanewise::col_major;
using lanewise::matrix;
using lanewise::matrix_view;
using lanewise::shares_elements;
using lanewise::strided;

namespace {

template <class V>
std::set<const void*> addresses(const V& v) {
  std::set<const void*> result;
  for (std::size_t i = 0; i < v.rows(); ++i) {
    for (std::size_t j = 0; j < v.cols(); ++j) {
      result.insert(&v(i, j));
    }
  }
  return result;
}

template <class V, class W>
bool share(const V& v, const W& w) {
  const auto a = addresses(v);
  for (const void* p : addresses(w)) {
    if (a.contains(p)) {
      return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("shares_elements: views of one matrix") {
  matrix<float> m(8, 8);
  const auto v = m.view();
  matrix<float> other(8, 8);
  CHECK(shares_elements(v, v));
  CHECK(shares_elements(v, v.transposed()));
  CHECK(!shares_elements(v, other.view()));
  CHECK(!shares_elements(v.block(0, 0, 8, 4), v.block(0, 4, 8, 4)));
  CHECK(shares_elements(v.block(0, 0, 8, 5), v.block(0, 4, 8, 4)));
  CHECK(!shares_elements(v.block(0, 0, 4, 4), v.block(4, 4, 4, 4).transposed()));
  CHECK(!shares_elements(v.block(0, 0, 0, 4), v));
  CHECK(!shares_elements(matrix_view<float>(), v));

  // Real and imaginary parts; even and odd columns of rows of odd length.
  float* p = m.data();
  CHECK(!shares_elements(matrix_view(p, 4, 4, 16, 2), matrix_view(p + 1, 4, 4, 16, 2)));
  CHECK(!shares_elements(matrix_view(p, 4, 4, 9, 2), matrix_view(p + 1, 4, 4, 9, 2)));
  CHECK(shares_elements(matrix_view(p, 4, 4, 9, 2), matrix_view(p + 2, 4, 4, 9, 2)));

  // Backwards and repeated.
  CHECK(shares_elements(matrix_view(p + 63, 8, 8, -8, -1), v));
  CHECK(!shares_elements(matrix_view(p + 31, 4, 8, -8, -1), v.block(4, 0, 4, 8)));
  CHECK(shares_elements(matrix_view(p + 40, 100, 8, 0, 1), v.block(5, 7, 1, 1)));
  CHECK(!shares_elements(matrix_view(p + 40, 100, 8, 0, 1), v.block(6, 0, 1, 8)));

  // Elements of another size.
  const matrix_view bytes(reinterpret_cast<const unsigned char*>(p) + 3, 1, 1);
  CHECK(shares_elements(bytes, v.block(0, 0, 1, 1)));
  CHECK(!shares_elements(bytes, v.block(0, 1, 1, 1)));
}

TEST_CASE("shares_elements: packed layouts against sets of addresses") {
  std::vector<short> x(400);
  std::mt19937 random(7);
  const auto draw = [&](std::size_t low, std::size_t high) {
    return std::uniform_int_distribution<std::size_t>(low, high)(random);
  };
  int shared = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::size_t m = draw(0, 5), n = draw(0, 5), k = draw(0, 5), l = draw(0, 5);
    // Braces: the draws happen from left to right, the same for every compiler.
    const matrix_view a{x.data() + draw(0, 60), m, n, n + draw(0, 12)};
    const matrix_view b{x.data() + draw(0, 60), k, l, l + draw(0, 12)};
    const matrix_view<short, col_major> c{x.data() + draw(0, 60), k, l, k + draw(0, 12)};
    INFO(round);
    REQUIRE(shares_elements(a, b) == share(a, b));
    REQUIRE(shares_elements(a, c) == share(a, c));
    REQUIRE(shares_elements(c, a) == share(a, c));
    shared += share(a, b) ? 1 : 0;
  }
  CHECK(shared > 300);
  CHECK(shared < 2700);
}

TEST_CASE("shares_elements: strided views are never declared apart if they share") {
  std::vector<short> x(400);
  std::mt19937 random(8);
  const auto draw = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  int apart = 0;
  int found_apart = 0;
  for (int round = 0; round < 5000; ++round) {
    const auto view = [&] {
      return matrix_view{x.data() + draw(180, 220), static_cast<std::size_t>(draw(0, 5)),
                         static_cast<std::size_t>(draw(0, 5)), std::ptrdiff_t{draw(-20, 20)},
                         std::ptrdiff_t{draw(-20, 20)}};
    };
    const auto a = view();
    const auto b = view();
    INFO(round);
    if (share(a, b)) {
      REQUIRE(shares_elements(a, b));
    } else {
      ++apart;
      found_apart += shares_elements(a, b) ? 0 : 1;
    }
  }
  CAPTURE(apart, found_apart);
  CHECK(2 * found_apart > apart);
}
