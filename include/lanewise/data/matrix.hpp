// SPDX-License-Identifier: MIT
#pragma once
// A matrix that owns its elements. Includes <initializer_list> and what matrix_view.hpp includes.

#include <concepts>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <span>
#include <type_traits>
#include <utility>

#include "lanewise/config/macros.hpp"
#include "lanewise/data/aligned_buffer.hpp"
#include "lanewise/data/matrix_view.hpp"

namespace lanewise {

/// A rows x cols matrix with its own memory, one row (or column) directly after the other.
///
/// Elements: any trivially copyable type. Layout: row_major or col_major. Alignment: element (0, 0)
/// at `buffer_alignment`. Shapes: 0 is allowed for either.
/// Copies copy the elements; a moved-from matrix is 0 x 0. Assigning a matrix of the same shape
/// keeps the memory, and so the views of it; any other assignment ends them. Errors:
/// std::invalid_argument (rows * cols above the address space; list with rows of different
/// lengths), std::bad_alloc, and in debug builds those of matrix_view.
///
///   lanewise::matrix<float> a = {{1, 2, 3}, {4, 5, 6}};  // 2 x 3
///   lanewise::matrix<float> c(2, 2);                     // zeros
template <class T, packed_layout Layout = row_major>
class matrix {
 public:
  using value_type = T;
  using layout_type = Layout;

  /// 0 x 0.
  LANEWISE_INLINE matrix() noexcept {}

  /// Zeros.
  LANEWISE_INLINE matrix(std::size_t rows, std::size_t cols)
      : values_(checked_size(rows, cols)), rows_(rows), cols_(cols) {}

  /// Elements that are not initialised.
  LANEWISE_INLINE matrix(std::size_t rows, std::size_t cols, uninitialized_t)
      : values_(checked_size(rows, cols), uninitialized), rows_(rows), cols_(cols) {}

  /// Each element a copy of `value`.
  LANEWISE_INLINE matrix(std::size_t rows, std::size_t cols, const T& value) : matrix(rows, cols, uninitialized) {
    for (T& x : values_) {
      x = value;
    }
  }

  /// Row by row, for either layout.
  LANEWISE_INLINE matrix(std::initializer_list<std::initializer_list<T>> list)
      : matrix(list.size(), list.size() == 0 ? 0 : list.begin()->size(), uninitialized) {
    std::size_t i = 0;
    for (const auto& row : list) {
      if (row.size() != cols_) {
        detail::throw_ragged(i, row.size(), cols_);
      }
      std::size_t j = 0;
      for (const T& x : row) {
        values_[offset(i, j)] = x;
        ++j;
      }
      ++i;
    }
  }

  /// A copy of what a view of any layout looks at.
  template <class U, matrix_layout L>
    requires std::same_as<std::remove_cv_t<U>, T>
  LANEWISE_INLINE explicit matrix(matrix_view<U, L> source) : matrix(source.rows(), source.cols(), uninitialized) {
    const matrix_view<const T, strided> from(source);
    const std::size_t lines = Layout::unit_col_stride ? rows_ : cols_;
    const std::size_t width = Layout::unit_col_stride ? cols_ : rows_;
    for (std::size_t line = 0; line < lines; ++line) {
      for (std::size_t k = 0; k < width; ++k) {
        values_[line * width + k] = Layout::unit_col_stride ? from(line, k) : from(k, line);
      }
    }
  }

  LANEWISE_INLINE matrix(const matrix& other) : matrix(other.rows_, other.cols_, uninitialized) {
    copy_elements(other);
  }
  LANEWISE_INLINE matrix& operator=(const matrix& other) {
    if (this != &other) {
      if (rows_ != other.rows_ || cols_ != other.cols_) {
        *this = matrix(other.rows_, other.cols_, uninitialized);
      }
      copy_elements(other);
    }
    return *this;
  }
  LANEWISE_INLINE matrix(matrix&& other) noexcept
      : values_(std::move(other.values_)), rows_(std::exchange(other.rows_, 0)), cols_(std::exchange(other.cols_, 0)) {}
  LANEWISE_INLINE matrix& operator=(matrix&& other) noexcept {
    if (this != &other) {
      values_ = std::move(other.values_);
      rows_ = std::exchange(other.rows_, 0);
      cols_ = std::exchange(other.cols_, 0);
    }
    return *this;
  }
  LANEWISE_INLINE ~matrix() {}

