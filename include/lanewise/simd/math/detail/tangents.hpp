// SPDX-License-Identifier: MIT
#pragma once
// Tables of a function and its slope at equally spaced points, from which f64 functions go on by a polynomial.

#include <cstddef>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_DETAIL

/// A row a point: the value as two numbers, the slope; padded to 32 bytes, which are one load on AVX2. Indices may be
/// up to 1023: NaN gives any.
template <std::size_t Rows>
struct tangents {
  using value_type = double;
  static constexpr std::size_t row_size = 4, pieces = 1024;

  struct list {
    double column[3][Rows];
  };

  constexpr tangents(const list& from) {
    for (std::size_t i = 0; i < Rows; ++i) {
      for (std::size_t c = 0; c < 3; ++c) row[i][c] = from.column[c][i];
    }
  }

  alignas(64) double row[pieces][row_size]{};
};

LANEWISE_END_DETAIL
