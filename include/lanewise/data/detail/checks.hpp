// SPDX-License-Identifier: MIT
#pragma once
// Argument checks of views and owners, and the exceptions they throw, kept out of the members that
// call them so that those stay small. Includes <stdexcept> and <string>.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_DETAIL

/// A matrix without pointer and types. `packed`: `first_stride` is the leading dimension.
struct shape {
  std::size_t rows = 0;
  std::size_t cols = 0;
  const char* layout = "";
  bool packed = true;
  std::ptrdiff_t first_stride = 0;
  std::ptrdiff_t second_stride = 0;
};

/// "3 x 4".
inline std::string describe_size(std::size_t rows, std::size_t cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}

/// "3 x 4, row-major, ld 7" or "3 x 4, strided, strides 7 and -1".
inline std::string describe(const shape& s) {
  std::string text = describe_size(s.rows, s.cols) + ", " + s.layout;
  if (s.packed) {
    return text + ", ld " + std::to_string(s.first_stride);
  }
  return text + ", strides " + std::to_string(s.first_stride) + " and " + std::to_string(s.second_stride);
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_no_address(const char* who, std::size_t rows, std::size_t cols,
                                                            std::size_t stride, std::size_t element_bytes) {
  throw std::invalid_argument(std::string(who) + ": " + describe_size(rows, cols) + " elements of " +
                              std::to_string(element_bytes) + " bytes with stride " + std::to_string(stride) +
                              " are more than memory can hold (a negative size?)");
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_null(const char* who, std::size_t rows, std::size_t cols) {
  throw std::invalid_argument(std::string(who) + ": null pointer for " + describe_size(rows, cols) + " elements");
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_short_leading(const char* layout, std::size_t rows, std::size_t cols,
                                                               std::size_t ld, std::size_t needed) {
  throw std::invalid_argument("matrix_view: leading dimension " + std::to_string(ld) + " for " +
                              describe_size(rows, cols) + ", " + layout + "; at least " + std::to_string(needed) +
                              " is needed");
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_wrong_size(std::size_t size, std::size_t rows, std::size_t cols) {
  throw std::invalid_argument("as_matrix: " + std::to_string(size) + " elements for " + describe_size(rows, cols));
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_ragged(std::size_t row, std::size_t found, std::size_t expected) {
  throw std::invalid_argument("matrix: row " + std::to_string(row) + " of the list has " + std::to_string(found) +
                              " elements, the first row has " + std::to_string(expected));
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_outside(std::size_t i, std::size_t j, const shape& s) {
  throw std::out_of_range("matrix_view: element (" + std::to_string(i) + ", " + std::to_string(j) + ") of " +
                          describe(s));
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_block_outside(std::size_t i, std::size_t j, std::size_t m,
                                                               std::size_t n, const shape& s) {
  throw std::out_of_range("matrix_view: block of " + describe_size(m, n) + " at (" + std::to_string(i) + ", " +
                          std::to_string(j) + ") of " + describe(s));
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_owner_gone(const shape& s) {
  throw std::logic_error("matrix_view: the matrix that this view was made from is gone; view of " + describe(s));
}

[[noreturn]] LANEWISE_NOINLINE inline void throw_too_long(std::size_t n, std::size_t element_bytes) {
  throw std::length_error("aligned_buffer: " + std::to_string(n) + " elements of " + std::to_string(element_bytes) +
                          " bytes are more than memory can hold (a negative size?)");
}

inline constexpr std::size_t max_bytes = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());

/// Throws unless `count` lines of `width` elements, `stride` apart, are addressable.
constexpr void check_lines(const char* who, std::size_t rows, std::size_t cols, std::size_t count, std::size_t width,
                           std::size_t stride, std::size_t element_bytes) {
  const std::size_t most = max_bytes / element_bytes;
  const bool fits = count <= max_bytes && width <= max_bytes && stride <= most;
  if (!fits || (count != 0 && width != 0 && (width > most || (stride != 0 && count - 1 > (most - width) / stride)))) {
    throw_no_address(who, rows, cols, stride, element_bytes);
  }
}

/// The arguments of a view whose lines (rows or columns) are contiguous.
constexpr void check_packed(const void* data, std::size_t rows, std::size_t cols, std::size_t ld, bool lines_are_rows,
                            const char* layout, std::size_t element_bytes) {
  const std::size_t width = lines_are_rows ? cols : rows;
  check_lines("matrix_view", rows, cols, lines_are_rows ? rows : cols, width, ld, element_bytes);
  if (ld < width) {
    throw_short_leading(layout, rows, cols, ld, width);
  }
  if (data == nullptr && rows != 0 && cols != 0) {
    throw_null("matrix_view", rows, cols);
  }
}

constexpr std::size_t magnitude(std::ptrdiff_t x) {
  return x < 0 ? std::size_t{0} - static_cast<std::size_t>(x) : static_cast<std::size_t>(x);
}

/// The arguments of a view with two strides.
constexpr void check_strided(const void* data, std::size_t rows, std::size_t cols, std::ptrdiff_t row_stride,
                             std::ptrdiff_t col_stride, std::size_t element_bytes) {
  const std::size_t down = magnitude(row_stride);
  const std::size_t across = magnitude(col_stride);
  check_lines("matrix_view", rows, cols, rows, 1, down, element_bytes);
  check_lines("matrix_view", rows, cols, cols, 1, across, element_bytes);
  if (rows != 0 && cols != 0) {
    check_lines("matrix_view", rows, cols, rows, (cols - 1) * across + 1, down, element_bytes);
    if (data == nullptr) {
      throw_null("matrix_view", rows, cols);
    }
  }
}

LANEWISE_END_DETAIL
