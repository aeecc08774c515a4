// SPDX-License-Identifier: MIT
#pragma once
// Non-owning matrix views that carry their layout in the type, and the words with which kernels
// accept views and owners alike. Includes <span>, <atomic> and <string>.

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "lanewise/config/macros.hpp"
#include "lanewise/data/detail/checks.hpp"
#include "lanewise/data/layout.hpp"
#include "lanewise/data/owner_mark.hpp"

namespace lanewise {

template <class T, packed_layout Layout>
class matrix;

/// A rows x cols matrix in somebody else's memory.
///
/// Elements: any object type; `T` may be const. A view is a few numbers: pass it by value.
/// Shapes: rows and cols may be 0; then the pointer may be null. Strides count elements.
/// Conversions: to a view of `const T`, and from a packed layout to `strided`, are implicit. A
/// row-major view does not convert to a column-major one: that would transpose the matrix.
/// Checks: constructors and `block` always; `data`, `row`, `col` and element access in debug builds
/// (NDEBUG not defined), which also notice that the `matrix` a view was made from is gone.
/// Errors: std::invalid_argument (constructors: null, sizes above the address space, leading
/// dimension too small), std::out_of_range (block, element access), std::logic_error (owner gone).
///
///   float x[6] = {1, 2, 3, 4, 5, 6};
///   lanewise::matrix_view a(x, 2, 3);  // a(1, 0) == 4, a.transposed()(0, 1) == 4
template <class T, matrix_layout Layout = row_major>
class matrix_view {
  static_assert(std::is_object_v<T>, "matrix_view<T>: T is an object type, such as float");

 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  using layout_type = Layout;

  /// 0 x 0.
  LANEWISE_INLINE constexpr matrix_view() noexcept = default;

  /// Rows (or columns) directly one after the other.
  LANEWISE_INLINE constexpr matrix_view(T* data, std::size_t rows, std::size_t cols)
    requires packed_layout<Layout>
      : matrix_view(data, rows, cols, Layout::unit_col_stride ? cols : rows) {}

  /// Rows (or columns) start `ld` elements apart: a part of a larger matrix, or padded lines.
  LANEWISE_INLINE constexpr matrix_view(T* data, std::size_t rows, std::size_t cols, std::size_t ld)
    requires packed_layout<Layout>
      : data_(data), rows_(rows), cols_(cols), strides_{static_cast<std::ptrdiff_t>(ld)} {
    detail::check_packed(data, rows, cols, ld, Layout::unit_col_stride, Layout::name, sizeof(T));
  }

  /// `data` is element (0, 0). A stride may be negative (reversed) or 0 (one row or column for
  /// all); such a view can be read, but only one with `has_distinct_elements()` can be a result.
  LANEWISE_INLINE constexpr matrix_view(T* data, std::size_t rows, std::size_t cols, std::ptrdiff_t row_stride,
                                        std::ptrdiff_t col_stride)
    requires std::same_as<Layout, strided>
      : data_(data), rows_(rows), cols_(cols), strides_{row_stride, col_stride} {
    detail::check_strided(data, rows, cols, row_stride, col_stride, sizeof(T));
  }

  /// From a view of non-const elements, or of a packed layout where this one is strided.
  template <class U, matrix_layout L>
    requires(std::is_convertible_v<U (*)[], T (*)[]> && (std::same_as<L, Layout> || std::same_as<Layout, strided>) &&
             !(std::same_as<U, T> && std::same_as<L, Layout>))
  LANEWISE_INLINE constexpr matrix_view(matrix_view<U, L> other) noexcept
      : data_(other.data_), rows_(other.rows_), cols_(other.cols_), mark_(other.mark_) {
    if constexpr (std::same_as<L, Layout>) {
      strides_ = other.strides_;
    } else {
      strides_ = {other.strides_.row(), other.strides_.col()};
    }
  }

  LANEWISE_INLINE constexpr T* data() const {
    check_owner();
    return data_;
  }
  LANEWISE_INLINE constexpr std::size_t rows() const noexcept { return rows_; }
  LANEWISE_INLINE constexpr std::size_t cols() const noexcept { return cols_; }
  LANEWISE_INLINE constexpr std::size_t size() const noexcept { return rows_ * cols_; }
  [[nodiscard]] LANEWISE_INLINE constexpr bool empty() const noexcept { return rows_ == 0 || cols_ == 0; }

