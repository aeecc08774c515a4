// SPDX-License-Identifier: MIT
#pragma once
// The layouts that a matrix type can carry, as tag types. Includes <concepts> and <cstddef>.
//
// A layout says how far apart neighbours are, in elements:
//
//   layout     (i, j) to (i + 1, j)   (i, j) to (i, j + 1)   needs
//   row_major  ld                     1                      ld >= columns
//   col_major  1                      ld                     ld >= rows
//   strided    row stride             column stride          any two numbers

#include <concepts>
#include <cstddef>

#include "lanewise/config/macros.hpp"

namespace lanewise {

/// Rows one after the other, as C arrays and NumPy have them.
struct row_major {
  static constexpr const char* name = "row-major";
  static constexpr bool unit_row_stride = false;
  static constexpr bool unit_col_stride = true;

  /// What a view stores besides pointer and shape.
  struct strides {
    std::ptrdiff_t leading = 0;
    LANEWISE_INLINE constexpr std::ptrdiff_t row() const noexcept { return leading; }
    LANEWISE_INLINE constexpr std::ptrdiff_t col() const noexcept { return 1; }
  };
};

/// Columns one after the other, as Fortran and BLAS have them.
struct col_major {
  static constexpr const char* name = "column-major";
  static constexpr bool unit_row_stride = true;
  static constexpr bool unit_col_stride = false;

  struct strides {
    std::ptrdiff_t leading = 0;
    LANEWISE_INLINE constexpr std::ptrdiff_t row() const noexcept { return 1; }
    LANEWISE_INLINE constexpr std::ptrdiff_t col() const noexcept { return leading; }
  };
};

/// Any distance between rows and between columns: every second column, reversed rows (negative),
/// one row repeated (0).
struct strided {
  static constexpr const char* name = "strided";
  static constexpr bool unit_row_stride = false;
  static constexpr bool unit_col_stride = false;

  struct strides {
    std::ptrdiff_t row_distance = 0;
    std::ptrdiff_t col_distance = 0;
    LANEWISE_INLINE constexpr std::ptrdiff_t row() const noexcept { return row_distance; }
    LANEWISE_INLINE constexpr std::ptrdiff_t col() const noexcept { return col_distance; }
  };
};

/// One of the three layouts.
template <class L>
concept matrix_layout = std::same_as<L, row_major> || std::same_as<L, col_major> || std::same_as<L, strided>;

/// A layout in which each row, or each column, is contiguous.
template <class L>
concept packed_layout = std::same_as<L, row_major> || std::same_as<L, col_major>;

/// The layout of the transposed matrix in the same memory.
template <matrix_layout L>
struct transposed_layout {
  using type = strided;
};
template <>
struct transposed_layout<row_major> {
  using type = col_major;
};
template <>
struct transposed_layout<col_major> {
  using type = row_major;
};
template <matrix_layout L>
using transposed_layout_t = typename transposed_layout<L>::type;

}  // namespace lanewise
