// SPDX-License-Identifier: MIT
#include "lanewise/data/matrix.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <complex>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

using Catch::Matchers::Message;
using lanewise::col_major;
using lanewise::matrix;
using lanewise::matrix_view;
using lanewise::row_major;
using lanewise::strided;

namespace {

using owner = matrix<float>;
using column_owner = matrix<float, col_major>;

// A matrix stands where a view is asked for, a const or temporary one only for reading.
static_assert(std::is_convertible_v<owner&, matrix_view<float>>);
static_assert(std::is_convertible_v<owner&, matrix_view<const float>>);
static_assert(std::is_convertible_v<owner&, matrix_view<const float, strided>>);
static_assert(std::is_convertible_v<owner&, matrix_view<float, strided>>);
static_assert(std::is_convertible_v<const owner&, matrix_view<const float>>);
static_assert(std::is_convertible_v<owner, matrix_view<const float>>);
static_assert(!std::is_convertible_v<const owner&, matrix_view<float>>);
static_assert(!std::is_convertible_v<owner, matrix_view<float>>);
static_assert(!std::is_convertible_v<owner&, matrix_view<float, col_major>>);
static_assert(!std::is_convertible_v<column_owner&, matrix_view<const float, row_major>>);
static_assert(!std::is_convertible_v<owner&, matrix_view<const double>>);
static_assert(!std::is_convertible_v<matrix_view<float>, owner>);  // Copies are spelled out.
static_assert(std::is_constructible_v<owner, matrix_view<const float, strided>>);
static_assert(!std::is_constructible_v<owner, matrix_view<double>>);
static_assert(!std::is_constructible_v<owner, column_owner&>);

template <class M>
concept has_view = requires(M&& m) { std::forward<M>(m).view(); };
static_assert(has_view<owner&> && has_view<const owner&>);
static_assert(!has_view<owner> && !has_view<const owner>);

static_assert(std::is_nothrow_move_constructible_v<owner>);
static_assert(std::is_nothrow_move_assignable_v<owner>);

// Deduction.
static_assert(std::same_as<decltype(matrix_view(std::declval<owner&>())), matrix_view<float>>);
static_assert(
    std::same_as<decltype(matrix_view(std::declval<const column_owner&>())), matrix_view<const float, col_major>>);
static_assert(std::same_as<decltype(matrix{{1, 2}, {3, 4}}), matrix<int>>);
static_assert(std::same_as<decltype(matrix(std::declval<matrix_view<const float, strided>>())), matrix<float>>);
static_assert(std::same_as<decltype(matrix(std::declval<matrix_view<int, col_major>>())), matrix<int, col_major>>);

}  // namespace

TEST_CASE("matrix: construction") {
  CHECK(matrix<float>().rows() == 0);
  CHECK(matrix<float>().empty());

  const matrix<double> zeros(3, 4);
  CHECK(zeros.rows() == 3);
  CHECK(zeros.cols() == 4);
  CHECK(zeros.size() == 12);
  CHECK(zeros.leading_dimension() == 4);
  CHECK(zeros.view().leading_dimension() == 4);
  for (const double x : zeros.values()) {
    CHECK(x == 0);
  }
  const matrix<int, col_major> sevens(3, 4, 7);
  CHECK(sevens.leading_dimension() == 3);
  for (const int x : sevens.values()) {
    CHECK(x == 7);
  }
  CHECK(matrix<float>(3, 4, lanewise::uninitialized).size() == 12);
  CHECK(reinterpret_cast<std::uintptr_t>(zeros.data()) % lanewise::buffer_alignment == 0);

  const matrix<std::complex<float>> c(1, 2, {1, 2});
  CHECK(c(0, 1).imag() == 2);
}

TEST_CASE("matrix: from rows, in either layout") {
  const matrix<int> a = {{1, 2, 3}, {4, 5, 6}};
  const matrix<int, col_major> b = {{1, 2, 3}, {4, 5, 6}};
  REQUIRE(a.rows() == 2);
  REQUIRE(a.cols() == 3);
  REQUIRE(b.rows() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK(a(i, j) == static_cast<int>(3 * i + j + 1));
      CHECK(b(i, j) == a(i, j));
    }
  }
  CHECK(a.values()[1] == 2);
  CHECK(b.values()[1] == 4);
  CHECK(a.row(1)[2] == 6);
  CHECK(b.col(1)[1] == 5);

  const matrix<int> no_cols = {{}, {}, {}};
  CHECK(no_cols.rows() == 3);
  CHECK(no_cols.cols() == 0);
  CHECK_THROWS_MATCHES((matrix<int>{{1, 2}, {3}}), std::invalid_argument,
                       Message("matrix: row 1 of the list has 1 elements, the first row has 2"));
}