  /// Elements from (i, j) to (i + 1, j), and to (i, j + 1). The one that the layout fixes is the
  /// constant 1.
  LANEWISE_INLINE constexpr std::ptrdiff_t row_stride() const noexcept { return strides_.row(); }
  LANEWISE_INLINE constexpr std::ptrdiff_t col_stride() const noexcept { return strides_.col(); }

  /// The stride that is not 1.
  LANEWISE_INLINE constexpr std::size_t leading_dimension() const noexcept
    requires packed_layout<Layout>
  {
    return static_cast<std::size_t>(strides_.leading);
  }

  LANEWISE_INLINE constexpr T& operator()(std::size_t i, std::size_t j) const {
    if constexpr (detail::checked_access) {
      check_owner();
      if (i >= rows_ || j >= cols_) {
        detail::throw_outside(i, j, shape());
      }
    }
    return *at(i, j);
  }

  /// Row i. Only where rows are contiguous.
  LANEWISE_INLINE constexpr std::span<T> row(std::size_t i) const
    requires std::same_as<Layout, row_major>
  {
    if constexpr (detail::checked_access) {
      check_owner();
      if (i >= rows_) {
        detail::throw_outside(i, 0, shape());
      }
    }
    return {cols_ == 0 ? data_ : at(i, 0), cols_};
  }

  /// Column j. Only where columns are contiguous.
  LANEWISE_INLINE constexpr std::span<T> col(std::size_t j) const
    requires std::same_as<Layout, col_major>
  {
    if constexpr (detail::checked_access) {
      check_owner();
      if (j >= cols_) {
        detail::throw_outside(0, j, shape());
      }
    }
    return {rows_ == 0 ? data_ : at(0, j), rows_};
  }

  /// The m x n part that starts at (i, j). Throws std::out_of_range if it is not inside.
  LANEWISE_INLINE constexpr matrix_view block(std::size_t i, std::size_t j, std::size_t m, std::size_t n) const {
    check_owner();
    if (i > rows_ || m > rows_ - i || j > cols_ || n > cols_ - j) {
      detail::throw_block_outside(i, j, m, n, shape());
    }
    // No pointer arithmetic for an empty block: it could leave the array.
    return {m == 0 || n == 0 ? data_ : at(i, j), m, n, strides_, mark_};
  }

  /// The same memory with rows and columns exchanged: row-major becomes column-major. Copies
  /// nothing.
  LANEWISE_INLINE constexpr matrix_view<T, transposed_layout_t<Layout>> transposed() const noexcept {
    using other = matrix_view<T, transposed_layout_t<Layout>>;
    if constexpr (packed_layout<Layout>) {
      return other(data_, cols_, rows_, {strides_.leading}, mark_);
    } else {
      return other(data_, cols_, rows_, {strides_.col(), strides_.row()}, mark_);
    }
  }

  /// False if two elements share memory (a stride of 0, or rows that run into each other): then the
  /// view cannot be written as a result. O(log stride), for packed layouts the constant true.
  LANEWISE_INLINE constexpr bool has_distinct_elements() const noexcept {
    if constexpr (packed_layout<Layout>) {
      return true;
    } else {
      // (i, j) and (i + down, j + across) coincide if down * row_stride == -across * col_stride;
      // the smallest such step is each stride over their greatest common divisor.
      const std::size_t r = detail::magnitude(row_stride());
      const std::size_t c = detail::magnitude(col_stride());
      std::size_t divisor = r;
      for (std::size_t rest = c; rest != 0;) {
        const std::size_t next = divisor % rest;
        divisor = rest;
        rest = next;
      }
      if (empty() || size() == 1) {
        return true;
      }
      return divisor != 0 && (c / divisor >= rows_ || r / divisor >= cols_);
    }
  }

  /// For messages; see detail::describe.
  LANEWISE_INLINE constexpr detail::shape shape() const noexcept {
    if constexpr (packed_layout<Layout>) {
      return {rows_, cols_, Layout::name, true, strides_.leading, 1};
    } else {
      return {rows_, cols_, Layout::name, false, strides_.row(), strides_.col()};
    }
  }

 private:
  template <class, matrix_layout>
  friend class matrix_view;
  template <class, packed_layout>
  friend class matrix;

  using strides = typename Layout::strides;

  LANEWISE_INLINE constexpr matrix_view(T* data, std::size_t rows, std::size_t cols, strides s,
                                        owner_mark mark) noexcept
      : data_(data), rows_(rows), cols_(cols), strides_(s), mark_(mark) {}

