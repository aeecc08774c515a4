// SPDX-License-Identifier: MIT
// What a debug build checks on each access. Compiled without NDEBUG also in release builds.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "lanewise/data/matrix.hpp"
#include "unchecked_part.hpp"

using Catch::Matchers::Message;
using lanewise::col_major;
using lanewise::matrix;
using lanewise::matrix_view;
using lanewise::strided;

static_assert(lanewise::detail::checked_access);

TEST_CASE("elements, rows and columns outside the shape") {
  std::array<int, 40> x{};
  const matrix_view v(x.data(), 3, 4, 10);
  CHECK_THROWS_MATCHES(v(3, 0), std::out_of_range, Message("matrix_view: element (3, 0) of 3 x 4, row-major, ld 10"));
  CHECK_THROWS_AS(v(0, 4), std::out_of_range);
  CHECK_THROWS_AS(v(0, static_cast<std::size_t>(-1)), std::out_of_range);
  CHECK_THROWS_AS(v.row(3), std::out_of_range);
  CHECK_THROWS_AS(v.transposed().col(3), std::out_of_range);
  CHECK_THROWS_AS(v.transposed()(0, 3), std::out_of_range);
  CHECK_THROWS_AS((matrix_view<int, strided>(v)(0, 4)), std::out_of_range);
  CHECK_THROWS_AS(v.block(1, 1, 2, 2)(2, 0), std::out_of_range);
  CHECK_THROWS_AS(matrix_view<int>()(0, 0), std::out_of_range);

  matrix<float, col_major> m(2, 3);
  CHECK_THROWS_AS(m(2, 0), std::out_of_range);
  CHECK_THROWS_AS(std::as_const(m)(0, 3), std::out_of_range);
  CHECK_THROWS_AS(m.col(3), std::out_of_range);
  CHECK_THROWS_AS(matrix<float>(2, 3).row(2), std::out_of_range);
}

TEST_CASE("a view notices that its matrix is gone") {
  std::optional<matrix<float>> owner(std::in_place, 2, 3);
  const matrix_view<float> v = owner->view();
  const matrix_view<const float, strided> s = v;
  const auto t = v.transposed().block(1, 0, 2, 2);
  CHECK(v(1, 2) == 0);
  CHECK(s(1, 2) == 0);
  CHECK(t(1, 1) == 0);

  SECTION("destroyed") { owner.reset(); }
  SECTION("replaced by another shape") { *owner = matrix<float>(3, 3); }
  SECTION("copied over by another shape") {
    const matrix<float> other(2, 2);
    *owner = other;
  }
  SECTION("moved to a matrix that ends") { const matrix<float> last = std::move(*owner); }

  CHECK_THROWS_MATCHES(v.data(), std::logic_error,
                       Message("matrix_view: the matrix that this view was made from is gone; "
                               "view of 2 x 3, row-major, ld 3"));
  CHECK_THROWS_AS(v(0, 0), std::logic_error);
  CHECK_THROWS_AS(v.row(0), std::logic_error);
  CHECK_THROWS_AS(v.block(0, 0, 1, 1), std::logic_error);
  CHECK_THROWS_AS(s(0, 0), std::logic_error);
  CHECK_THROWS_AS(t.data(), std::logic_error);
  CHECK_THROWS_AS(t.col(0), std::logic_error);
  CHECK(v.rows() == 2);
}

TEST_CASE("a view outlives moves and assignments that keep the memory") {
  matrix<int> a(2, 2, 1);
  const auto v = a.view();
  const matrix<int> same_shape(2, 2, 5);
  a = same_shape;
  CHECK(v(1, 1) == 5);
  matrix<int> b = std::move(a);
  CHECK(v(1, 1) == 5);
  a = std::move(b);
  CHECK(v(1, 1) == 5);
  a = matrix<int>(2, 2, 6);  // A move brings its own memory.
  CHECK_THROWS_AS(v(1, 1), std::logic_error);
}

TEST_CASE("views of the caller's own memory are not tracked") {
  matrix<int> a(2, 2, 1);
  const matrix_view<int> own(a.data(), 2, 2);
  a = matrix<int>();
  CHECK(own.rows() == 2);
  CHECK_NOTHROW(own.data());
}

TEST_CASE("more owners than cells, and from several threads") {
  std::vector<matrix<int>> many;
  for (int i = 0; i < 3000; ++i) {
    many.emplace_back(1, 1, i);
  }
  for (std::size_t i = 0; i < many.size(); ++i) {
    REQUIRE(many[i].view()(0, 0) == static_cast<int>(i));
  }
  const auto v = many.front().view();
  many.clear();
  CHECK_THROWS_AS(v.data(), std::logic_error);

  std::vector<std::thread> threads;
  std::array<int, 4> wrong{};
  for (std::size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&wrong, t] {
      for (int i = 0; i < 2000; ++i) {
        auto owner = std::make_unique<matrix<int>>(1, 1, i);
        const auto view = owner->view();
        wrong[t] += view(0, 0) == i ? 0 : 1;
        owner.reset();
        try {
          (void)view.data();
          ++wrong[t];
        } catch (const std::logic_error&) {
        }
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  CHECK(wrong == std::array<int, 4>{});
}

TEST_CASE("objects with and without checks exchange owners and views") {
  matrix<int> theirs = unchecked_part::make(2, 3);  // Without a cell: not tracked, but used alike.
  CHECK(theirs(1, 2) == 3);
  CHECK_THROWS_AS(theirs(2, 0), std::out_of_range);
  CHECK(unchecked_part::first_row(theirs)(0, 2) == 3);

  matrix<int> ours(2, 3, 4);
  CHECK(unchecked_part::element(ours, 1, 2) == 4);
  const auto v = unchecked_part::first_row(ours);
  CHECK(v(0, 2) == 4);
  CHECK_THROWS_AS(v(1, 0), std::out_of_range);
  unchecked_part::end(std::move(ours));  // Freed over there, noticed here.
  CHECK_THROWS_AS(v(0, 0), std::logic_error);
}