TEST_CASE("matrix: dimension 0") {
  for (const auto& m : {matrix<float>(0, 5), matrix<float>(5, 0), matrix<float>(0, 0)}) {
    CHECK(m.empty());
    CHECK(m.size() == 0);
    CHECK(m.values().empty());
    CHECK(m.data() == nullptr);
    CHECK(m.view().empty());
    const matrix<float> copy(m);
    CHECK(copy.rows() == m.rows());
    CHECK(copy.cols() == m.cols());
  }
  CHECK(matrix<float>(5, 0).row(4).empty());
}

TEST_CASE("matrix: sizes that cannot be") {
  constexpr std::size_t max = std::numeric_limits<std::size_t>::max();
  CHECK_THROWS_AS(matrix<float>(max, 2), std::invalid_argument);
  CHECK_THROWS_AS(matrix<float>(2, max), std::invalid_argument);
  CHECK_THROWS_AS(matrix<float>(max, 0), std::invalid_argument);
  CHECK_THROWS_AS(matrix<float>(max / 2 + 1, 2), std::invalid_argument);
  CHECK_THROWS_AS((matrix<float, col_major>(std::size_t{1} << 32, std::size_t{1} << 32, 1.0F)), std::invalid_argument);
}

TEST_CASE("matrix: copies and moves") {
  matrix<int> a = {{1, 2}, {3, 4}};
  matrix<int> b = a;
  CHECK(b.data() != a.data());
  b(0, 0) = 9;
  CHECK(a(0, 0) == 1);

  SECTION("assignment of the same shape keeps the memory") {
    int* p = a.data();
    a = b;
    CHECK(a.data() == p);
    CHECK(a(0, 0) == 9);
  }
  SECTION("assignment of another shape") {
    a = matrix<int>(1, 3, 5);
    CHECK(a.rows() == 1);
    CHECK(a(0, 2) == 5);
    const matrix<int> c(4, 1, 6);
    a = c;
    CHECK(a.rows() == 4);
    CHECK(a(3, 0) == 6);
  }
  SECTION("of itself") {
    auto& same = a;
    a = same;
    CHECK(a(1, 1) == 4);
    a = std::move(same);
    CHECK(a(1, 1) == 4);
  }
  SECTION("moves") {
    int* p = a.data();
    matrix<int> c = std::move(a);
    CHECK(c.data() == p);
    CHECK(a.rows() == 0);  // NOLINT(bugprone-use-after-move): 0 x 0 is documented
    CHECK(a.cols() == 0);
    CHECK(a.empty());
    std::swap(c, b);
    CHECK(b.data() == p);
    CHECK(b(1, 0) == 3);
    CHECK(c(0, 0) == 9);
    b = matrix<int>();
    CHECK(b.empty());
  }
}

TEST_CASE("matrix: from views of any layout") {
  std::vector<int> x(60);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = static_cast<int>(i);
  }
  const matrix_view<const int> v(x.data(), 3, 4, 10);
  const matrix<int> rows(v);
  const matrix<int, col_major> cols(v);
  const matrix<int> reversed(matrix_view(x.data() + 59, 3, 4, -10, -2));
  const matrix<int> turned(matrix_view<const int, strided>(v.transposed()).block(0, 0, 2, 3));
  REQUIRE(rows.cols() == 4);
  REQUIRE(turned.rows() == 2);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK(rows(i, j) == v(i, j));
      CHECK(cols(i, j) == v(i, j));
      CHECK(reversed(i, j) == static_cast<int>(59 - 10 * i - 2 * j));
    }
  }
  CHECK(turned(1, 2) == v(2, 1));
  CHECK(matrix<int>(matrix_view<int>()).empty());
}

TEST_CASE("matrix: writing through a view") {
  matrix<float> a(2, 3);
  const matrix_view<float, strided> v = a;
  v(1, 2) = 5;
  CHECK(a(1, 2) == 5);
  a.view().transposed()(0, 1) = 6;
  CHECK(a(1, 0) == 6);
  a.row(0)[1] = 7;
  CHECK(a(0, 1) == 7);
  a(0, 0) = 8;
  CHECK(a.values()[0] == 8);
}
