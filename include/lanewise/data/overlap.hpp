// SPDX-License-Identifier: MIT
#pragma once
// Whether two views share memory: what a kernel asks before it writes a result. Includes what
// matrix_view.hpp includes.

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>

#include "lanewise/config/macros.hpp"
#include "lanewise/data/matrix_view.hpp"

LANEWISE_BEGIN_DETAIL

/// A view as bytes: `count` lines of `width` elements, all strides positive, `first` the lowest
/// address. The elements of a line are the ones that are closer together.
struct byte_lines {
  std::uintptr_t first = 0;
  std::size_t count = 0;
  std::size_t line_stride = 0;
  std::size_t width = 0;
  std::size_t stride = 0;
  std::size_t element = 0;

  std::size_t line_bytes() const { return (width - 1) * stride + element; }
  std::uintptr_t last() const { return first + (count - 1) * line_stride + line_bytes(); }
  std::uintptr_t line(std::size_t i) const { return first + i * line_stride; }
  bool lines_are_apart() const { return count == 1 || line_stride >= line_bytes(); }
};

inline byte_lines make_byte_lines(const void* data, std::size_t rows, std::size_t cols, std::ptrdiff_t row_stride,
                                  std::ptrdiff_t col_stride, std::size_t element) {
  const std::size_t down = magnitude(row_stride) * element;
  const std::size_t across = magnitude(col_stride) * element;
  std::uintptr_t first = reinterpret_cast<std::uintptr_t>(data);
  first -= row_stride < 0 ? (rows - 1) * down : 0;
  first -= col_stride < 0 ? (cols - 1) * across : 0;
  if (across <= down) {
    return {first, rows, down, cols, across, element};
  }
  return {first, cols, across, rows, down, element};
}

/// Elements at a + i * step and at b + j * step, for all integers i and j: do any two share a byte?
inline bool lattices_meet(std::uintptr_t a, std::size_t a_bytes, std::uintptr_t b, std::size_t b_bytes,
                          std::size_t step) {
  if (step == 0) {
    return a < b + b_bytes && b < a + a_bytes;
  }
  const std::size_t from_a = (b % step + step - a % step) % step;  // Distance from an a up to a b.
  return from_a < a_bytes || step - from_a < b_bytes;
}

inline bool lines_meet(const byte_lines& a, const byte_lines& b) {
  if (a.first >= b.last() || b.first >= a.last()) {
    return false;
  }
  const std::size_t every = std::gcd(std::gcd(a.line_stride, a.stride), std::gcd(b.line_stride, b.stride));
  if (!lattices_meet(a.first, a.element, b.first, b.element, every)) {
    return false;
  }
  if (!a.lines_are_apart() || !b.lines_are_apart()) {
    return true;
  }
  const std::size_t step = std::gcd(a.stride, b.stride);
  for (std::size_t i = 0, j = 0; i < a.count && j < b.count;) {
    const std::uintptr_t end_a = a.line(i) + a.line_bytes();
    const std::uintptr_t end_b = b.line(j) + b.line_bytes();
    if (a.line(i) < end_b && b.line(j) < end_a && lattices_meet(a.line(i), a.element, b.line(j), b.element, step)) {
      return true;
    }
    (end_a <= end_b ? i : j) += 1;
  }
  return false;
}

LANEWISE_END_DETAIL

LANEWISE_BEGIN_NAMESPACE

/// Whether writing through one view could change what the other sees.
///
/// Elements: any types, compared by their bytes. Layouts: any two. Exact where rows or columns are
/// contiguous in both (two blocks side by side in one matrix share nothing); for other strides it
/// may say true for views that interleave in an irregular way, never false for views that share.
/// Complexity: O(1) for views in different memory, else O(rows + columns) of both.
///
///   shares_elements(a.block(0, 0, 4, 4), a.block(0, 4, 4, 4)) == false
template <class T, class LayoutT, class U, class LayoutU>
bool shares_elements(const matrix_view<T, LayoutT>& a, const matrix_view<U, LayoutU>& b) {
  if (a.empty() || b.empty()) {
    return false;
  }
  return detail::lines_meet(
      detail::make_byte_lines(a.data(), a.rows(), a.cols(), a.row_stride(), a.col_stride(), sizeof(T)),
      detail::make_byte_lines(b.data(), b.rows(), b.cols(), b.row_stride(), b.col_stride(), sizeof(U)));
}

LANEWISE_END_NAMESPACE
