// SPDX-License-Identifier: MIT
#include "lanewise/data/matrix_view.hpp"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <concepts>
#include <cstddef>
#include <limits>
#include <numeric>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

using Catch::Matchers::Message;
using lanewise::as_matrix;
using lanewise::col_major;
using lanewise::matrix_view;
using lanewise::row_major;
using lanewise::strided;
using lanewise::detail::describe;

namespace {

constexpr std::size_t max_size = std::numeric_limits<std::size_t>::max();
constexpr std::ptrdiff_t max_stride = std::numeric_limits<std::ptrdiff_t>::max();
constexpr std::ptrdiff_t min_stride = std::numeric_limits<std::ptrdiff_t>::min();

template <class From, class To>
constexpr bool converts = std::is_convertible_v<From, To> && std::is_constructible_v<To, From>;
template <class From, class To>
constexpr bool never = !std::is_convertible_v<From, To> && !std::is_constructible_v<To, From>;

// Views are plain data.
static_assert(std::is_trivially_copyable_v<matrix_view<float>>);
static_assert(std::is_trivially_copyable_v<matrix_view<const double, strided>>);
static_assert(std::is_trivially_destructible_v<matrix_view<float, col_major>>);

// Conversions that lose nothing.
static_assert(converts<matrix_view<float>, matrix_view<const float>>);
static_assert(converts<matrix_view<float, strided>, matrix_view<const float, strided>>);
static_assert(converts<matrix_view<float, row_major>, matrix_view<float, strided>>);
static_assert(converts<matrix_view<float, col_major>, matrix_view<float, strided>>);
static_assert(converts<matrix_view<float, col_major>, matrix_view<const float, strided>>);
// Conversions that would transpose, lose const or reinterpret elements.
static_assert(never<matrix_view<float, row_major>, matrix_view<float, col_major>>);
static_assert(never<matrix_view<float, col_major>, matrix_view<float, row_major>>);
static_assert(never<matrix_view<float, col_major>, matrix_view<const float, row_major>>);
static_assert(never<matrix_view<float, strided>, matrix_view<float, row_major>>);
static_assert(never<matrix_view<float, strided>, matrix_view<float, col_major>>);
static_assert(never<matrix_view<const float>, matrix_view<float>>);
static_assert(never<matrix_view<const float>, matrix_view<float, strided>>);
static_assert(never<matrix_view<float>, matrix_view<double>>);
static_assert(never<matrix_view<float>, matrix_view<const double>>);
static_assert(never<matrix_view<int>, matrix_view<unsigned>>);

// Constructors fit the layout.
static_assert(!std::is_constructible_v<matrix_view<float, strided>, float*, int, int>);
static_assert(!std::is_constructible_v<matrix_view<float, strided>, float*, int, int, int>);
static_assert(!std::is_constructible_v<matrix_view<float>, float*, int, int, int, int>);
static_assert(!std::is_constructible_v<matrix_view<float>, const float*, int, int>);

// Members fit the layout.
template <class V>
concept has_row = requires(V v) { v.row(0); };
template <class V>
concept has_col = requires(V v) { v.col(0); };
template <class V>
concept has_leading_dimension = requires(V v) { v.leading_dimension(); };
static_assert(has_row<matrix_view<int>> && !has_col<matrix_view<int>>);
static_assert(!has_row<matrix_view<int, col_major>> && has_col<matrix_view<int, col_major>>);
static_assert(!has_row<matrix_view<int, strided>> && !has_col<matrix_view<int, strided>>);
static_assert(has_leading_dimension<matrix_view<int>>);
static_assert(has_leading_dimension<matrix_view<int, col_major>>);
static_assert(!has_leading_dimension<matrix_view<int, strided>>);

// Only memory that stays.
template <class X>
concept seen_as_matrix = requires(X&& x) { as_matrix(std::forward<X>(x), 2, 3); };
static_assert(seen_as_matrix<std::vector<int>&> && seen_as_matrix<std::span<int>>);
static_assert(!seen_as_matrix<std::vector<int>> && !seen_as_matrix<int*>);

// Deduction.
constexpr float* pointer = nullptr;
constexpr const float* const_pointer = nullptr;
static_assert(std::same_as<decltype(matrix_view(pointer, 0, 0)), matrix_view<float, row_major>>);
static_assert(std::same_as<decltype(matrix_view(const_pointer, 0, 0)), matrix_view<const float>>);
static_assert(std::same_as<decltype(matrix_view(pointer, 0, 0, 0)), matrix_view<float>>);
static_assert(std::same_as<decltype(matrix_view(pointer, 0, 0, 0, 0)), matrix_view<float, strided>>);

// Whole views are usable at compile time.
constexpr std::array<int, 6> fixed = {1, 2, 3, 4, 5, 6};
constexpr matrix_view<const int> fixed_view(fixed.data(), 2, 3);
static_assert(fixed_view(1, 0) == 4 && fixed_view.transposed()(2, 1) == 6);
static_assert(fixed_view.block(1, 1, 1, 2)(0, 1) == 6);
static_assert(fixed_view.col_stride() == 1 && fixed_view.transposed().row_stride() == 1);

std::vector<int> numbers(std::size_t n) {
  std::vector<int> x(n);
  std::iota(x.begin(), x.end(), 0);
  return x;
}

}  // namespace