  LANEWISE_INLINE T* data() noexcept { return values_.data(); }
  LANEWISE_INLINE const T* data() const noexcept { return values_.data(); }
  LANEWISE_INLINE std::size_t rows() const noexcept { return rows_; }
  LANEWISE_INLINE std::size_t cols() const noexcept { return cols_; }
  LANEWISE_INLINE std::size_t size() const noexcept { return rows_ * cols_; }
  [[nodiscard]] LANEWISE_INLINE bool empty() const noexcept { return size() == 0; }

  /// Elements from one row (or, with col_major, column) to the next: always directly adjacent.
  LANEWISE_INLINE std::size_t leading_dimension() const noexcept { return Layout::unit_col_stride ? cols_ : rows_; }

  /// Element (i, j). Debug builds throw std::out_of_range for one that is not there.
  LANEWISE_INLINE T& operator()(std::size_t i, std::size_t j) { return view()(i, j); }
  LANEWISE_INLINE const T& operator()(std::size_t i, std::size_t j) const { return view()(i, j); }

  /// Row i. Only where rows are contiguous.
  LANEWISE_INLINE std::span<T> row(std::size_t i)
    requires std::same_as<Layout, row_major>
  {
    return view().row(i);
  }
  LANEWISE_INLINE std::span<const T> row(std::size_t i) const
    requires std::same_as<Layout, row_major>
  {
    return view().row(i);
  }

  /// Column j. Only where columns are contiguous.
  LANEWISE_INLINE std::span<T> col(std::size_t j)
    requires std::same_as<Layout, col_major>
  {
    return view().col(j);
  }
  LANEWISE_INLINE std::span<const T> col(std::size_t j) const
    requires std::same_as<Layout, col_major>
  {
    return view().col(j);
  }

  /// All elements in the order of the memory.
  LANEWISE_INLINE std::span<T> values() noexcept { return values_; }
  LANEWISE_INLINE std::span<const T> values() const noexcept { return values_; }

  /// A view of all elements, valid as long as this matrix keeps its memory. Not of a temporary.
  LANEWISE_INLINE matrix_view<T, Layout> view() & noexcept {
    return {values_.data(), rows_, cols_, strides(), values_.mark()};
  }
  LANEWISE_INLINE matrix_view<const T, Layout> view() const& noexcept {
    return {values_.data(), rows_, cols_, strides(), values_.mark()};
  }
  void view() && = delete;
  void view() const&& = delete;

  /// Implicit, so that a matrix can stand wherever a view is asked for. A temporary converts to a
  /// view of const elements only, for use as an argument.
  template <class U, matrix_layout L>
    requires std::convertible_to<matrix_view<T, Layout>, matrix_view<U, L>>
  LANEWISE_INLINE operator matrix_view<U, L>() & noexcept {
    return view();
  }
  template <class U, matrix_layout L>
    requires std::convertible_to<matrix_view<const T, Layout>, matrix_view<U, L>>
  LANEWISE_INLINE operator matrix_view<U, L>() const& noexcept {
    return view();
  }

 private:
  LANEWISE_INLINE static std::size_t checked_size(std::size_t rows, std::size_t cols) {
    detail::check_lines("matrix", rows, cols, rows, cols, cols, sizeof(T));
    return rows * cols;
  }

  LANEWISE_INLINE typename Layout::strides strides() const noexcept {
    return {static_cast<std::ptrdiff_t>(leading_dimension())};
  }

  LANEWISE_INLINE std::size_t offset(std::size_t i, std::size_t j) const noexcept {
    return Layout::unit_col_stride ? i * cols_ + j : i + j * rows_;
  }

  LANEWISE_INLINE void copy_elements(const matrix& other) noexcept {
    if (!values_.empty()) {
      std::memcpy(static_cast<void*>(values_.data()), other.values_.data(), size() * sizeof(T));
    }
  }

  aligned_buffer<T> values_;
  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
};

/// `matrix_view(m)`, and copying a view: `matrix(v)`.
template <class T, packed_layout Layout>
matrix_view(matrix<T, Layout>&) -> matrix_view<T, Layout>;
template <class T, packed_layout Layout>
matrix_view(const matrix<T, Layout>&) -> matrix_view<const T, Layout>;
template <class T, class Layout>
matrix(matrix_view<T, Layout>)
    -> matrix<std::remove_cv_t<T>, std::conditional_t<packed_layout<Layout>, Layout, row_major>>;

}  // namespace lanewise
