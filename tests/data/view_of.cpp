// SPDX-License-Identifier: MIT
// A kernel front that takes owners and views alike, as the kernels' fronts do.
#include <catch2/catch_test_macros.hpp>
#include <concepts>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "lanewise/data/matrix.hpp"

using lanewise::col_major;
using lanewise::const_view_of;
using lanewise::matrix;
using lanewise::matrix_layout;
using lanewise::matrix_view;
using lanewise::output_matrix;
using lanewise::row_major;
using lanewise::strided;
using lanewise::view_of;
using lanewise::viewable_matrix;

namespace {

template <class T, matrix_layout LA, matrix_layout LC>
void scale_body(T factor, matrix_view<const T, LA> a, matrix_view<T, LC> c) {
  if (a.rows() != c.rows() || a.cols() != c.cols()) {
    throw std::invalid_argument("scale: A is " + lanewise::detail::describe(a) + ", C is " +
                                lanewise::detail::describe(c));
  }
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.cols(); ++j) {
      c(i, j) = factor * a(i, j);
    }
  }
}

template <viewable_matrix A, output_matrix C>
  requires std::same_as<lanewise::matrix_value_t<A>, lanewise::matrix_value_t<C>>
void scale(lanewise::matrix_value_t<A> factor, const A& a, C&& c) {
  scale_body(factor, const_view_of(a), view_of(c));
}

/// An owner that is not ours: `view()` is all that is asked for.
struct image {
  std::vector<float> pixels = std::vector<float>(6);
  matrix_view<float> view() { return {pixels.data(), 2, 3}; }
  matrix_view<const float> view() const { return {pixels.data(), 2, 3}; }
};

struct not_a_matrix {
  int view() const { return 0; }
};

template <class A, class C>
concept can_scale = requires(const A& a, C&& c) { scale(1, a, std::forward<C>(c)); };

static_assert(viewable_matrix<matrix<float>> && viewable_matrix<const matrix<float, col_major>>);
static_assert(viewable_matrix<matrix_view<const int, strided>> && viewable_matrix<image>);
static_assert(!viewable_matrix<not_a_matrix> && !viewable_matrix<std::vector<float>> && !viewable_matrix<float*> &&
              !viewable_matrix<int>);
static_assert(output_matrix<matrix<float>&> && output_matrix<const matrix_view<float>&>);
static_assert(!output_matrix<const matrix<float>&> && !output_matrix<matrix_view<const float>>);
static_assert(can_scale<matrix<float>, matrix<float, col_major>&>);
static_assert(can_scale<matrix<float>, matrix_view<float>>);
static_assert(!can_scale<matrix<float>, const matrix<float>&>);
static_assert(!can_scale<matrix<float>, matrix_view<const float>>);
static_assert(!can_scale<matrix<float>, matrix<double>&>);

static_assert(std::same_as<lanewise::view_type_t<matrix<float>>, matrix_view<float>>);
static_assert(std::same_as<lanewise::view_type_t<const matrix<float>&>, matrix_view<const float>>);
static_assert(std::same_as<lanewise::view_type_t<matrix_view<int, strided>>, matrix_view<int, strided>>);
static_assert(std::same_as<lanewise::matrix_value_t<const matrix<float>>, float>);
static_assert(std::same_as<lanewise::matrix_value_t<matrix_view<const double>>, double>);
static_assert(std::same_as<lanewise::matrix_layout_t<matrix<float, col_major>>, col_major>);

}  // namespace

TEST_CASE("a front accepts owners, views, blocks, transposes and foreign owners") {
  const matrix<float> a = {{1, 2, 3}, {4, 5, 6}};
  matrix<float, col_major> c(2, 3);
  scale(2, a, c);
  CHECK(c(1, 0) == 8);

  matrix<float> d(3, 2);
  scale(10, c.view().transposed(), d);
  CHECK(d(0, 1) == 80);
  scale(1, a.view().block(0, 1, 1, 2), d.view().block(2, 0, 1, 2));
  CHECK(d(2, 0) == 2);
  CHECK(d(2, 1) == 3);

  image picture;
  scale(3, a, picture);
  CHECK(picture.pixels[5] == 18);
  scale(1, std::as_const(picture), c);
  CHECK(c(1, 2) == 18);
  scale(1, matrix<float>(2, 3, 4.0F), c);  // A temporary lives until the call returns.
  CHECK(c(0, 0) == 4);

  try {
    scale(1, a, d);
    FAIL("no exception");
  } catch (const std::invalid_argument& error) {
    CHECK(std::string(error.what()) == "scale: A is 2 x 3, row-major, ld 3, C is 3 x 2, row-major, ld 2");
  }
}