TEST_CASE("matrix_view: row-major") {
  auto x = numbers(40);
  const matrix_view v(x.data(), 3, 4);
  CHECK(v.data() == x.data());
  CHECK(v.rows() == 3);
  CHECK(v.cols() == 4);
  CHECK(v.size() == 12);
  CHECK(!v.empty());
  CHECK(v.row_stride() == 4);
  CHECK(v.col_stride() == 1);
  CHECK(v.leading_dimension() == 4);
  CHECK(v(2, 3) == 11);
  CHECK(&v(1, 0) == x.data() + 4);

  const matrix_view padded(x.data(), 3, 4, 10);
  CHECK(padded.leading_dimension() == 10);
  CHECK(padded(2, 3) == 23);
  CHECK(padded.row(1).data() == x.data() + 10);
  CHECK(padded.row(1).size() == 4);
  padded(1, 1) = -1;
  CHECK(x[11] == -1);
}

TEST_CASE("matrix_view: column-major") {
  auto x = numbers(40);
  const matrix_view<int, col_major> v(x.data(), 3, 4);
  CHECK(v.row_stride() == 1);
  CHECK(v.col_stride() == 3);
  CHECK(v.leading_dimension() == 3);
  CHECK(v(2, 3) == 11);
  CHECK(v(1, 0) == 1);

  const matrix_view<int, col_major> padded(x.data(), 3, 4, 10);
  CHECK(padded(2, 3) == 32);
  CHECK(padded.col(3).data() == x.data() + 30);
  CHECK(padded.col(3).size() == 3);
}

TEST_CASE("matrix_view: strided, also backwards and repeated") {
  auto x = numbers(40);
  const matrix_view every_second(x.data(), 3, 4, 10, 2);
  CHECK(every_second(2, 3) == 26);
  CHECK(every_second.row_stride() == 10);
  CHECK(every_second.col_stride() == 2);

  const matrix_view backwards(x.data() + 29, 3, 4, -10, -1);
  CHECK(backwards(0, 0) == 29);
  CHECK(backwards(2, 3) == 6);
  CHECK(backwards.block(1, 2, 2, 2)(1, 1) == 6);

  const matrix_view one_row(x.data() + 5, 7, 4, 0, 1);
  CHECK(one_row(6, 3) == 8);
  CHECK(one_row.transposed()(3, 6) == 8);
}

TEST_CASE("matrix_view: transposed exchanges the packed layouts") {
  auto x = numbers(40);
  const matrix_view v(x.data(), 3, 4, 10);
  const auto t = v.transposed();
  STATIC_REQUIRE(std::same_as<decltype(t), const matrix_view<int, col_major>>);
  STATIC_REQUIRE(std::same_as<decltype(t.transposed()), matrix_view<int, row_major>>);
  CHECK(t.rows() == 4);
  CHECK(t.cols() == 3);
  CHECK(t.leading_dimension() == 10);
  const matrix_view<const int, strided> s = v;
  STATIC_REQUIRE(std::same_as<decltype(s.transposed()), matrix_view<const int, strided>>);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      CHECK(t(j, i) == v(i, j));
      CHECK(s(i, j) == v(i, j));
      CHECK(s.transposed()(j, i) == v(i, j));
    }
  }
}