  // Two steps: g++ 12 does not vectorise a loop over j if the sum of the products is added at once.
  LANEWISE_INLINE constexpr T* at(std::size_t i, std::size_t j) const noexcept {
    return data_ + static_cast<std::ptrdiff_t>(i) * strides_.row() + static_cast<std::ptrdiff_t>(j) * strides_.col();
  }

  LANEWISE_INLINE constexpr void check_owner() const {
    if constexpr (detail::checked_access) {
      if (!mark_.alive()) {
        detail::throw_owner_gone(shape());
      }
    }
  }

  T* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t cols_ = 0;
  strides strides_{};
  owner_mark mark_{};
};

template <class T>
matrix_view(T*, std::size_t, std::size_t) -> matrix_view<T, row_major>;
template <class T>
matrix_view(T*, std::size_t, std::size_t, std::size_t) -> matrix_view<T, row_major>;
template <class T>
matrix_view(T*, std::size_t, std::size_t, std::ptrdiff_t, std::ptrdiff_t) -> matrix_view<T, strided>;

/// A span, vector or array seen as a matrix whose rows (or, with `col_major`, columns) are directly
/// one after the other.
///
/// Shapes: `elements` has exactly rows * cols elements. Nothing is copied; a temporary container
/// does not compile.
/// Errors: std::invalid_argument with the sizes.
///
///   std::vector<float> x = {1, 2, 3, 4, 5, 6};
///   auto a = lanewise::as_matrix(x, 2, 3);                       // a(0, 1) == 2
///   auto b = lanewise::as_matrix<lanewise::col_major>(x, 2, 3);  // b(0, 1) == 3
template <packed_layout Layout = row_major, class Elements>
  requires requires(Elements&& e) { std::span(std::forward<Elements>(e)); }
LANEWISE_INLINE constexpr auto as_matrix(Elements&& elements, std::size_t rows, std::size_t cols) {
  const std::span s(std::forward<Elements>(elements));
  using T = typename decltype(s)::element_type;
  detail::check_lines("as_matrix", rows, cols, rows, cols, cols, sizeof(T));
  if (s.size() != rows * cols) {
    detail::throw_wrong_size(s.size(), rows, cols);
  }
  return matrix_view<T, Layout>(s.data(), rows, cols);
}

template <class V>
inline constexpr bool is_matrix_view = false;
template <class T, matrix_layout Layout>
inline constexpr bool is_matrix_view<matrix_view<T, Layout>> = true;

/// The view of a view is itself, that of an owner its `view()`: with const elements if the owner is
/// const. Not for temporary owners.
template <class T, matrix_layout Layout>
LANEWISE_INLINE constexpr matrix_view<T, Layout> view_of(matrix_view<T, Layout> v) noexcept {
  return v;
}
template <class Owner>
  requires requires(Owner& owner) { requires is_matrix_view<decltype(owner.view())>; }
LANEWISE_INLINE constexpr auto view_of(Owner& owner) {
  return owner.view();
}

/// What a kernel accepts as a matrix: a view, or an owner that has one. A front that takes
/// `const A&` with `viewable_matrix A` works for both, where a parameter `matrix_view<const T, L>`
/// would not deduce T and L from an owner.
template <class M>
concept viewable_matrix = requires(std::remove_reference_t<M>& m) { lanewise::view_of(m); };

template <viewable_matrix M>
using view_type_t = decltype(lanewise::view_of(std::declval<std::remove_reference_t<M>&>()));
template <viewable_matrix M>
using matrix_value_t = typename view_type_t<M>::value_type;
template <viewable_matrix M>
using matrix_layout_t = typename view_type_t<M>::layout_type;

/// What a kernel accepts as a result, taken as `C&&`: elements that are not const.
template <class M>
concept output_matrix = viewable_matrix<M> && !std::is_const_v<typename view_type_t<M>::element_type>;

/// A view of const elements: how a kernel looks at its inputs.
template <viewable_matrix M>
LANEWISE_INLINE constexpr auto const_view_of(const M& m) {
  const auto v = view_of(m);
  return matrix_view<const matrix_value_t<M>, matrix_layout_t<M>>(v);
}

}  // namespace lanewise

LANEWISE_BEGIN_DETAIL

/// Shape and layout of a view, for messages: "3 x 4, row-major, ld 7".
template <class T, class Layout>
std::string describe(const matrix_view<T, Layout>& v) {
  return describe(v.shape());
}

LANEWISE_END_DETAIL