TEST_CASE("matrix_view: blocks") {
  auto x = numbers(40);
  const matrix_view v(x.data(), 3, 4, 10);
  const auto b = v.block(1, 2, 2, 2);
  CHECK(b(0, 0) == 12);
  CHECK(b(1, 1) == 23);
  CHECK(b.leading_dimension() == 10);
  const matrix_view<int, col_major> c(x.data(), 3, 4, 10);
  CHECK(c.block(1, 2, 2, 2)(1, 1) == 32);
  CHECK(v.block(0, 0, 3, 4).data() == v.data());

  // Empty blocks are allowed at and inside the border.
  CHECK(v.block(3, 4, 0, 0).empty());
  CHECK(v.block(3, 0, 0, 4).cols() == 4);
  CHECK(v.block(0, 4, 3, 0).rows() == 3);

  CHECK_THROWS_MATCHES(v.block(1, 2, 3, 2), std::out_of_range,
                       Message("matrix_view: block of 3 x 2 at (1, 2) of 3 x 4, row-major, ld 10"));
  CHECK_THROWS_AS(v.block(4, 0, 0, 0), std::out_of_range);
  CHECK_THROWS_AS(v.block(0, 5, 0, 0), std::out_of_range);
  CHECK_THROWS_AS(v.block(0, 3, 1, 2), std::out_of_range);
  CHECK_THROWS_AS(v.block(1, 0, max_size, 1), std::out_of_range);
  CHECK_THROWS_AS(v.block(0, max_size, 1, 2), std::out_of_range);
}

TEST_CASE("matrix_view: empty ones need no memory") {
  int* const null = nullptr;
  CHECK(matrix_view<int>().empty());
  CHECK(matrix_view<int>().data() == nullptr);
  const matrix_view no_rows(null, 0, 5);
  CHECK(no_rows.empty());
  CHECK(no_rows.size() == 0);
  CHECK(no_rows.cols() == 5);
  const matrix_view no_cols(null, 5, 0, 7);
  CHECK(no_cols.empty());
  CHECK(no_cols.row(3).empty());
  CHECK(no_cols.block(2, 0, 2, 0).rows() == 2);
  CHECK(no_cols.transposed().col(3).empty());
  CHECK(matrix_view(null, 5, 0, -7, 3).empty());
  CHECK(matrix_view(null, 0, 0).transposed().rows() == 0);
}

TEST_CASE("matrix_view: bad arguments") {
  int x = 0;
  int* const null = nullptr;
  using column = matrix_view<int, col_major>;

  SECTION("null") {
    CHECK_THROWS_MATCHES(matrix_view(null, 2, 3), std::invalid_argument,
                         Message("matrix_view: null pointer for 2 x 3 elements"));
    CHECK_THROWS_AS(matrix_view(null, 2, 3, 4), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(null, 2, 3, 4, 1), std::invalid_argument);
    CHECK_THROWS_AS(column(null, 2, 3), std::invalid_argument);
  }
  SECTION("leading dimension") {
    CHECK_THROWS_MATCHES(matrix_view(&x, 2, 4, 3), std::invalid_argument,
                         Message("matrix_view: leading dimension 3 for 2 x 4, row-major; at least "
                                 "4 is needed"));
    CHECK_THROWS_MATCHES(column(&x, 4, 2, 3), std::invalid_argument,
                         Message("matrix_view: leading dimension 3 for 4 x 2, column-major; at "
                                 "least 4 is needed"));
    CHECK_THROWS_AS(matrix_view(&x, 1, 4, 0), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(null, 0, 4, 3), std::invalid_argument);
  }
  SECTION("sizes") {
    CHECK_THROWS_MATCHES(matrix_view(&x, std::size_t{1} << 40, std::size_t{1} << 40), std::invalid_argument,
                         Message("matrix_view: 1099511627776 x 1099511627776 elements of 4 bytes with stride "
                                 "1099511627776 are more than memory can hold (a negative size?)"));
    CHECK_THROWS_AS(matrix_view(&x, max_size, 1), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 1, max_size), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, max_size, 0), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 0, max_size), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 2, 2, max_size), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 3, 2, max_size / 8), std::invalid_argument);
    CHECK_THROWS_AS(column(&x, max_size / 4, 4), std::invalid_argument);
    CHECK_THROWS_AS(column(&x, 0, 2, max_size), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 3, 2, max_stride, std::ptrdiff_t{1}), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 3, 2, min_stride, std::ptrdiff_t{1}), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 2, 3, std::ptrdiff_t{1}, min_stride), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, 2, 3, max_stride / 8, max_stride / 8), std::invalid_argument);
    CHECK_THROWS_AS(matrix_view(&x, max_size / 16, 3, 8, 1), std::invalid_argument);
    CHECK_NOTHROW(matrix_view(&x, 2, 2, max_stride / 8, max_stride / 16));
  }
}

TEST_CASE("as_matrix checks the size of a span") {
  auto x = numbers(6);
  const auto a = as_matrix(x, 2, 3);
  STATIC_REQUIRE(std::same_as<decltype(a), const matrix_view<int, row_major>>);
  CHECK(a(1, 0) == 3);
  const auto b = as_matrix<col_major>(std::as_const(x), 2, 3);
  STATIC_REQUIRE(std::same_as<decltype(b), const matrix_view<const int, col_major>>);
  CHECK(b(1, 0) == 1);
  int c[6] = {1, 2, 3, 4, 5, 6};
  CHECK(as_matrix(c, 3, 2)(2, 1) == 6);
  CHECK(as_matrix(std::span(c).first(4), 2, 2)(1, 1) == 4);
  CHECK(as_matrix(fixed, 1, 6)(0, 5) == 6);

  CHECK_THROWS_MATCHES(as_matrix(x, 2, 2), std::invalid_argument, Message("as_matrix: 6 elements for 2 x 2"));
  CHECK_THROWS_AS(as_matrix(x, 3, 3), std::invalid_argument);
  CHECK_THROWS_AS(as_matrix(x, max_size, 2), std::invalid_argument);
  CHECK_THROWS_AS(as_matrix(x, (std::size_t{1} << 63) + 3, 2), std::invalid_argument);
  CHECK_THROWS_AS(as_matrix(std::span<int>(), 1, 1), std::invalid_argument);
  const auto none = as_matrix(std::span<int>(), 3, 0);
  CHECK(none.rows() == 3);
  CHECK(none.cols() == 0);
}

TEST_CASE("matrix_view: has_distinct_elements against counting addresses") {
  std::vector<char> x(1000);
  const matrix_view<char> packed(x.data(), 3, 4);
  CHECK(packed.has_distinct_elements());
  for (std::ptrdiff_t r = -7; r <= 7; ++r) {
    for (std::ptrdiff_t c = -7; c <= 7; ++c) {
      for (std::size_t m = 0; m < 6; ++m) {
        for (std::size_t n = 0; n < 6; ++n) {
          const matrix_view v(x.data() + 500, m, n, r, c);
          std::set<const char*> addresses;
          for (std::size_t i = 0; i < m; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
              addresses.insert(&v(i, j));
            }
          }
          INFO(describe(v));
          REQUIRE(v.has_distinct_elements() == (addresses.size() == m * n));
        }
      }
    }
  }
}

TEST_CASE("describe") {
  int x[100];
  CHECK(describe(matrix_view(x, 3, 4, 7)) == "3 x 4, row-major, ld 7");
  CHECK(describe(matrix_view(x, 3, 4).transposed()) == "4 x 3, column-major, ld 4");
  CHECK(describe(matrix_view(x + 50, 3, 4, 7, -1)) == "3 x 4, strided, strides 7 and -1");
  CHECK(describe(matrix_view<int>()) == "0 x 0, row-major, ld 0");
}
